// Tables of plugins, and those of WooCommerce that lead to people without an order. Only what the sidecar reads of them;
// `{prefix}` stands for the table prefix.

const UTF8 = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';
/** As plugins of other years made them: a UNION with the others would fail. */
const GENERAL = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci';
const LATIN1 = 'DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci';

export const TRAP_TABLES: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS \`{prefix}woocommerce_downloadable_product_permissions\` (
    permission_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    download_id varchar(36) NOT NULL, product_id bigint unsigned NOT NULL,
    order_id bigint unsigned NOT NULL DEFAULT 0, order_key varchar(200) NOT NULL,
    user_email varchar(200) NOT NULL, user_id bigint unsigned, downloads_remaining varchar(9),
    access_granted datetime NOT NULL DEFAULT '0000-00-00 00:00:00', access_expires datetime,
    download_count bigint unsigned NOT NULL DEFAULT 0,
    KEY order_id (order_id), KEY user_email (user_email(100))) ${UTF8}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}woocommerce_square_customers\` (
    square_id varchar(191) NOT NULL PRIMARY KEY, email_address varchar(191) NOT NULL,
    user_id bigint unsigned NOT NULL DEFAULT 0) ${UTF8}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}acme_payers\` (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, order_ref varchar(32),
    payer_blob longtext, payer_mail varchar(190), created_at datetime) ${GENERAL}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}cartflows_ca_cart_abandonment\` (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, checkout_id int NOT NULL, email varchar(100),
    cart_contents longtext, cart_total decimal(10,2), session_id varchar(60) NOT NULL,
    other_fields longtext, order_status varchar(20) DEFAULT 'abandoned', coupon_code varchar(50),
    time datetime) ${LATIN1}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}gf_entry\` (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, form_id mediumint unsigned NOT NULL,
    date_created datetime NOT NULL, ip varchar(39) NOT NULL, source_url varchar(200) NOT NULL DEFAULT '',
    user_agent varchar(250) NOT NULL DEFAULT '', transaction_id varchar(50), payment_amount decimal(19,2),
    created_by bigint unsigned, status varchar(20) NOT NULL DEFAULT 'active') ${GENERAL}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}gf_entry_meta\` (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, form_id mediumint unsigned NOT NULL,
    entry_id bigint unsigned NOT NULL, meta_key varchar(255), meta_value longtext,
    KEY entry_id (entry_id), KEY meta_value (meta_value(191))) ${GENERAL}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}mailpoet_subscribers\` (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, wp_user_id bigint,
    first_name varchar(255) NOT NULL DEFAULT '', last_name varchar(255) NOT NULL DEFAULT '',
    email varchar(150) NOT NULL, status varchar(12) NOT NULL, subscribed_ip varchar(45),
    confirmed_ip varchar(45), created_at timestamp NULL, unconfirmed_data longtext,
    unsubscribe_token char(15), link_token char(32), time_zone varchar(60),
    UNIQUE KEY email (email)) ${UTF8}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}fc_subscribers\` (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, user_id bigint unsigned,
    first_name varchar(192), last_name varchar(192), email varchar(190) NOT NULL,
    address_line_1 varchar(192), address_line_2 varchar(192), postal_code varchar(192),
    city varchar(192), state varchar(192), country varchar(192), ip varchar(20),
    latitude decimal(10,8), longitude decimal(10,8), phone varchar(50), status varchar(50) NOT NULL,
    life_time_value int, date_of_birth date, avatar varchar(192), created_at timestamp NULL,
    UNIQUE KEY email (email)) ${UTF8}`,
  `CREATE TABLE IF NOT EXISTS \`{prefix}wfHits\` (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, ctime double(17,6) unsigned NOT NULL,
    IP binary(16), userID int unsigned NOT NULL, URL text, referer text, UA text) ${GENERAL}`,
];
