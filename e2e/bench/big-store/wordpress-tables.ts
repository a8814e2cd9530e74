// WordPress's own tables that the reading of people touches, with the columns and indexes WordPress 7.1 gives them, and the
// plugin's outbox.

const TAIL = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';

export function wordpressTables(prefix: string): string[] {
  return [
    `CREATE TABLE \`${prefix}options\` (
      option_id bigint(20) unsigned NOT NULL AUTO_INCREMENT, option_name varchar(191) NOT NULL DEFAULT '',
      option_value longtext NOT NULL, autoload varchar(20) NOT NULL DEFAULT 'yes',
      PRIMARY KEY (option_id), UNIQUE KEY option_name (option_name), KEY autoload (autoload)) ${TAIL}`,
    `CREATE TABLE \`${prefix}users\` (
      ID bigint(20) unsigned NOT NULL AUTO_INCREMENT, user_login varchar(60) NOT NULL DEFAULT '',
      user_pass varchar(255) NOT NULL DEFAULT '', user_nicename varchar(50) NOT NULL DEFAULT '',
      user_email varchar(100) NOT NULL DEFAULT '', user_url varchar(100) NOT NULL DEFAULT '',
      user_registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      user_activation_key varchar(255) NOT NULL DEFAULT '', user_status int(11) NOT NULL DEFAULT 0,
      display_name varchar(250) NOT NULL DEFAULT '',
      PRIMARY KEY (ID), KEY user_login_key (user_login), KEY user_nicename (user_nicename),
      KEY user_email (user_email)) ${TAIL}`,
    metaTable(`${prefix}usermeta`, 'umeta_id', 'user_id'),
    `CREATE TABLE \`${prefix}posts\` (
      ID bigint(20) unsigned NOT NULL AUTO_INCREMENT, post_author bigint(20) unsigned NOT NULL DEFAULT 0,
      post_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      post_date_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00', post_content longtext NOT NULL,
      post_title text NOT NULL, post_excerpt text NOT NULL, post_status varchar(20) NOT NULL DEFAULT 'publish',
      comment_status varchar(20) NOT NULL DEFAULT 'open', ping_status varchar(20) NOT NULL DEFAULT 'open',
      post_password varchar(255) NOT NULL DEFAULT '', post_name varchar(200) NOT NULL DEFAULT '',
      to_ping text NOT NULL, pinged text NOT NULL,
      post_modified datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      post_modified_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00', post_content_filtered longtext NOT NULL,
      post_parent bigint(20) unsigned NOT NULL DEFAULT 0, guid varchar(255) NOT NULL DEFAULT '',
      menu_order int(11) NOT NULL DEFAULT 0, post_type varchar(20) NOT NULL DEFAULT 'post',
      post_mime_type varchar(100) NOT NULL DEFAULT '', comment_count bigint(20) NOT NULL DEFAULT 0,
      PRIMARY KEY (ID), KEY post_name (post_name(191)), KEY type_status_date (post_type, post_status, post_date, ID),
      KEY post_parent (post_parent), KEY post_author (post_author),
      KEY type_status_author (post_type, post_status, post_author)) ${TAIL}`,
    metaTable(`${prefix}postmeta`, 'meta_id', 'post_id'),
    `CREATE TABLE \`${prefix}comments\` (
      comment_ID bigint(20) unsigned NOT NULL AUTO_INCREMENT, comment_post_ID bigint(20) unsigned NOT NULL DEFAULT 0,
      comment_author tinytext NOT NULL, comment_author_email varchar(100) NOT NULL DEFAULT '',
      comment_author_url varchar(200) NOT NULL DEFAULT '', comment_author_IP varchar(100) NOT NULL DEFAULT '',
      comment_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      comment_date_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00', comment_content text NOT NULL,
      comment_karma int(11) NOT NULL DEFAULT 0, comment_approved varchar(20) NOT NULL DEFAULT '1',
      comment_agent varchar(255) NOT NULL DEFAULT '', comment_type varchar(20) NOT NULL DEFAULT 'comment',
      comment_parent bigint(20) unsigned NOT NULL DEFAULT 0, user_id bigint(20) unsigned NOT NULL DEFAULT 0,
      PRIMARY KEY (comment_ID), KEY comment_post_ID (comment_post_ID),
      KEY comment_approved_date_gmt (comment_approved, comment_date_gmt), KEY comment_date_gmt (comment_date_gmt),
      KEY comment_parent (comment_parent), KEY comment_author_email (comment_author_email(10)),
      KEY woo_idx_comment_type (comment_type)) ${TAIL}`,
    metaTable(`${prefix}commentmeta`, 'meta_id', 'comment_id'),
    `CREATE TABLE \`${prefix}tocsin_outbox\` (
      id bigint(20) unsigned NOT NULL AUTO_INCREMENT, event_id char(36) NOT NULL, kind varchar(64) NOT NULL,
      occurred_at datetime(3) NOT NULL, actor_id bigint(20) unsigned NOT NULL DEFAULT 0,
      subject_type varchar(32) NOT NULL DEFAULT '', subject_id bigint(20) unsigned NOT NULL DEFAULT 0,
      data longtext NOT NULL, created_at datetime(3) NOT NULL,
      PRIMARY KEY (id), UNIQUE KEY event_id (event_id), KEY created_at (created_at)) ${TAIL}`,
  ];
}

function metaTable(name: string, id: string, owner: string): string {
  return `CREATE TABLE \`${name}\` (
    ${id} bigint(20) unsigned NOT NULL AUTO_INCREMENT, ${owner} bigint(20) unsigned NOT NULL DEFAULT 0,
    meta_key varchar(255), meta_value longtext,
    PRIMARY KEY (${id}), KEY ${owner} (${owner}), KEY meta_key (meta_key(191))) ${TAIL}`;
}
