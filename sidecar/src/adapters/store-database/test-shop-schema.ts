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
  ];
}

export function hposTables(prefix: string): string[] {
  return [
    `CREATE TABLE \`${prefix}wc_orders\` (
      id bigint unsigned NOT NULL PRIMARY KEY, status varchar(20), currency varchar(10),
      type varchar(20), customer_id bigint unsigned, billing_email varchar(320),
      date_created_gmt datetime, payment_method varchar(100), ip_address varchar(100),
      user_agent text, customer_note text, KEY type_status_date (type, status, date_created_gmt)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}wc_order_addresses\` (
      id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned NOT NULL,
      address_type varchar(20), first_name text, last_name text, company text, address_1 text,
      address_2 text, city text, state text, postcode text, country text, email varchar(320),
      phone varchar(100), UNIQUE KEY address_type_order_id (address_type, order_id),
      KEY order_id (order_id)) ${COLLATION}`,
    `CREATE TABLE \`${prefix}wc_orders_meta\` (
      id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id bigint unsigned,
      meta_key varchar(255), meta_value text,
      KEY order_id_meta_key (order_id, meta_key(100))) ${COLLATION}`,
  ];
}

function metaTable(name: string, id: string, owner: string): string {
  return `CREATE TABLE \`${name}\` (
    ${id} bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    ${owner} bigint unsigned NOT NULL DEFAULT 0, meta_key varchar(255), meta_value longtext,
    KEY ${owner} (${owner}), KEY meta_key (meta_key(191))) ${COLLATION}`;
}
