import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalHash } from './canonical-json.ts';
import type { Entry, EntryKind, ManifestPrepared } from './entry-data.ts';
import { ALICE, makeSampleStory, SAMPLE_ORIGIN } from './sample-story.ts';
import { checkStory } from './story.ts';

/** Entries again numbered from 0, so that a test shows only its own problem. */
function renumber(entries: readonly Entry[]): Entry[] {
  return entries.map((entry, seq) => ({ ...entry, seq }));
}

/** The nth entry of a kind, with other data. */
function alter(entries: readonly Entry[], kind: EntryKind, change: object, nth = 0): Entry[] {
  let left = nth;
  return entries.map((entry) =>
    entry.kind === kind && left-- === 0
      ? ({ ...entry, data: { ...entry.data, ...change } } as Entry)
      : entry,
  );
}

/** All entries but the nth of a kind. */
function without(entries: readonly Entry[], kind: EntryKind, nth = 0): Entry[] {
  let left = nth;
  return renumber(entries.filter((entry) => entry.kind !== kind || left-- !== 0));
}

function place(entries: readonly Entry[], kind: EntryKind, nth = 0): number {
  const places = entries.flatMap((entry, i) => (entry.kind === kind ? [i] : []));
  return places[nth] ?? assert.fail(`no ${kind} entry ${nth}`);
}

/** The entry at `from` moved before the one at `to`. */
function move(entries: readonly Entry[], from: number, to: number): Entry[] {
  const rest = entries.toSpliced(from, 1);
  return renumber(rest.toSpliced(to, 0, entries[from] as Entry));
}

function insertAfter(
  entries: readonly Entry[],
  at: number,
  kind: EntryKind,
  data: object,
): Entry[] {
  const entry = { ...(entries[at] as Entry), kind, actor: 'system', data } as Entry;
  return renumber(entries.toSpliced(at + 1, 0, entry));
}

const problems = (entries: readonly Entry[]): string[] =>
  checkStory(entries, { origin: SAMPLE_ORIGIN })
    .findings.filter((finding) => !finding.ok)
    .map((finding) => `${finding.check}: ${finding.sentence}`);

test('finds nothing wrong with a true story, and tells its counts', () => {
  const { findings, dispatches } = checkStory(makeSampleStory(), { origin: SAMPLE_ORIGIN });
  assert.deepEqual(
    findings.filter((finding) => !finding.ok),
    [],
  );
  assert.equal(findings.length, 11);
  assert.deepEqual(dispatches, [
    {
      dispatch_id: 'dsp_1',
      manifest_id: 'man_1',
      drill: false,
      state: 'done',
      counts: { planned: 1000, accepted: 995, suppressed: 4, failed: 1, unknown: 0, pending: 0 },
      calls: 3,
    },
  ]);
});

