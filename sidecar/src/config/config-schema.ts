// Every setting of the sidecar, once: its shape, default, environment variable and meaning. The README's table is made from it.
import { z } from 'zod';
import { DecryptorSettings } from './decryptor-schema.ts';

const absoluteUrl = z.url({ protocol: /^https?$/ });
const secretKey = z
  .string()
  .regex(
    /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
    'must be whsec_ followed by base64 of 24 to 64 bytes',
  );
const port = z.coerce.number().int().min(0).max(65_535);
const seconds = (least: number) => z.coerce.number().min(least);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const ConfigSchema = z.strictObject({
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: port.default(8787),
      trusted_proxies: z
        .union([
          z.array(z.string()),
          z.string().transform((text) => text.split(/[\s,]+/).filter((part) => part !== '')),
        ])
        .default([]),
    })
    .prefault({}),
  public_url: absoluteUrl,
  data_folder: z.string().min(1),
  master_key: z.string().min(1).optional(),
  master_key_file: z.string().min(1).optional(),
  plugin_key: secretKey,
  signal_keys: z.record(z.string().regex(/^[a-z0-9_-]{1,60}$/), secretKey).default({}),
  shop: z.strictObject({
    name: z.string().min(1).max(120),
    contact_email: z.email(),
    contact_phone: z.string().max(60).default(''),
    time_zone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
      .default('UTC'),
  }),
  store_database: z.strictObject({
    host: z.string().default('127.0.0.1'),
    port: port.default(3306),
    socket: z.string().optional(),
    user: z.string().min(1),
    password: z.string(),
    database: z.string().min(1),
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9_]{0,60}$/)
      .optional(),
    statement_timeout_seconds: seconds(1).default(60),
    replica: z
      .strictObject({
        host: z.string().min(1).optional(),
        port: port.default(3306),
        socket: z.string().min(1).optional(),
        user: z.string().min(1).optional(),
        password: z.string().optional(),
        max_lag_seconds: seconds(0).default(60),
        heartbeat_table: z
          .string()
          .regex(/^[\p{L}\p{N}_$-]{1,64}(?:\.[\p{L}\p{N}_$-]{1,64})?$/u)
          .optional(),
      })
      .refine(
        ({ host, socket }) => (host === undefined) !== (socket === undefined),
        'give exactly one of host and socket of the replica',
      )
      .optional(),
  }),
  data_map: z
    .strictObject({
      file: z.string().min(1).optional(),
      scan: z
        .strictObject({
          every_hours: z.coerce.number().min(1).max(8760).default(24),
          chunk_rows: z.coerce.number().int().min(10).max(10_000).default(500),
          pause_ms: z.coerce.number().int().min(0).max(60_000).default(50),
          max_threads_running: z.coerce.number().int().min(1).max(10_000).default(25),
        })
        .prefault({}),
    })
    .prefault({}),
  decryptors: DecryptorSettings.default({}),
  templates: z
    .strictObject({
      repository: z.string().optional(),
      folder: z.string().default('sidecar/templates'),
      ref: z.string().default('HEAD'),
    })
    .prefault({}),
  postmark: z.strictObject({
    server_token: z.string().min(1),
    stream: z.string().min(1),
    from: z.email(),
    api_url: absoluteUrl.default('https://api.postmarkapp.com'),
    timeout_seconds: seconds(1).default(60),
    webhook_user: z.string().min(1).max(100),
    webhook_password: z.string().min(12),
    webhook_secret: z.string().regex(/^[A-Za-z0-9_-]{16,100}$/),
  }),
  approvals: z
    .strictObject({
      required: z.coerce.number().int().min(2).max(5).default(2),
      expire_hours: z.coerce.number().min(1).max(720).default(72),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      batch_size: z.coerce.number().int().min(1).max(500).default(500),
      concurrency: z.coerce.number().int().min(1).max(32).default(4),
      settle_after_seconds: seconds(0).default(900),
      settle_empty_answers: z.coerce.number().int().min(1).default(3),
      settle_ask_every_seconds: seconds(0.05).default(60),
    })
    .prefault({}),
  outbox: z.strictObject({ poll_seconds: seconds(0.05).default(2) }).prefault({}),
  metrics: z.strictObject({ token: z.string().min(16).optional() }).prefault({}),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    })
    .prefault({}),
  development: flag.default(false),
});
export type RawConfig = z.infer<typeof ConfigSchema>;

export type SettingField = { path: string; env: string; secret: boolean; meaning: string };

