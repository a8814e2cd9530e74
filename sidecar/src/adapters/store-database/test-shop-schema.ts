// The tables a test shop needs, as WordPress 7.1 and WooCommerce 11.0 make them, with the keys the reading relies on.

const COLLATION = 'DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci ENGINE=InnoDB';

export function wordpressTables(prefix: string): string[] {
  return [
    `CREATE TABLE \`${prefix}options\` (
      option_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      option_name varchar(191) NOT NULL DEFAULT '' UNIQUE, option_value longtext NOT NULL,
      autoload varchar(20) NOT NULL DEFAULT 'yes') ${COLLATION}`,
    `INSERT INTO \`${prefix}options\` (option_name, option_value) VALUES ('siteurl', 'http://shop.example')`,
    `CREATE TABLE \`${prefix}users\` (
      ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      user_login varchar(60) NOT NULL DEFAULT '', user_pass varchar(255) NOT NULL DEFAULT '',
      user_nicename varchar(50) NOT NULL DEFAULT '', user_email varchar(100) NOT NULL DEFAULT '',
      user_registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      display_name varchar(250) NOT NULL DEFAULT '', KEY user_email (user_email)) ${COLLATION}`,
    metaTable(`${prefix}usermeta`, 'umeta_id', 'user_id'),
    `CREATE TABLE \`${prefix}posts\` (
      ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      post_author bigint unsigned NOT NULL DEFAULT 0,
      post_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      post_date_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      post_modified_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      post_excerpt text NOT NULL, post_status varchar(20) NOT NULL DEFAULT 'publish',
      post_type varchar(20) NOT NULL DEFAULT 'post',
      KEY type_status_date (post_type, post_status, post_date, ID)) ${COLLATION}`,
    metaTable(`${prefix}postmeta`, 'meta_id', 'post_id'),
    `CREATE TABLE \`${prefix}comments\` (
      comment_ID bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
      comment_post_ID bigint unsigned NOT NULL DEFAULT 0, comment_author tinytext NOT NULL,
      comment_author_email varchar(100) NOT NULL DEFAULT '', comment_author_IP varchar(100) NOT NULL DEFAULT '',
      comment_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
      comment_date_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00', comment_content text NOT NULL,
      comment_type varchar(20) NOT NULL DEFAULT 'comment', user_id bigint unsigned NOT NULL DEFAULT 0,
      KEY comment_post_ID (comment_post_ID), KEY comment_author_email (comment_author_email(10))) ${COLLATION}`,
    metaTable(`${prefix}commentmeta`, 'meta_id', 'comment_id'),
  ];
}

export function hposTables(prefix: string): string[] {
  return [
    `CREATE TABLE \`${prefix}wc_orders\` (
      id bigint unsigned NOT NULL PRIMARY KEY, status varchar(20), currency varchar(10),
      type varchar(20), customer_id bigint unsigned, billing_email varchar(320),
      date_created_gmt datetime, parent_order_id bigint unsigned, payment_method varchar(100), ip_address varchar(100),
      user_agent text, customer_note text, KEY date_created (date_created_gmt),
      KEY customer_id_billing_email (customer_id, billing_email(171)), KEY billing_email (billing_email(191)),
      KEY type_status_date (type, status, date_created_gmt)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}wc_order_addresses\` (
      id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned NOT NULL,
      address_type varchar(20), first_name text, last_name text, company text, address_1 text,
      address_2 text, city text, state text, postcode text, country text, email varchar(320),
      phone varchar(100), UNIQUE KEY address_type_order_id (address_type, order_id),
      KEY order_id (order_id), KEY email (email(191)), KEY phone (phone)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}wc_orders_meta\` (
      id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned,
      meta_key varchar(255), meta_value text,
      KEY meta_key_value (meta_key(50), meta_value(20)),
      KEY order_id_meta_key_meta_value (order_id, meta_key(100), meta_value(82))) ${COLLATION}`,
  ];
}

/** WooCommerce's tables beside those of orders, as far as sources of people are read from them. */
export function woocommerceTables(prefix: string): string[] {
  return [
    `CREATE TABLE \`${prefix}woocommerce_order_items\` (
      order_item_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_item_name text NOT NULL,
      order_item_type varchar(200) NOT NULL DEFAULT '', order_id bigint unsigned NOT NULL,
      KEY order_id (order_id)) ${COLLATION}`,
    metaTable(`${prefix}woocommerce_order_itemmeta`, 'meta_id', 'order_item_id', 32),
    `CREATE TABLE \`${prefix}wc_order_product_lookup\` (
      order_item_id bigint unsigned NOT NULL PRIMARY KEY, order_id bigint unsigned NOT NULL,
      product_id bigint unsigned NOT NULL, variation_id bigint unsigned NOT NULL, customer_id bigint unsigned,
      KEY order_id (order_id), KEY customer_id (customer_id)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}wc_customer_lookup\` (
      customer_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned DEFAULT NULL,
      username varchar(60) NOT NULL DEFAULT '', first_name varchar(255) NOT NULL, last_name varchar(255) NOT NULL,
      email varchar(100), date_last_active timestamp NULL, UNIQUE KEY user_id (user_id), KEY email (email)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}woocommerce_sessions\` (
      session_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, session_key char(32) NOT NULL,
      session_value longtext NOT NULL, session_expiry bigint unsigned NOT NULL,
      UNIQUE KEY session_key (session_key), KEY session_expiry (session_expiry)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}woocommerce_payment_tokens\` (
      token_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, gateway_id varchar(200) NOT NULL,
      token text NOT NULL, user_id bigint unsigned NOT NULL DEFAULT 0, type varchar(200) NOT NULL,
      is_default tinyint(1) NOT NULL DEFAULT 0, KEY user_id (user_id)) ${COLLATION}`,
    metaTable(`${prefix}woocommerce_payment_tokenmeta`, 'meta_id', 'payment_token_id', 32),
  ];
}

function metaTable(name: string, id: string, owner: string, indexed = 191): string {
  return `CREATE TABLE \`${name}\` (
    ${id} bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ${owner} bigint unsigned NOT NULL DEFAULT 0, meta_key varchar(255), meta_value longtext,
    KEY ${owner} (${owner}), KEY meta_key (meta_key(${indexed}))) ${COLLATION}`;
}
