<?php
/**
 * Plugin Name:          Tocsin
 * Description:          Tells the customers of a store about a data leak: the right people, once, in time, with proof. This plugin is the thin part inside WordPress; the work is done by the Tocsin sidecar.
 * Version:              0.1.0
 * Requires at least:    6.9
 * Requires PHP:         8.1
 * Author:               The Tocsin contributors
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          tocsin
 * Domain Path:          /languages
 * WC requires at least: 9.0
 * WC tested up to:      11.0
 *
 * WooCommerce is on purpose not a required plugin: during an incident Tocsin must live when WooCommerce does not.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';

require_once __DIR__ . '/src/Autoloader.php';

( new Autoloader( __DIR__ . '/src' ) )->register();
( new Plugin( __FILE__ ) )->register();
