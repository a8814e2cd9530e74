// Keys of people and programs for one thing at the command line. The ledger holds their hashes only; each is shown once.
import { timingSafeEqual } from 'node:crypto';
import type { Selectable } from 'kysely';
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { hashToken, makeSecretToken } from './secret-token.ts';

export type CommandRight = 'resolve';
export type CommandKeyRecord = Selectable<LedgerTables['command_keys']>;

const NAME = /^[a-z0-9][a-z0-9_-]{0,59}$/;

/** Throws `command_key.bad_name`, `command_key.name_taken`, `evidence.not_begun`. */
export async function makeCommandKey(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'>,
  acting: Acting,
  { name, allows }: { name: string; allows: CommandRight },
): Promise<{ id: string; key: string }> {
  if (!NAME.test(name)) throw badName();
  const { token, hash } = makeSecretToken(deps.randomness);
  const id = deps.ids.make('key');
  await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    const begun = await tables
      .selectFrom('evidence_entries')
      .select('seq')
      .limit(1)
      .executeTakeFirst();
    if (begun === undefined) throw notBegun();
    const taken = await tables
      .selectFrom('command_keys')
      .select('id')
      .where('name', '=', name)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (taken !== undefined) throw nameTaken(taken.id);
    const madeAt = deps.clock.now().toISOString();
    await tables
      .insertInto('command_keys')
      .values({ id, name, allows, hash, made_at: madeAt, removed_at: null })
      .execute();
    await writer.record({
      kind: 'command_key.made',
      acting,
      incidentId: null,
      data: { key_id: id, allows },
    });
  });
  return { id, key: token };
}

/** Those in use, oldest first. */
export async function listCommandKeys(deps: Pick<Deps, 'ledger'>): Promise<CommandKeyRecord[]> {
  return deps.ledger.tables
    .selectFrom('command_keys')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Throws `command_key.not_found`. */
export async function removeCommandKey(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  acting: Acting,
  { keyId }: { keyId: string },
): Promise<void> {
  await deps.ledger.transaction(async (writer) => {
    const removed = await writer.tables
      .updateTable('command_keys')
      .set({ removed_at: deps.clock.now().toISOString() })
      .where('id', '=', keyId)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    if (removed.numUpdatedRows === 0n) throw notFound();
    await writer.record({
      kind: 'command_key.removed',
      acting,
      incidentId: null,
      data: { key_id: keyId },
    });
  });
}

/** The key's id. Every key in use is compared, each in the same time. Throws `command_key.refused`. */
export async function requireCommandKey(
  deps: Pick<Deps, 'ledger'>,
  { key, allows }: { key: string; allows: CommandRight },
): Promise<string> {
  const given = Buffer.from(hashToken(key), 'hex');
  const matching = (await listCommandKeys(deps)).filter(({ hash }) =>
    timingSafeEqual(Buffer.from(hash, 'hex'), given),
  );
  const found = matching.find((known) => known.allows === allows);
  if (found !== undefined) return found.id;
  throw new CodedError({
    code: 'command_key.refused',
    category: 'forbidden',
    message: "couldn't read people: the key is none that may do so",
    detail:
      'Give the key as it was shown when it was made. Make a new one with: tocsin resolve-key add <name>.',
  });
}

function badName(): CodedError {
  return new CodedError({
    code: 'command_key.bad_name',
    category: 'invalid',
    message: "couldn't make the key: the name cannot be used",
    detail:
      'Allowed: 1 to 60 of a-z, 0-9, - and _, beginning with a letter or digit. Name who or what will hold it.',
  });
}

function nameTaken(id: string): CodedError {
  return new CodedError({
    code: 'command_key.name_taken',
    category: 'conflict',
    message: "couldn't make the key: there is one of this name",
    detail: `Choose another name, or remove that one first: tocsin resolve-key remove ${id}.`,
    context: { key: id },
  });
}

function notFound(): CodedError {
  return new CodedError({
    code: 'command_key.not_found',
    category: 'not_found',
    message: "couldn't remove the key: none in use has this id",
    detail: 'See: tocsin resolve-key list.',
  });
}

/** The first entry of the log is made with the log's own key, which only serving makes. */
function notBegun(): CodedError {
  return new CodedError({
    code: 'evidence.not_begun',
    category: 'conflict',
    message: "couldn't make the key: the evidence log was not begun yet",
    detail: 'Start the sidecar once with: tocsin serve. Its log then says who may read people.',
  });
}
