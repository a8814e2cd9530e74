<?php
/**
 * Finishes a fresh store: roles, users, permalinks, and the options that make WooCommerce keep its
 * orders in its own tables. Run by WP-CLI; TOCSIN_STORE_PLAN holds the plan as JSON. Running it
 * twice changes nothing.
 */

$tocsin_plan = json_decode( (string) getenv( 'TOCSIN_STORE_PLAN' ), true );
if ( ! is_array( $tocsin_plan ) ) {
	WP_CLI::error( "couldn't finish the store: TOCSIN_STORE_PLAN is not JSON" );
}

// Roles WooCommerce would bring; a store that has only its tables needs them for its accounts too.
if ( ! get_role( 'customer' ) ) {
	add_role( 'customer', 'Customer', array( 'read' => true ) );
}
if ( ! get_role( 'shop_manager' ) ) {
	$tocsin_manager = array_fill_keys(
		array( 'read', 'read_private_pages', 'read_private_posts', 'edit_posts', 'edit_pages', 'list_users', 'export', 'upload_files', 'manage_categories', 'manage_woocommerce', 'view_woocommerce_reports', 'edit_shop_orders' ),
		true
	);
	add_role( 'shop_manager', 'Shop manager', $tocsin_manager );
	get_role( 'administrator' )->add_cap( 'manage_woocommerce' );
	get_role( 'administrator' )->add_cap( 'view_woocommerce_reports' );
}

foreach ( $tocsin_plan['users'] as $tocsin_user ) {
	if ( ! get_role( $tocsin_user['role'] ) ) {
		WP_CLI::error( "couldn't create {$tocsin_user['login']}: there is no role {$tocsin_user['role']}" );
	}
	$tocsin_known = get_user_by( 'login', $tocsin_user['login'] );
	$tocsin_fields = array(
		'user_login'   => $tocsin_user['login'],
		'user_email'   => $tocsin_user['email'],
		'display_name' => $tocsin_user['displayName'],
		'role'         => $tocsin_user['role'],
	);
	$tocsin_result = $tocsin_known
		? wp_update_user( array( 'ID' => $tocsin_known->ID ) + $tocsin_fields )
		: wp_insert_user( array( 'user_pass' => $tocsin_user['password'] ) + $tocsin_fields );
	if ( is_wp_error( $tocsin_result ) ) {
		WP_CLI::error( "couldn't create {$tocsin_user['login']}: " . $tocsin_result->get_error_message() );
	}
}

update_option( 'permalink_structure', '/%postname%/' );
update_option( 'timezone_string', 'UTC' );
update_option( 'show_welcome_panel', 0 );
flush_rewrite_rules();

$tocsin_shop_options = array(
	'woocommerce_custom_orders_table_created'  => 'yes',
	'woocommerce_store_address'                => '1 Harbour Street',
	'woocommerce_store_city'                   => 'Portland',
	'woocommerce_default_country'              => 'US:OR',
	'woocommerce_store_postcode'               => '97201',
	'woocommerce_currency'                     => 'USD',
	'woocommerce_coming_soon'                  => 'no',
	'woocommerce_allow_tracking'               => 'no',
	'woocommerce_show_marketplace_suggestions' => 'no',
	'woocommerce_onboarding_profile'           => array( 'skipped' => true ),
	'woocommerce_task_list_hidden_lists'       => array( 'setup', 'extended' ),
);
foreach ( $tocsin_shop_options as $tocsin_name => $tocsin_value ) {
	update_option( $tocsin_name, $tocsin_value );
}

if ( class_exists( 'WC_Install' ) ) {
	$tocsin_orders = wc_get_container()->get( Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer::class );
	if ( ! $tocsin_orders->check_orders_table_exists() ) {
		$tocsin_orders->create_database_tables();
	}
	WC_Install::check_version();
	delete_transient( '_wc_activation_redirect' );
} else {
	update_option( 'woocommerce_version', $tocsin_plan['woocommerceVersion'] );
	update_option( 'woocommerce_db_version', $tocsin_plan['woocommerceVersion'] );
}
update_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
if ( 'yes' !== get_option( 'woocommerce_custom_orders_table_enabled' ) ) {
	WP_CLI::error( "couldn't switch the shop to its own order tables: WooCommerce refused the option" );
}