/** In the order of the README's table. A secret may be given in the file, but belongs in the environment. */
export const SETTINGS: readonly SettingField[] = [
  field(
    'listen.host',
    'TOCSIN_HOST',
    'Address to listen on. Keep it on loopback and put a TLS proxy before it.',
  ),
  field('listen.port', 'TOCSIN_PORT', 'Port to listen on; 0 takes a free one.'),
  field(
    'listen.trusted_proxies',
    'TOCSIN_TRUSTED_PROXIES',
    'Addresses or networks of proxies whose X-Forwarded-For is believed; without it all approvers share one brake on sign-in.',
  ),
  field(
    'public_url',
    'TOCSIN_PUBLIC_URL',
    "Origin of the sidecar as approvers' browsers see it. Its host is the passkeys' RP ID; changing it makes all passkeys useless.",
  ),
  field(
    'data_folder',
    'TOCSIN_DATA_FOLDER',
    'Ledger, evidence log and signing key. Back it up as a whole.',
  ),
  secret(
    'master_key',
    'TOCSIN_MASTER_KEY',
    '32 bytes in base64; wraps the data keys of all incidents. Either this or master_key_file.',
  ),
  field(
    'master_key_file',
    'TOCSIN_MASTER_KEY_FILE',
    'File with the master key, readable by the sidecar only.',
  ),
  secret(
    'plugin_key',
    'TOCSIN_SIDECAR_KEY',
    'Shared with the plugin; signs its calls. whsec_ and base64.',
  ),
  field(
    'signal_keys',
    'TOCSIN_SIGNAL_KEYS',
    'Keys of security tools by name, as JSON in the environment: {"wazuh":"whsec_…"}.',
  ),
  field('shop.name', 'TOCSIN_SHOP_NAME', 'Name of the shop in notices.'),
  field(
    'shop.contact_email',
    'TOCSIN_SHOP_CONTACT_EMAIL',
    'Contact point in notices (GDPR Art. 34(2)).',
  ),
  field('shop.contact_phone', 'TOCSIN_SHOP_CONTACT_PHONE', 'Telephone in notices; may be empty.'),
  field('shop.time_zone', 'TOCSIN_SHOP_TIME_ZONE', 'IANA time zone of the days named in notices.'),
  field('store_database.host', 'TOCSIN_DB_HOST', "Host of the shop's MySQL or MariaDB."),
  field('store_database.port', 'TOCSIN_DB_PORT', 'Its port.'),
  field('store_database.socket', 'TOCSIN_DB_SOCKET', 'Unix socket, instead of host and port.'),
  field('store_database.user', 'TOCSIN_DB_USER', 'Database user with SELECT only.'),
  secret('store_database.password', 'TOCSIN_DB_PASSWORD', 'Its password.'),
  field('store_database.database', 'TOCSIN_DB_NAME', 'Schema of the shop.'),
  field(
    'store_database.prefix',
    'TOCSIN_DB_PREFIX',
    'Table prefix; found by itself when there is one shop in the schema.',
  ),
  field(
    'store_database.statement_timeout_seconds',
    'TOCSIN_DB_STATEMENT_TIMEOUT_SECONDS',
    'Longest time one statement may take.',
  ),
  field(
    'store_database.replica.host',
    'TOCSIN_DB_REPLICA_HOST',
    'Host of a replica to read people from, instead of the shop’s own server. None when absent.',
  ),
  field('store_database.replica.port', 'TOCSIN_DB_REPLICA_PORT', 'Its port.'),
  field(
    'store_database.replica.socket',
    'TOCSIN_DB_REPLICA_SOCKET',
    'Unix socket, instead of host and port.',
  ),
  field(
    'store_database.replica.user',
    'TOCSIN_DB_REPLICA_USER',
    'Its user; as on the shop’s own server when absent. Needs SELECT, and REPLICA MONITOR (MySQL: REPLICATION CLIENT) to tell the lag.',
  ),
  secret(
    'store_database.replica.password',
    'TOCSIN_DB_REPLICA_PASSWORD',
    'Its password; as on the shop’s own server when absent.',
  ),
  field(
    'store_database.replica.max_lag_seconds',
    'TOCSIN_DB_REPLICA_MAX_LAG_SECONDS',
    'People are not read from a replica that is further behind.',
  ),
  field(
    'store_database.replica.heartbeat_table',
    'TOCSIN_DB_REPLICA_HEARTBEAT_TABLE',
    'Table of pt-heartbeat (its `ts` in UTC) to tell the lag by where the server does not.',
  ),
  field(
    'data_map.file',
    'TOCSIN_DATA_MAP_FILE',
    "JSON or YAML file with the shop's own sources of personal data, beside those mapped in wp-admin.",
  ),
  field(
    'data_map.scan.every_hours',
    'TOCSIN_SCAN_EVERY_HOURS',
    "Hours between two scans of the shop's database for places with personal data.",
  ),
  field('data_map.scan.chunk_rows', 'TOCSIN_SCAN_CHUNK_ROWS', 'Rows a scan reads at once.'),
  field(
    'data_map.scan.pause_ms',
    'TOCSIN_SCAN_PAUSE_MS',
    'Milliseconds a scan rests between two reads.',
  ),
  field(
    'data_map.scan.max_threads_running',
    'TOCSIN_SCAN_MAX_THREADS_RUNNING',
    'A scan waits while the database server runs more statements than this at once.',
  ),
  field(
    'decryptors',
    'TOCSIN_DECRYPTORS',
    'How encrypted values of the shop are opened, by name; as JSON in the environment. Secrets are named by `env` or `file`, never written here. See docs/operations.md.',
  ),
  field(
    'templates.repository',
    'TOCSIN_TEMPLATES_REPOSITORY',
    "Git repository of notice templates; the project's own when absent.",
  ),
  field('templates.folder', 'TOCSIN_TEMPLATES_FOLDER', 'Folder of the templates inside it.'),
  field('templates.ref', 'TOCSIN_TEMPLATES_REF', 'Commit, branch or tag to read them at.'),
  secret('postmark.server_token', 'POSTMARK_SERVER_TOKEN', 'Server API token.'),
  field(
    'postmark.stream',
    'POSTMARK_STREAM',
    'Message stream for notices. Agree with Postmark beforehand that legal notices go there.',
  ),
  field('postmark.from', 'POSTMARK_FROM', 'Sender address, with a confirmed signature or domain.'),
  field(
    'postmark.api_url',
    'POSTMARK_API_URL',
    'Root of the API; another only for tests and compatible servers.',
  ),
  field('postmark.timeout_seconds', 'POSTMARK_TIMEOUT_SECONDS', 'Longest time of one call.'),
  field('postmark.webhook_user', 'POSTMARK_WEBHOOK_USER', 'Basic-auth user of the webhooks.'),
  secret(
    'postmark.webhook_password',
    'POSTMARK_WEBHOOK_PASSWORD',
    'Basic-auth password of the webhooks.',
  ),
  secret(
    'postmark.webhook_secret',
    'POSTMARK_WEBHOOK_SECRET',
    'Secret part of the webhook path: /v1/webhooks/postmark/<secret>.',
  ),
  field(
    'approvals.required',
    'TOCSIN_APPROVALS_REQUIRED',
    'Approvals a manifest needs; at least 2.',
  ),
  field(
    'approvals.expire_hours',
    'TOCSIN_APPROVALS_EXPIRE_HOURS',
    'Hours after which a manifest that was not approved expires.',
  ),
  field(
    'delivery.batch_size',
    'TOCSIN_BATCH_SIZE',
    'Messages in one call; Postmark takes up to 500.',
  ),
  field('delivery.concurrency', 'TOCSIN_CONCURRENCY', 'Calls on the way at once.'),
  field(
    'delivery.settle_after_seconds',
    'TOCSIN_SETTLE_AFTER_SECONDS',
    'How long an unclear message is looked for before it may be sent again.',
  ),
  field(
    'delivery.settle_empty_answers',
    'TOCSIN_SETTLE_EMPTY_ANSWERS',
    'Complete searches without it that are needed as well.',
  ),
  field(
    'delivery.settle_ask_every_seconds',
    'TOCSIN_SETTLE_ASK_EVERY_SECONDS',
    'Pause between such searches.',
  ),
  field(
    'outbox.poll_seconds',
    'TOCSIN_OUTBOX_POLL_SECONDS',
    "Pause between looks into the shop's outbox.",
  ),
  secret(
    'metrics.token',
    'TOCSIN_METRICS_TOKEN',
    'Bearer token for /metrics; without it, /metrics answers on loopback only, and with an https public_url not at all.',
  ),
  field('log.level', 'TOCSIN_LOG_LEVEL', 'debug, info, warn, error or silent.'),
  field(
    'development',
    'TOCSIN_DEVELOPMENT',
    'Allows http for a public_url on localhost; for trying out on one machine only.',
  ),
];

function field(path: string, env: string, meaning: string): SettingField {
  return { path, env, secret: false, meaning };
}
function secret(path: string, env: string, meaning: string): SettingField {
  return { path, env, secret: true, meaning };
}
