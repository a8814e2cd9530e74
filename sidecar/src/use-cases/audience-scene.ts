// Set-up for audience tests: an incident in a ledger, and short ways to freeze its people and look at them.
import { Scope, type Audience, type Source } from '../contract/index.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { freezeAudience } from './freeze-audience.ts';
import { openPersonRecord } from './open-person.ts';
import type { Acting } from './ports/acting.ts';
import type { AudienceWork } from './ports/audience-work.ts';
import type { AudienceStages } from './ports/audience-stage.ts';
import type { ShopIdentity } from '../domain/notice/compile-notice.ts';
import type { Deps } from './ports/deps.ts';
import type { SourceCatalogue } from './ports/source-catalogue.ts';
import type { StoreReader } from './ports/store-reader.ts';
import { readAudience } from './read-audience.ts';
import { resolveAudience } from './resolve-audience.ts';
import { setScope } from './set-scope.ts';
import { unlockIncident } from './unlock-incident.ts';

export const INCIDENT = 'inc_00000000000000000000000001';

export const PREPARER: Acting = {
  actor: { id: 'wp:7', kind: 'wordpress', name: 'Paula Prepares' },
  subject: 'a'.repeat(64),
  capabilities: ['tocsin_view', 'tocsin_prepare'],
};

export type SceneDeps = Deps & {
  store: StoreReader;
  stages: AudienceStages;
  sources: SourceCatalogue;
  shop: ShopIdentity;
};

/** A data map with these sources, all of which any scope with sources takes. */
export function sourcesOf(...sources: Source[]): SourceCatalogue {
  return { sourcesFor: (filter) => Promise.resolve(filter === null ? [] : sources) };
}

export const SHOP_IDENTITY: ShopIdentity = {
  name: 'Example Shop',
  contactEmail: 'privacy@shop.example',
  contactPhone: '',
};

/** A scope with everything a test does not care about filled in. */
export function scopeOf(part: Record<string, unknown>): Scope {
  return Scope.parse({
    preset: 'custom',
    accounts: null,
    orders: null,
    data_classes: ['name', 'email'],
    ...part,
  });
}

export async function addIncident(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  change: { id?: string; state?: string; wrappedKey?: Uint8Array } = {},
): Promise<void> {
  const now = deps.clock.now().toISOString();
  const id = change.id ?? INCIDENT;
  const number = Number(id.slice(-4));
  await deps.ledger.tables
    .insertInto('incidents')
    .values({
      id,
      number,
      reference: `INC-2026-${number}`,
      title: 'A leak',
      type: 'database_access',
      severity: 'high',
      state: change.state ?? 'confirmed',
      drill: 0,
      description: '',
      occurred_from: null,
      occurred_to: null,
      detected_at: null,
      aware_at: null,
      confirmed_at: null,
      created_at: now,
      created_by: 'operator',
      updated_at: now,
      version: 1,
      wrapped_key: change.wrappedKey ?? deps.vault.createKey(),
    })
    .execute();
}

/** Sets the scope, freezes, and waits for the end of it. */
export async function freezeScope(
  deps: SceneDeps,
  scope: Scope,
  incidentId = INCIDENT,
): Promise<Audience> {
  await setScope(deps, PREPARER, { incidentId, scope });
  return freezeNow(deps, incidentId);
}

/** The work in this very thread. */
export function workOf(deps: SceneDeps): Pick<AudienceWork, 'resolve'> {
  return {
    resolve: async (acting, input) => {
      await resolveAudience(deps, acting, input);
    },
  };
}

/** Freezes by the scope that is set, and waits for the end of it. */
export async function freezeNow(deps: SceneDeps, incidentId = INCIDENT): Promise<Audience> {
  const works: Promise<void>[] = [];
  const background = {
    start: (_name: string, work: () => Promise<void>): void => {
      works.push(work());
    },
  };
  await freezeAudience({ ...deps, background, audienceWork: workOf(deps) }, PREPARER, {
    incidentId,
  });
  await Promise.all(works);
  const audience = await readAudience(deps, incidentId);
  if (audience === null) throw new Error('no audience was made');
  return audience;
}

/** Everybody of the newest audience, opened, by number. */
export async function openPeople(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  incidentId = INCIDENT,
): Promise<PersonRecord[]> {
  const audience = await readAudience(deps, incidentId);
  const vault = await unlockIncident(deps, incidentId);
  const rows = await deps.ledger.tables
    .selectFrom('people')
    .select(['number', 'sealed'])
    .where('audience_id', '=', audience?.id ?? '')
    .orderBy('number')
    .execute();
  return rows.map((row) => openPersonRecord(vault, { audienceId: audience?.id ?? '', ...row }));
}
