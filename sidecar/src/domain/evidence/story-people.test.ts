import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry, EntryDataByKind } from './entry-data.ts';
import { findEntryProblem } from './entry-rules.ts';
import { ALICE, makeScribe, makeSampleStory } from './sample-story.ts';
import { checkStory } from './story.ts';

const HASH = 'b'.repeat(64);
const CONTENT = 'c'.repeat(64);
const incident = 'inc_1';
const DECIDED: EntryDataByKind['identity.decided'] = {
  decision_id: 'idd_1',
  audience_id: 'aud_1',
  kind: 'merge',
  people: 2,
  rows: 0,
  accounts: 1,
  content: CONTENT,
};
const UNDONE = { decision_id: 'idd_1', kind: 'merge', people: 2, content: CONTENT } as const;
const READ = { key_id: 'key_1', scope_hash: HASH, count: 12, counts_only: false };

type Scribe = ReturnType<typeof makeScribe>;

/** A log with one frozen audience, and what `tell` adds. */
function story(tell: (scribe: Scribe) => void): Entry[] {
  const scribe = makeScribe();
  scribe.write('log.created', {
    format: 'tocsin-evidence/v1',
    origin: 'shop.example/tocsin',
    software: 'tocsin/0.1.0',
  });
  scribe.write(
    'incident.declared',
    { type: 'data_export', severity: 'high', signals: [], content: HASH },
    { incident },
  );
  scribe.write(
    'audience.frozen',
    { audience_id: 'aud_1', scope_id: 'scp_1', root: HASH, count: 2 },
    { incident },
  );
  tell(scribe);
  return scribe.entries;
}

const problems = (entries: readonly Entry[]): string[] =>
  checkStory(entries)
    .findings.filter(({ ok }) => !ok)
    .map(({ check, sentence }) => `${check}: ${sentence}`);

test('a decision, its undoing and a reading with a key are a true story', () => {
  const entries = story(({ write }) => {
    write('identity.decided', DECIDED, { actor: `wordpress:${ALICE}`, incident });
    write('identity.undone', UNDONE, { actor: `wordpress:${ALICE}`, incident });
    write('command_key.made', { key_id: 'key_1', allows: 'resolve' }, { actor: 'operator' });
    write('people.resolved', READ, { actor: 'operator' });
    write('command_key.removed', { key_id: 'key_1' }, { actor: 'operator' });
  });
  assert.deepEqual(problems(entries), []);
  assert.deepEqual(
    entries.map((entry) => findEntryProblem(entry)).filter((problem) => problem !== undefined),
    [],
  );
  const said = checkStory(entries).findings.find(({ check }) => check === 'people');
  assert.match(said?.sentence ?? '', /^1 decisions .* 1 readings /);
});

const LIES: [string, (scribe: Scribe) => void, RegExp][] = [
  [
    'a decision about an audience that was never frozen',
    ({ write }) => {
      write('identity.decided', { ...DECIDED, audience_id: 'aud_2' }, { incident });
    },
    /^people: .* never frozen/,
  ],
  [
    'a decision taken back twice',
    ({ write }) => {
      write('identity.decided', DECIDED, { incident });
      write('identity.undone', UNDONE, { incident });
      write('identity.undone', UNDONE, { incident });
    },
    /^people: .* does not stand/,
  ],
  [
    'another decision taken back than was made',
    ({ write }) => {
      write('identity.decided', DECIDED, { incident });
      write('identity.undone', { ...UNDONE, content: 'd'.repeat(64) }, { incident });
    },
    /^people: .* as another one/,
  ],
  [
    'a decision made twice',
    ({ write }) => {
      write('identity.decided', DECIDED, { incident });
      write('identity.decided', DECIDED, { incident });
    },
    /^people: .* second time/,
  ],
  [
    'people read with a key nobody made',
    ({ write }) => {
      write('people.resolved', READ);
    },
    /^people: .* never made/,
  ],
  [
    'people read with a key that was removed',
    ({ write }) => {
      write('command_key.made', { key_id: 'key_1', allows: 'resolve' });
      write('command_key.removed', { key_id: 'key_1' });
      write('people.resolved', READ);
    },
    /^people: .* had been removed/,
  ],
  [
    'people read with a key for something else',
    ({ write }) => {
      write('command_key.made', { key_id: 'key_1', allows: 'count' });
      write('people.resolved', READ);
    },
    /^people: .* does not allow it/,
  ],
];
for (const [what, tell, expected] of LIES) {
  test(`finds ${what}`, () => {
    const found = problems(story(tell));
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', expected);
  });
}

test('who decided who is one human may not approve what came of it', () => {
  const good = makeSampleStory();
  const frozen = good.findIndex(({ kind }) => kind === 'audience.frozen');
  const approver = good.find(({ kind }) => kind === 'approver.enrolled');
  assert.ok(approver?.kind === 'approver.enrolled');
  const by = { actor: `wordpress:${approver.data.subject}`, incident };
  const told = makeScribe();
  told.write('identity.decided', DECIDED, by);
  const entries = good
    .toSpliced(frozen + 1, 0, ...told.entries)
    .map((entry, seq): Entry => ({ ...entry, seq, at: '2026-11-23T10:00:00.000Z' }));
  assert.match(problems(entries).join('\n'), /^approvals: .*took part in preparing the manifest/m);
});
