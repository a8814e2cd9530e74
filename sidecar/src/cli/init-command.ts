// tocsin init: makes the data folder, the keys and a first config file. Never overwrites anything.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CodedError } from '../domain/coded-error.ts';
import type { Command } from './command.ts';
import { readOptions } from './read-options.ts';

const USAGE =
  'tocsin init --folder <data folder> --url <https://notify.example.com> [--config <file>]';

export const initCommand: Command = {
  name: 'init',
  usage: USAGE,
  summary: 'Make the data folder, keys and a first config file',
  run: ({ args, io }) => {
    const { values } = readOptions(
      args,
      { folder: { type: 'string' }, url: { type: 'string' }, config: { type: 'string' } },
      USAGE,
    );
    if (values.folder === undefined || values.url === undefined) {
      throw new CodedError({
        code: 'cli.bad_options',
        category: 'invalid',
        message: "couldn't start: --folder and --url are needed",
        detail: `Usage: ${USAGE}`,
      });
    }
    const folder = resolve(values.folder);
    const file = resolve(values.config ?? join(folder, 'tocsin.yaml'));
    const keyFile = join(folder, 'master.key');
    for (const path of [file, keyFile]) {
      if (existsSync(path)) {
        throw new CodedError({
          code: 'cli.exists',
          category: 'conflict',
          message: `couldn't make ${path}: it is there already`,
          detail: 'Nothing was changed. Choose another folder, or go on with: tocsin doctor.',
        });
      }
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    writeFileSync(file, firstConfig({ folder, keyFile, url: values.url }), {
      mode: 0o600,
      flag: 'wx',
    });
    io.out(`made ${keyFile}`);
    io.out(`made ${file}`);
    io.out(
      'Next: fill in the lines marked <…>, give the plugin the same plugin_key, then run: tocsin doctor',
    );
    return Promise.resolve(0);
  },
};

function whsec(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function firstConfig(input: { folder: string; keyFile: string; url: string }): string {
  return `# Tocsin sidecar. Every setting is in the README's table; each can come from the environment instead.
public_url: ${JSON.stringify(input.url)}
data_folder: ${JSON.stringify(input.folder)}
master_key_file: ${JSON.stringify(input.keyFile)}

# The same in wp-config.php: define( 'TOCSIN_SIDECAR_KEY', '…' );
plugin_key: ${whsec()}
# One key for each security tool that may report signals; in wp-config.php: define( 'TOCSIN_SIGNAL_KEY', '…' );
signal_keys:
  siem: ${whsec()}

shop:
  name: "<name of the shop>"
  contact_email: "<privacy@example.com>"
  contact_phone: ""

store_database:
  host: 127.0.0.1
  port: 3306
  user: "<user with SELECT only>"
  password: "<password>"
  database: "<schema of the shop>"

postmark:
  server_token: "<server token>"
  stream: "<message stream for notices>"
  from: "<security@example.com>"
  webhook_user: postmark
  webhook_password: ${randomBytes(18).toString('base64url')}
  webhook_secret: ${randomBytes(18).toString('base64url')}
`;
}
