<?php
/**
 * Removes everything the plugin put into WordPress: outbox tables, options, transients and capabilities, on every site.
 * The sidecar, its ledger and its evidence log are not touched.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/src/Autoloader.php';

( new Autoloader( __DIR__ . '/src' ) )->register();
( new Install\Uninstaller() )->uninstall();
