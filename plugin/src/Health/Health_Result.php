<?php
/**
 * The outcome of one check, in the shape Site Health shows.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Health;

final class Health_Result {

	/** @param string $status `good`, `recommended` or `critical`. */
	private function __construct(
		private readonly string $status,
		private readonly string $label,
		private readonly string $description,
	) {}

	public static function good( string $label, string $description ): self {
		return new self( 'good', $label, $description );
	}

	public static function recommended( string $label, string $description ): self {
		return new self( 'recommended', $label, $description );
	}

	public static function critical( string $label, string $description ): self {
		return new self( 'critical', $label, $description );
	}

	/** @return array<string, mixed> */
	public function for_site_health( string $test ): array {
		return array(
			'label'       => $this->label,
			'status'      => $this->status,
			'badge'       => array(
				'label' => __( 'Tocsin', 'tocsin' ),
				'color' => 'good' === $this->status ? 'blue' : 'red',
			),
			'description' => '<p>' . esc_html( $this->description ) . '</p>',
			'actions'     => '',
			'test'        => $test,
		);
	}
}