test('finds each lie an owner of the log could tell', () => {
  const good = makeSampleStory();
  const at = (kind: EntryKind, nth = 0): number => place(good, kind, nth);
  const manifest = good[at('manifest.prepared')]?.data as ManifestPrepared;
  const smaller = { ...manifest.manifest, audience: { ...manifest.manifest.audience, count: 999 } };
  const invited = good[at('approver.enrolled', 1)]?.data as { subject: string };
  const lies: [string, Entry[], RegExp][] = [
    [
      'a first entry taken away',
      without(good, 'log.created'),
      /sequence: The first entry is not log\.created/,
    ],
    [
      'another origin',
      alter(good, 'log.created', { origin: 'other' }),
      /sequence: .*another origin/,
    ],
    ['a gap', good.toSpliced(5, 1), /sequence: Entry 5 calls itself entry 6/],
    [
      'a second beginning',
      insertAfter(good, 3, 'log.created', good[0]?.data ?? {}),
      /created a second time/,
    ],
    [
      'time that runs back',
      good.map((entry) => (entry.seq === 9 ? { ...entry, at: '2026-11-23T09:58:00.000Z' } : entry)),
      /time: Entry 9 is \d+ ms older/,
    ],
    [
      'an undeclared incident',
      without(good, 'incident.declared'),
      /incidents: .*not declared before/,
    ],
    ['an audience never frozen', without(good, 'audience.frozen'), /manifests: .*never frozen/],
    [
      'a manifest changed after hashing',
      alter(good, 'manifest.prepared', { manifest: smaller }),
      /manifests: The hash of manifest/,
    ],
    [
      'a manifest changed and hashed again',
      alter(good, 'manifest.prepared', {
        manifest: { ...manifest.manifest, planned: 999 },
        hash: canonicalHash({ ...manifest.manifest, planned: 999 }),
      }),
      /approvals: .*another hash/,
    ],
    [
      'approvals moved to another hash',
      alter(
        alter(good, 'approval.recorded', { manifest_hash: 'c'.repeat(64) }),
        'manifest.prepared',
        { hash: 'c'.repeat(64) },
      ),
      /approvals: .*challenge is for something else/,
    ],
    [
      'one approval only',
      without(good, 'approval.recorded'),
      /dispatches: .*only 1 of 2 approvals/,
    ],
    [
      'the same person twice',
      alter(good, 'approver.enrolled', { subject: invited.subject }),
      /approvals: .*same person/,
    ],
    [
      'a preparer who approves',
      alter(good, 'manifest.prepared', { preparers: [ALICE, invited.subject] }),
      /approvals: .*took part in preparing/,
    ],
    [
      'an unnamed preparer who approves',
      good.map((entry) =>
        entry.kind === 'scope.set' ? { ...entry, actor: `wordpress:${invited.subject}` } : entry,
      ),
      /approvals: .*took part in preparing/,
    ],
    [
      'an approver who prepares under the approver name',
      good.map((entry) =>
        entry.kind === 'notice.set' ? { ...entry, actor: 'approver:apr_c' } : entry,
      ),
      /approvals: .*took part in preparing/,
    ],
    [
      'an approver never enrolled',
      without(good, 'approver.enrolled'),
      /approvals: .*never enrolled/,
    ],
    [
      'an approver removed before',
      insertAfter(good, at('manifest.prepared'), 'approver.removed', {
        approver_id: 'apr_b',
        reason: 'left',
      }),
      /approvals: .*had been removed/,
    ],
    [
      'an approval after its dispatch started',
      move(good, at('approval.recorded', 1), at('dispatch.started')),
      /dispatches: .*only 1 of 2/,
    ],
    [
      'two approvers with one passkey',
      alter(good, 'approver.enrolled', {
        ...good[at('approver.enrolled', 1)]?.data,
        approver_id: 'apr_b',
        subject: 'somebody_else_entirely',
      }),
      /approvers: .*same passkey/,
    ],
    [
      'a passkey of another site',
      alter(good, 'approver.enrolled', { origin: 'https://evil.example' }),
      /approvers: .*does not belong/,
    ],
    [
      'a forged signature',
      alter(good, 'approval.recorded', { signature: 'AAAA' }),
      /approvals: .*not by the enrolled key/,
    ],
    [
      'a manifest voided before',
      insertAfter(good, at('manifest.prepared'), 'manifest.voided', {
        manifest_id: 'man_1',
        reason: 'scope_changed',
      }),
      /approvals: .*was voided before/,
    ],
    [
      'a dispatch after withdrawal',
      insertAfter(good, at('approval.recorded', 1), 'manifest.withdrawn', {
        manifest_id: 'man_1',
        reason: 'mistake',
      }),
      /dispatches: .*was withdrawn before/,
    ],
    [
      'a dispatch after expiry',
      alter(good, 'manifest.prepared', { expires_at: '2026-11-23T10:00:12.500Z' }),
      /dispatches: .*had expired/,
    ],
    [
      'a manifest executed twice',
      insertAfter(good, at('dispatch.done'), 'dispatch.started', {
        ...good[at('dispatch.started')]?.data,
        dispatch_id: 'dsp_2',
      }),
      /dispatches: .*executed already/,
    ],
    [
      'a drill sold as the real thing',
      alter(good, 'dispatch.started', { drill: true }),
      /dispatches: .*drill/,
    ],
    [
      'more planned than approved',
      alter(good, 'dispatch.started', { planned: 1001 }),
      /dispatches: .*plans 1001/,
    ],
    [
      'suppressions without reasons',
      alter(good, 'dispatch.started', { suppressed: { ordinals: '7', reasons: {} } }),
      /counts: .*reasons for 0/,
    ],
    [
      'suppressing what was accepted',
      insertAfter(good, at('batch.outcome'), 'dispatch.suppressed', {
        dispatch_id: 'dsp_1',
        suppressed: { ordinals: '0', reasons: { x: 1 } },
      }),
      /counts: .*is accepted/,
    ],
    [
      'a call without an intent',
      without(good, 'batch.intent'),
      /batches: .*no intent of attempt 1/,
    ],
    [
      'an outcome before its intent',
      move(good, at('batch.outcome'), at('batch.intent')),
      /batches: .*no intent/,
    ],
    ['a call while paused', without(good, 'dispatch.resumed'), /batches: .*the dispatch is paused/],
    [
      'a call after stopping',
      insertAfter(good, at('dispatch.resumed'), 'dispatch.stopped', {
        dispatch_id: 'dsp_1',
        reason: 'operator',
      }),
      /batches: .*the dispatch is stopped/,
    ],
    [
      'a second mail',
      alter(good, 'batch.intent', { ordinals: '500,503-998', count: 497 }, 1),
      /batches: .*takes up delivery 500, which is accepted/,
    ],
    [
      'a resend of something unknown',
      without(good, 'batch.settled'),
      /batches: .*earlier attempt is not settled/,
    ],
    [
      'two outcomes of one call',
      insertAfter(
        good,
        at('batch.outcome'),
        'batch.outcome',
        good[at('batch.outcome')]?.data ?? {},
      ),
      /batches: .*its intent does not/,
    ],
    [
      'an outcome that forgets someone',
      alter(good, 'batch.outcome', { accepted: '0-6,10-499' }),
      /batches: .*answers 499 of 500/,
    ],
    [
      'an outcome about strangers',
      alter(good, 'batch.outcome', { failed: '501,600' }),
      /batches: .*its intent does not/,
    ],
    [
      'someone both accepted and failed',
      alter(good, 'batch.outcome', { failed: '500-501' }),
      /batches: .*delivery 500 failed, which is accepted/,
    ],
    [
      'a delivery outside the plan',
      alter(good, 'batch.intent', { ordinals: '503-998,1000', count: 497 }, 1),
      /batches: .*not planned/,
    ],
    ['a miscounted intent', alter(good, 'batch.intent', { count: 499 }), /batches: .*its count/],
    [
      'done counts that differ',
      alter(good, 'dispatch.done', {
        counts: { planned: 1000, accepted: 996, suppressed: 4, failed: 0, unknown: 0, pending: 0 },
      }),
      /counts: .*says 996 accepted, its batches say 995/,
    ],
    [
      'done with people left',
      without(without(good, 'batch.outcome', 1), 'batch.intent', 2),
      /counts: .*99 pending/,
    ],
    [
      'a batch after done',
      move(good, at('batch.outcome', 1), at('dispatch.done') + 1),
      /batches: .*the dispatch is done/,
    ],
    [
      'receipts of no dispatch',
      alter(good, 'receipts.recorded', { dispatch_id: 'dsp_9' }),
      /dispatches: .*never started/,
    ],
    [
      'an address in the log',
      alter(good, 'signal.received', { note: 'jane@shop.example' }),
      /privacy: data\.note/,
    ],
  ];
  for (const [name, entries, expected] of lies) {
    const found = problems(entries);
    assert.ok(
      found.some((problem) => expected.test(problem)),
      `${name}: ${found.join(' | ') || 'nothing found'}`,
    );
  }
});

test('says that an empty log is empty, and shortens a ruined one', () => {
  assert.match(problems([])[0] ?? '', /The log is empty/);
  const ruined = Array.from({ length: 100 }, () => makeSampleStory()[0] as Entry);
  const found = problems(ruined).filter((problem) => problem.startsWith('sequence'));
  assert.equal(found.length, 21);
  assert.match(found.at(-1) ?? '', /178 more problems/);
});

test('accepts a dispatch that is paused, stopped or still running at the end of the log', () => {
  const good = makeSampleStory();
  for (let end = 1; end <= good.length; end += 1) {
    assert.deepEqual(problems(good.slice(0, end)), [], `first ${end} entries`);
  }
});
