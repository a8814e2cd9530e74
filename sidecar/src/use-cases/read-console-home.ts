// What waits at the console: requests still open, dispatches with the newest first, and who may approve.
import type { ConsoleHome } from '../contract/index.ts';
import { listApprovers } from './list-approvers.ts';
import { readDispatch } from './read-dispatch.ts';
import { readManifest, type ManifestDeps } from './read-manifest.ts';

const DISPATCHES_SHOWN = 20;

export async function readConsoleHome(deps: ManifestDeps): Promise<ConsoleHome> {
  const { tables } = deps.ledger;
  const open = await tables
    .selectFrom('manifests')
    .select('id')
    .where('state', '=', 'open')
    .where('expires_at', '>', deps.clock.now().toISOString())
    .orderBy('prepared_at', 'desc')
    .execute();
  // Running and paused ones are never cut off, however many ended ones are newer.
  const live = await tables
    .selectFrom('dispatches')
    .select('id')
    .where('state', 'in', ['running', 'paused'])
    .orderBy('started_at', 'desc')
    .execute();
  const ended = await tables
    .selectFrom('dispatches')
    .select('id')
    .where('state', 'in', ['stopped', 'done'])
    .orderBy('started_at', 'desc')
    .limit(DISPATCHES_SHOWN)
    .execute();
  const manifests: ConsoleHome['manifests'] = [];
  for (const { id } of open) manifests.push(await readManifest(deps, id));
  const dispatches: ConsoleHome['dispatches'] = [];
  for (const { id } of [...live, ...ended]) dispatches.push(await readDispatch(deps, id));
  return { manifests, dispatches, approvers: await listApprovers(deps) };
}
