// tocsin resolve-key add | list | remove: who may read people with tocsin resolve.
import type { Config } from '../config/load-config.ts';
import { CodedError } from '../domain/coded-error.ts';
import { listCommandKeys, makeCommandKey, removeCommandKey } from '../use-cases/command-keys.ts';
import type { Deps } from '../use-cases/ports/deps.ts';
import { OPERATOR } from './approver-command.ts';
import type { Command, CommandIo } from './command.ts';
import { readOptions } from './read-options.ts';

const USAGE =
  'tocsin resolve-key add <name> | tocsin resolve-key list | tocsin resolve-key remove <id>';

type KeyParts = Deps & { close(): Promise<void> };

export function makeResolveKeyCommand(open: (config: Config) => Promise<KeyParts>): Command {
  return {
    name: 'resolve-key',
    usage: USAGE,
    summary: 'Make, list or remove keys for tocsin resolve',
    run: async ({ args, io, config }) => {
      const { positionals } = readOptions(args, {}, USAGE);
      const [verb, word] = positionals;
      const parts = await open(config());
      try {
        if (verb === 'add') return await add(parts, word, io);
        if (verb === 'list') return await list(parts, io);
        if (verb === 'remove') return await remove(parts, word, io);
      } finally {
        await parts.close();
      }
      throw badUse(`there is no "${verb ?? ''}"`);
    },
  };
}

async function add(parts: KeyParts, name: string | undefined, io: CommandIo): Promise<number> {
  if (name === undefined) throw badUse('a name is needed: of who or what will hold the key');
  const { id, key } = await makeCommandKey(parts, OPERATOR, { name, allows: 'resolve' });
  io.err(`Made ${id} for ${name}. It is shown this once; keep it where only ${name} can read it:`);
  io.out(key);
  return 0;
}

async function list(parts: KeyParts, io: CommandIo): Promise<number> {
  const keys = await listCommandKeys(parts);
  if (keys.length === 0) io.out('No keys yet. Make one with: tocsin resolve-key add <name>');
  for (const { id, name, made_at: at } of keys) io.out(`${id}  ${name}  made ${at}`);
  return 0;
}

async function remove(parts: KeyParts, keyId: string | undefined, io: CommandIo): Promise<number> {
  if (keyId === undefined) throw badUse('the id of a key is needed; see: tocsin resolve-key list');
  await removeCommandKey(parts, OPERATOR, { keyId });
  io.out(`Removed ${keyId}. Nobody can read people with it any more.`);
  return 0;
}

function badUse(what: string): CodedError {
  return new CodedError({
    code: 'cli.bad_options',
    category: 'invalid',
    message: `couldn't run tocsin resolve-key: ${what}`,
    detail: `Usage: ${USAGE}`,
  });
}
