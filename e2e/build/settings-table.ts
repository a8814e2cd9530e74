// The README's table of settings, made from the schema that checks them. `--write` puts it into the README.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigSchema, SETTINGS } from '../../sidecar/src/config/config-schema.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const MARKED = /(<!-- settings:begin -->\n)[\s\S]*?(<!-- settings:end -->)/;

type Schema = {
  def: { type: string; innerType?: Schema; defaultValue?: unknown; shape?: Record<string, Schema> };
};

export function settingsTable(): string {
  const rows = SETTINGS.map(({ path, env, secret, meaning }) => {
    const what = secret ? `${meaning} *Secret.*` : meaning;
    return `| \`${path}\` | \`${env}\` | ${defaultOf(path)} | ${what.replace(/\|/g, '\\|')} |`;
  });
  return [
    '| setting | environment | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function defaultOf(path: string): string {
  let at = ConfigSchema as unknown as Schema;
  for (const name of path.split('.')) {
    while (at.def.shape === undefined && at.def.innerType !== undefined) at = at.def.innerType;
    const next = at.def.shape?.[name];
    if (next === undefined) throw new Error(`no setting ${path}`);
    at = next;
  }
  if (at.def.type === 'optional') return '–';
  if (at.def.type !== 'default') return '**needed**';
  const value = at.def.defaultValue;
  return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
    ? '–'
    : `\`${String(value)}\``;
}

/** The README with the table of today; equal to what is there when it is up to date. */
export function readmeWithTable(): { now: string; should: string } {
  const now = readFileSync(README, 'utf8');
  return { now, should: now.replace(MARKED, `$1${settingsTable()}$2`) };
}

if (process.argv.includes('--write')) writeFileSync(README, readmeWithTable().should);
