<?php
/**
 * Who counts as privileged: whoever can reach other people's data or change the shop.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Install\Capabilities;

final class Privilege {

	private const CAPABILITIES = array( 'edit_others_posts', 'manage_woocommerce', 'manage_options', 'list_users', ...Capabilities::ALL );

	public static function of_user( \WP_User $user ): bool {
		foreach ( self::CAPABILITIES as $capability ) {
			if ( $user->has_cap( $capability ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Judges what is stored in a user's capability meta, without the user: names of roles and of single capabilities.
	 *
	 * @param string[] $names
	 */
	public static function of_names( array $names ): bool {
		foreach ( $names as $name ) {
			if ( in_array( $name, self::CAPABILITIES, true ) ) {
				return true;
			}
			$granted = array_keys( array_filter( get_role( $name )?->capabilities ?? array() ) );
			if ( array() !== array_intersect( self::CAPABILITIES, $granted ) ) {
				return true;
			}
		}
		return false;
	}
}
