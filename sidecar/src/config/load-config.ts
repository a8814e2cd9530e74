// The only reader of the config file and of process.env: parse, cross-check, freeze. Refuses loudly and names the field.
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { CodedError } from '../domain/coded-error.ts';
import type { ConfiguredDecryptor } from '../domain/data-map/decrypt/decryptor-spec.ts';
import { ConfigSchema, SETTINGS, type RawConfig } from './config-schema.ts';
import { readDecryptors } from './read-decryptors.ts';

export type Config = Readonly<
  Omit<RawConfig, 'master_key' | 'master_key_file' | 'decryptors'> & {
    /** With their secrets; `adapters/decryptors` makes them. */
    decryptors: Readonly<Record<string, ConfiguredDecryptor>>;
    /** 32 bytes. */
    masterKey: Uint8Array;
    ledgerFile: string;
    evidenceFolder: string;
    signingKeyFile: string;
    stagingFolder: string;
    /** Name of the evidence log: host of the public URL and `/tocsin`. */
    evidenceOrigin: string;
    /** Host of the public URL: the passkeys' RP ID. */
    rpId: string;
    /** Scheme, host and port of the public URL. */
    origin: string;
  }
>;

type Problem = { pointer: string; message: string };

/** `file`: path of a YAML file, or undefined for the environment alone. Throws `config.invalid` with every problem at once. */
export function loadConfig(input: {
  file: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
}): Config {
  const raw = input.file === undefined ? {} : readConfigFile(input.file);
  const problems = overlayEnvironment(raw, input.env);
  const parsed = ConfigSchema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      problems.push({ pointer: issue.path.join('.'), message: issue.message });
    }
    throw invalid(problems, input.file);
  }
  const masterKey = readMasterKey(parsed.data, problems);
  const decryptors = readDecryptors(parsed.data.decryptors, input.env, problems);
  crossCheck(parsed.data, problems);
  if (problems.length > 0 || masterKey === null) throw invalid(problems, input.file);
  return finish(parsed.data, masterKey, decryptors);
}

function readConfigFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CodedError({
      code: 'config.unreadable',
      category: 'invalid',
      message: `couldn't read the config file ${file}`,
      detail:
        'Give its path with --config or TOCSIN_CONFIG, readable by this user. Make a first one with: tocsin init.',
      cause,
    });
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    throw new CodedError({
      code: 'config.not_yaml',
      category: 'invalid',
      message: `couldn't read the config file ${file}: ${error.message.split('\n')[0] ?? 'not YAML'}`,
      detail: 'Mend the line it names; values with special characters need quotes.',
    });
  }
  const value: unknown = document.toJS();
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Settings with names of the operator's own; one variable holds all of them. */
const JSON_SETTINGS: readonly string[] = ['signal_keys', 'decryptors'];

/** Environment variables win over the file, so that secrets can stay out of it. */
function overlayEnvironment(
  raw: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
): Problem[] {
  const problems: Problem[] = [];
  for (const setting of SETTINGS) {
    const value = env[setting.env];
    if (value === undefined || value === '') continue;
    if (!JSON_SETTINGS.includes(setting.path)) {
      setPath(raw, setting.path.split('.'), value);
      continue;
    }
    try {
      raw[setting.path] = JSON.parse(value);
    } catch {
      problems.push({ pointer: setting.path, message: `${setting.env} is not JSON` });
    }
  }
  return problems;
}

function setPath(target: Record<string, unknown>, path: readonly string[], value: string): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const next =
    typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  target[head] = next;
  setPath(next, rest, value);
}

function readMasterKey(config: RawConfig, problems: Problem[]): Uint8Array | null {
  if ((config.master_key === undefined) === (config.master_key_file === undefined)) {
    problems.push({
      pointer: 'master_key',
      message: 'give exactly one of master_key and master_key_file',
    });
    return null;
  }
  let text = config.master_key ?? '';
  if (config.master_key_file !== undefined) {
    try {
      const mode = statSync(config.master_key_file).mode & 0o077;
      if (mode !== 0) {
        problems.push({
          pointer: 'master_key_file',
          message: `others may read the file; run: chmod 600 ${config.master_key_file}`,
        });
      }
      text = readFileSync(config.master_key_file, 'utf8').trim();
    } catch {
      problems.push({ pointer: 'master_key_file', message: 'the file cannot be read' });
      return null;
    }
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) {
    problems.push({
      pointer: config.master_key === undefined ? 'master_key_file' : 'master_key',
      message: `must be base64 of 32 bytes (it has ${key.length}); make one with: openssl rand -base64 32`,
    });
    return null;
  }
  return new Uint8Array(key);
}

function crossCheck(config: RawConfig, problems: Problem[]): void {
  const url = new URL(config.public_url);
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  if (url.pathname !== '/' || url.search !== '') {
    problems.push({
      pointer: 'public_url',
      message: 'must be an origin without a path, such as https://notify.example.com',
    });
  }
  if (/^[\d.]+$|^\[/.test(url.hostname)) {
    problems.push({
      pointer: 'public_url',
      message: 'must have a host name: passkeys do not work on an IP address',
    });
  }
  if (url.protocol === 'http:' && !(isLocal && config.development)) {
    problems.push({
      pointer: 'public_url',
      message: 'must be https (http only for localhost with development: true)',
    });
  }
  const api = new URL(config.postmark.api_url);
  if (api.protocol === 'http:' && !['localhost', '127.0.0.1'].includes(api.hostname)) {
    problems.push({
      pointer: 'postmark.api_url',
      message: 'must be https: the token and every address go there',
    });
  }
  const keys = Object.values(config.signal_keys);
  if (keys.includes(config.plugin_key)) {
    problems.push({
      pointer: 'signal_keys',
      message: 'a security tool must not have the key of the plugin',
    });
  }
}

function finish(
  config: RawConfig,
  masterKey: Uint8Array,
  decryptors: Config['decryptors'],
): Config {
  const { master_key: _key, master_key_file: _file, ...rest } = config;
  const folder = isAbsolute(config.data_folder) ? config.data_folder : resolve(config.data_folder);
  const url = new URL(config.public_url);
  return Object.freeze({
    ...rest,
    data_folder: folder,
    masterKey,
    decryptors,
    ledgerFile: join(folder, 'ledger.sqlite'),
    evidenceFolder: join(folder, 'evidence'),
    signingKeyFile: join(folder, 'evidence.key'),
    stagingFolder: join(folder, 'staging'),
    evidenceOrigin: `${url.host.replace(/:/g, '_')}/tocsin`,
    rpId: url.hostname,
    origin: url.origin,
  });
}

function invalid(problems: readonly Problem[], file: string | undefined): CodedError {
  const lines = problems.map(({ pointer, message }) => {
    const setting = SETTINGS.find((known) => known.path === pointer);
    const env = setting === undefined ? '' : ` (${setting.env})`;
    const meaning = setting === undefined ? '' : ` ${setting.meaning}`;
    return `  ${pointer === '' ? 'the file' : pointer}${env}: ${message}.${meaning}`;
  });
  return new CodedError({
    code: 'config.invalid',
    category: 'invalid',
    message: `couldn't use the configuration${file === undefined ? '' : ` in ${file}`}:\n${lines.join('\n')}`,
    detail: 'Mend the settings above in the file or in the environment, then start again.',
    fields: problems,
  });
}
