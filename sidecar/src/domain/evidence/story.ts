/**
 * The auditor's list: reads the entries of a log once, in order, and says which promises they keep.
 * It trusts nothing but the entries: hashes, signatures and counts are recomputed. Memory follows
 * the people of the dispatches that are not done, not the length of the log.
 */
import { findAddress } from './address-guard.ts';
import type { Entry } from './entry-data.ts';
import { makeConsentStory } from './story-approvals.ts';
import { makeDispatchStory } from './story-dispatches.ts';
import type { DispatchSummary } from './story-dispatches.ts';
import { makeStoryFindings } from './story-findings.ts';
import { makePeopleStory } from './story-people.ts';
import type { StoryCheck, StoryFinding } from './story-findings.ts';

/** Clocks of several nodes differ and are corrected: an entry may be this much older than the newest before it. */
export const CLOCK_TOLERANCE_MS = 60_000;

export interface StoryResult {
  readonly findings: readonly StoryFinding[];
  readonly dispatches: readonly DispatchSummary[];
}

export interface Story {
  /** The next entry of the log. */
  push(entry: Entry): void;
  /** All findings; call it once, after the last entry. */
  finish(): StoryResult;
}

/** A checker before the first entry. With `origin`, the log must say it was created for it. */
export function makeStory({ origin }: { readonly origin?: string } = {}): Story {
  const findings = makeStoryFindings();
  const people = makePeopleStory(findings);
  const consent = makeConsentStory(findings);
  const dispatching = makeDispatchStory(findings, consent);
  const declared = new Set<string>();
  let entries = 0;
  let newest = -Infinity;

  function checkSequence(entry: Entry): void {
    const fail = (sentence: string): void => findings.report('sequence', entry.seq, sentence);
    if (entry.seq !== entries) fail(`Entry ${entries} calls itself entry ${entry.seq}.`);
    if ((entry.kind === 'log.created') !== (entries === 0)) {
      fail(
        entries === 0 ? 'The first entry is not log.created.' : 'The log is created a second time.',
      );
    }
    if (entry.kind === 'log.created' && origin !== undefined && entry.data.origin !== origin) {
      fail(`The log was created for another origin than ${origin}.`);
    }
    entries += 1;
  }

  function checkTime(entry: Entry): void {
    const at = Date.parse(entry.at);
    if (at < newest - CLOCK_TOLERANCE_MS) {
      findings.report(
        'time',
        entry.seq,
        `Entry ${entry.seq} is ${newest - at} ms older than one before it (allowed: ${CLOCK_TOLERANCE_MS}).`,
      );
    }
    newest = Math.max(newest, at);
  }

  function checkIncident(entry: Entry): void {
    const { kind, incident, seq } = entry;
    if (kind === 'incident.declared') {
      if (incident === undefined)
        findings.report('incidents', seq, 'An incident is declared without an id.');
      else if (declared.has(incident))
        findings.report('incidents', seq, `Incident ${incident} is declared a second time.`);
      else declared.add(incident);
    } else if (incident !== undefined && !kind.startsWith('signal.') && !declared.has(incident)) {
      findings.report(
        'incidents',
        seq,
        `A ${kind} entry is about incident ${incident}, which was not declared before.`,
      );
    }
  }

  function checkPrivacy(entry: Entry): void {
    const path = findAddress(entry);
    if (path !== undefined)
      findings.report('privacy', entry.seq, `${path} looks like an e-mail address.`);
  }

  function praise(check: StoryCheck): string {
    const { decisions, readings } = people.counts();
    const { manifests, approvers, approvals } = consent.counts();
    const dispatches = dispatching.summaries();
    const drills = dispatches.filter((dispatch) => dispatch.drill).length;
    const done = dispatches.filter((dispatch) => dispatch.state === 'done').length;
    const calls = dispatches.reduce((sum, dispatch) => sum + dispatch.calls, 0);
    const sentences: Record<StoryCheck, string> = {
      sequence: `${entries} entries from 0 without a gap; the first one creates the log.`,
      time: `No entry is more than ${CLOCK_TOLERANCE_MS} ms older than one before it.`,
      privacy: 'No entry holds anything that looks like an e-mail address.',
      incidents: `${declared.size} incidents, each declared before anything is said about it.`,
      people: `${decisions} decisions about who is one human, each taken back at most once; ${readings} readings of people at the command line, each with a key that was made and not removed before.`,
      manifests: `${manifests} manifests, each hashed right and for an audience frozen before.`,
      approvers: `${approvers} approvers, each with a passkey of their own.`,
      approvals: `${approvals} approvals, each a verified passkey signature over exactly its manifest, by someone who did not prepare it.`,
      dispatches: `${dispatches.length} dispatches (${drills} drills), each of one live manifest with enough approvals before it.`,
      batches: `${calls} calls to providers, each announced before its outcome; no delivery was accepted twice.`,
      counts: `${done} dispatches are done and every delivery of them is accounted for; ${dispatches.length - done} are not done.`,
    };
    return sentences[check];
  }

  return {
    push(entry) {
      checkSequence(entry);
      checkTime(entry);
      checkPrivacy(entry);
      checkIncident(entry);
      people.push(entry);
      consent.push(entry);
      dispatching.push(entry);
    },
    finish() {
      if (entries === 0)
        findings.report('sequence', 0, 'The log is empty: not even log.created is there.');
      return { findings: findings.summarise(praise), dispatches: dispatching.summaries() };
    },
  };
}

/** The whole story of entries held in memory. */
export function checkStory(
  entries: Iterable<Entry>,
  options: { readonly origin?: string } = {},
): StoryResult {
  const story = makeStory(options);
  for (const entry of entries) story.push(entry);
  return story.finish();
}
