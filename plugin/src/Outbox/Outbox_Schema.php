<?php
/**
 * The table `{prefix}tocsin_outbox` of the current site: made, upgraded and dropped here only.
 * The sidecar reads it with a user that has SELECT only, by ascending id.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Outbox;

final class Outbox_Schema {

	public const VERSION = 1;

	/** Name in the current site; asked each time, because switch_to_blog() changes it. */
	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'tocsin_outbox';
	}

	/** Creates the table or brings it to the current shape. Safe to repeat. */
	public function apply(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table   = self::table();
		$collate = $wpdb->get_charset_collate();
		// The odd spacing is what dbDelta() needs to recognise columns and keys.
		dbDelta(
			"CREATE TABLE {$table} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				event_id char(36) NOT NULL,
				kind varchar(64) NOT NULL,
				occurred_at datetime(3) NOT NULL,
				actor_id bigint(20) unsigned NOT NULL DEFAULT 0,
				subject_type varchar(32) NOT NULL DEFAULT '',
				subject_id bigint(20) unsigned NOT NULL DEFAULT 0,
				data longtext NOT NULL,
				created_at datetime(3) NOT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY event_id (event_id),
				KEY created_at (created_at)
			) {$collate};"
		);
	}

	public function drop(): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', self::table() ) );
	}

	public function exists(): bool {
		global $wpdb;
		return self::table() === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( self::table() ) ) );
	}
}
