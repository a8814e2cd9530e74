<?php
/**
 * Every store hook Tocsin listens to, in one table. Arguments are picked by position: a position that is not named here,
 * such as the plain password of wp_set_password, is never seen by a listener.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

final class Hook_Table {

	/** Earlier than WooCommerce' own handlers, which end the request. */
	private const BEFORE_WOOCOMMERCE = -10;
	/** Listeners that write late, then the recorder's own count. */
	private const LATE   = 100;
	private const LATEST = 200;

	public function __construct( private readonly Recorder $recorder ) {}

	public function register(): void {
		foreach ( $this->hooks() as $hook ) {
			add_filter( $hook->name, new Guarded_Call( $hook, $this->recorder ), $hook->priority, $hook->accepted_arguments() );
		}
	}

	/** @return Hook[] */
	public function hooks(): array {
		return array(
			...$this->people_hooks(),
			...$this->store_hooks(),
			new Hook( 'shutdown', array( $this->recorder, 'flush' ), priority: self::LATEST ),
		);
	}

	/** @return Hook[] */
	private function people_hooks(): array {
		$logins    = new Login_Events( $this->recorder );
		$roles     = new Role_Events( $this->recorder );
		$passwords = new Password_Events( $this->recorder );
		return array(
			new Hook( 'wp_login_failed', array( $logins, 'on_failure' ), array( 0, 1 ) ),
			new Hook( 'wp_login', array( $logins, 'on_success' ), array( 1 ) ),

			new Hook( 'update_user_meta', array( $roles, 'before_meta_update' ), array( 1, 2 ) ),
			new Hook( 'added_user_meta', array( $roles, 'on_meta_added' ), array( 1, 2, 3 ) ),
			new Hook( 'updated_user_meta', array( $roles, 'on_meta_updated' ), array( 1, 2, 3 ) ),
			new Hook( 'set_user_role', array( $roles, 'on_role_hook' ), array( 0 ) ),
			new Hook( 'add_user_role', array( $roles, 'on_role_hook' ), array( 0 ) ),
			new Hook( 'remove_user_role', array( $roles, 'on_role_hook' ), array( 0 ) ),
			new Hook( 'granted_super_admin', array( $roles, 'on_super_admin_granted' ), array( 0 ) ),
			new Hook( 'revoked_super_admin', array( $roles, 'on_super_admin_revoked' ), array( 0 ) ),
			new Hook( 'user_register', array( $roles, 'on_user_created' ), array( 0 ) ),
			new Hook( 'shutdown', array( $roles, 'flush' ), priority: self::LATE ),

			new Hook( 'password_reset', array( $passwords, 'before_reset' ), array( 0 ) ),
			new Hook( 'after_password_reset', array( $passwords, 'on_reset' ), array( 0 ) ),
			new Hook( 'wp_set_password', array( $passwords, 'on_set' ), array( 1 ) ),
			new Hook( 'profile_update', array( $passwords, 'on_profile_update' ), array( 0, 1 ) ),
			new Hook( 'user_register', array( $passwords, 'on_user_created' ), array( 0 ) ),
			new Hook( 'shutdown', array( $passwords, 'flush' ), priority: self::LATE ),
		);
	}

	/** @return Hook[] */
	private function store_hooks(): array {
		$plugins = new Plugin_Events( $this->recorder );
		$keys    = new Access_Key_Events( $this->recorder );
		$exports = new Export_Events( $this->recorder );
		$orders  = new Order_Events( $this->recorder );
		return array(
			new Hook( 'activated_plugin', array( $plugins, 'on_activated' ), array( 0, 1 ) ),
			new Hook( 'deactivated_plugin', array( $plugins, 'on_deactivated' ), array( 0, 1 ) ),

			new Hook( 'wp_ajax_woocommerce_update_api_key', array( $keys, 'watch' ), priority: self::BEFORE_WOOCOMMERCE ),
			new Hook( 'parse_request', array( $keys, 'watch_authorization' ), array( 0 ), self::BEFORE_WOOCOMMERCE ),
			new Hook( 'shutdown', array( $keys, 'flush' ), priority: self::LATE ),
			new Hook( 'wp_create_application_password', array( $keys, 'on_application_password' ), array( 0, 1 ) ),

			new Hook( 'export_wp', array( $exports, 'on_wordpress_export' ), array( 0 ) ),
			new Hook( 'wp_privacy_personal_data_export_file_created', array( $exports, 'on_personal_data_file' ), array( 3 ) ),
			new Hook( 'wp_ajax_woocommerce_do_ajax_product_export', array( $exports, 'on_product_export' ), priority: self::BEFORE_WOOCOMMERCE ),
			new Hook( 'rest_request_after_callbacks', array( $exports, 'on_rest_answer' ), array( 0, 2 ) ),

			new Hook( 'woocommerce_new_order', array( $orders, 'on_created' ), array( 0 ) ),
		);
	}
}
