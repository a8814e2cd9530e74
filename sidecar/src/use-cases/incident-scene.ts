// A sidecar without its edges, for tests alone: the caller's real ledger and vault, still time, and a small template.
import type { IncidentDraft } from '../contract/index.ts';
import { IncidentDraft as Draft } from '../contract/index.ts';
import type { ShopIdentity } from '../domain/notice/compile-notice.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { countingIds, seededRandomness, type FixedClock } from './ports/fixed.ts';
import type { Ledger } from './ports/ledger.ts';
import type { PlanSettings } from './ports/plan-settings.ts';
import type { Templates } from './ports/templates.ts';
import type { Vault } from './ports/vault.ts';

export type IncidentScene<L extends Ledger> = Deps & {
  ledger: L;
  clock: FixedClock;
  templates: Templates;
  shop: ShopIdentity;
  plan: PlanSettings;
  version: string;
};

export const PREPARER: Acting = {
  actor: { id: '7', kind: 'wordpress', name: 'Petra Prepares' },
  subject: 'a'.repeat(64),
  capabilities: ['tocsin_view', 'tocsin_prepare'],
};
export const MONITOR: Acting = {
  actor: { id: 'wazuh', kind: 'monitor', name: 'wazuh' },
  subject: null,
  capabilities: [],
};

const SOURCE = `---
title: Data leaked
situation: data-leaked
subject: 'Your data at {{shop_name}}'
fields:
  - key: what
    label: What happened
covers: [nature_of_breach]
---
Hello {{first_name}}, this happened {{occurred}}: {{value:what}}

{{data_classes}}. Write to {{contact_email}} about {{incident_reference}}.
`;

/** One good template in English and one broken in German. */
export const TEMPLATES: Templates = {
  read: () =>
    Promise.resolve({
      commit: 'c'.repeat(40),
      files: [
        { fileName: 'leak.de.md', id: 'leak', language: 'de', blob: 'd'.repeat(40), source: 'x' },
        {
          fileName: 'leak.en.md',
          id: 'leak',
          language: 'en',
          blob: 'e'.repeat(40),
          source: SOURCE,
        },
      ],
    }),
  state: () =>
    Promise.resolve({
      commit: 'c'.repeat(40),
      folder: '/templates',
      unversioned: null,
      templates: 2,
      uncommitted: ['new.en.md'],
    }),
};

export function sceneOf<L extends Ledger>(given: {
  ledger: L;
  vault: Vault;
  clock: FixedClock;
}): IncidentScene<L> {
  return {
    ...given,
    ids: countingIds(),
    randomness: seededRandomness(1),
    templates: TEMPLATES,
    shop: { name: 'Example Shop', contactEmail: 'privacy@shop.example', contactPhone: '' },
    plan: {
      provider: 'postmark',
      stream: 'breach',
      from: 'notices@shop.example',
      batchSize: 500,
      concurrency: 4,
      approvalsRequired: 2,
      expiryHours: 72,
      consoleOrigin: 'http://localhost:8787',
    },
    version: '0.1.0',
  };
}

/** A draft with defaults filled in, as the edge hands it over. */
export function draftOf(over: Partial<IncidentDraft> = {}): IncidentDraft {
  return Draft.parse({
    title: 'Skimmer in the checkout of Jane Example',
    type: 'checkout_skimmer',
    severity: 'high',
    description: 'Found by Jane Example.',
    ...over,
  });
}

/** Every entry of the evidence log as text, to look for what must not be there. */
export async function readLog({
  ledger,
}: {
  ledger: Ledger;
}): Promise<{ kind: string; text: string }[]> {
  const rows = await ledger.tables
    .selectFrom('evidence_entries')
    .select(['kind', 'bytes'])
    .orderBy('seq')
    .execute();
  return rows.map(({ kind, bytes }) => ({ kind, text: Buffer.from(bytes).toString('utf8') }));
}
