<?php
/**
 * The suggested text for the shop's privacy policy. There is no personal data exporter or eraser: the outbox holds ids only,
 * and what the sidecar holds is not in WordPress.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Admin;

final class Privacy_Text {

	public function register(): void {
		add_action( 'admin_init', array( $this, 'suggest' ) );
	}

	public function suggest(): void {
		if ( ! function_exists( 'wp_add_privacy_policy_content' ) ) {
			return;
		}
		$paragraphs = array(
			'<p class="privacy-policy-tutorial">' . esc_html__( 'Tocsin keeps a list of security events (such as logins of administrators, changed roles, new orders) in the database of this site. It holds ids and times, no names, addresses or contents, so there is nothing to export or erase by e-mail address. Events are deleted a week after the sidecar has read them. During an incident the sidecar, a separate program you run, reads the data of the shop to find out whom to notify.', 'tocsin' ) . '</p>',
			'<p><strong class="privacy-policy-tutorial">' . esc_html__( 'Suggested text:', 'tocsin' ) . '</strong> ' . esc_html__( 'To protect your data we record security events of this shop by number and time. If your data is affected by a security incident, we use your contact details to tell you, as the law requires, and keep a proof that we did.', 'tocsin' ) . '</p>',
		);
		wp_add_privacy_policy_content( __( 'Tocsin', 'tocsin' ), implode( '', $paragraphs ) );
	}
}
