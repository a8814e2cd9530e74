<?php
/**
 * The three capabilities and the roles that get them on activation. Approving is not among them: it does not happen in WordPress.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Install;

final class Capabilities {

	public const VIEW    = 'tocsin_view';
	public const PREPARE = 'tocsin_prepare';
	public const MANAGE  = 'tocsin_manage';

	public const ALL = array( self::VIEW, self::PREPARE, self::MANAGE );

	/** People's data is shown only with tocsin_prepare, which a shop manager does not get by default. */
	private const OF_ROLE = array(
		'administrator' => self::ALL,
		'shop_manager'  => array( self::VIEW ),
	);

	/** Which roles were given theirs already, so that an administrator's later choice is not undone. */
	private const GRANTED_OPTION = 'tocsin_granted_roles';

	/** Gives the capabilities to every role above that exists and has never been given them. */
	public function grant(): void {
		$granted = (array) get_option( self::GRANTED_OPTION, array() );
		$before  = $granted;
		foreach ( self::OF_ROLE as $name => $capabilities ) {
			$role = get_role( $name );
			if ( null === $role || in_array( $name, $granted, true ) ) {
				continue;
			}
			array_map( $role->add_cap( ... ), $capabilities );
			$granted[] = $name;
		}
		if ( $granted !== $before ) {
			update_option( self::GRANTED_OPTION, $granted, false );
		}
	}

	/** Takes them from every role, also from those an administrator gave them to. */
	public function revoke(): void {
		foreach ( array_keys( wp_roles()->roles ) as $role ) {
			foreach ( self::ALL as $capability ) {
				get_role( $role )?->remove_cap( $capability );
			}
		}
		delete_option( self::GRANTED_OPTION );
	}
}
