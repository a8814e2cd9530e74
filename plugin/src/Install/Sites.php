<?php
/**
 * Runs something on this site or, page by page, on every site of a network.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Install;

final class Sites {

	private const PAGE = 100;

	/** @param callable(): void $work */
	public static function each( callable $work ): void {
		if ( ! is_multisite() ) {
			$work();
			return;
		}
		$offset = 0;
		do {
			$ids = get_sites(
				array(
					'fields'                 => 'ids',
					'number'                 => self::PAGE,
					'offset'                 => $offset,
					'orderby'                => 'id',
					'update_site_meta_cache' => false,
				)
			);
			foreach ( $ids as $id ) {
				self::on( (int) $id, $work );
			}
			$offset += self::PAGE;
		} while ( self::PAGE === count( $ids ) );
	}

	/** @param callable(): void $work */
	public static function on( int $site_id, callable $work ): void {
		switch_to_blog( $site_id );
		try {
			$work();
		} finally {
			restore_current_blog();
		}
	}
}
