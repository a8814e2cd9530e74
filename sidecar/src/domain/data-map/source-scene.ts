// Sources for tests: an invented one, changed where a test cares.
import { Source } from '../../contract/data-map.ts';
import type { z } from 'zod';

type Draft = Partial<z.input<typeof Source>>;

export function makeSource(changes: Draft): Source {
  return Source.parse({
    id: 'acme.payers',
    title: 'Payers of Acme',
    family: 'acme',
    place: { kind: 'table', table: 'acme_payers', key: 'id' },
    role: 'payer',
    fields: [{ column: 'mail', part: 'email', classes: ['email'] }],
    tested_with: 'invented',
    verification: 'read',
    yields: 'people',
    ...changes,
  });
}
