/**
 * The part of the story about people: who is one human, by a reviewer's word, and who read people at the command line.
 */
import type { Entry, EntryOfKind } from './entry-data.ts';
import type { StoryFindings } from './story-findings.ts';

export interface PeopleStory {
  push(entry: Entry): void;
  counts(): { decisions: number; readings: number };
}

/** Follows decisions and keys through the log and reports problems of `people`. */
export function makePeopleStory(findings: StoryFindings): PeopleStory {
  /** Of decisions that stand: what they commit to. */
  const standing = new Map<string, string>();
  const decided = new Set<string>();
  const audiences = new Set<string>();
  const keys = new Map<string, { readonly allows: string; removed: boolean }>();
  let readings = 0;

  function decide({ seq, incident, data }: EntryOfKind<'identity.decided'>): void {
    const fail = (sentence: string): void => findings.report('people', seq, sentence);
    if (decided.has(data.decision_id)) fail(`Decision ${data.decision_id} is made a second time.`);
    if (!audiences.has(`${incident}/${data.audience_id}`)) {
      fail(
        `Decision ${data.decision_id} is about an audience that was never frozen for its incident.`,
      );
    }
    decided.add(data.decision_id);
    standing.set(data.decision_id, `${incident}/${data.kind}/${data.content}`);
  }

  function undo({ seq, incident, data }: EntryOfKind<'identity.undone'>): void {
    const known = standing.get(data.decision_id);
    standing.delete(data.decision_id);
    if (known === `${incident}/${data.kind}/${data.content}`) return;
    findings.report(
      'people',
      seq,
      known === undefined
        ? `Decision ${data.decision_id} is taken back but does not stand.`
        : `Decision ${data.decision_id} is taken back as another one than it was.`,
    );
  }

  function makeKey({ seq, data }: EntryOfKind<'command_key.made'>): void {
    if (keys.has(data.key_id))
      findings.report('people', seq, `Key ${data.key_id} is made a second time.`);
    keys.set(data.key_id, { allows: data.allows, removed: false });
  }

  function removeKey({ seq, data }: EntryOfKind<'command_key.removed'>): void {
    const key = keys.get(data.key_id);
    if (key === undefined || key.removed)
      findings.report('people', seq, `Key ${data.key_id} is removed but is not in use.`);
    else key.removed = true;
  }

  function read({ seq, data }: EntryOfKind<'people.resolved'>): void {
    readings += 1;
    const key = keys.get(data.key_id);
    if (key?.allows === 'resolve' && !key.removed) return;
    findings.report(
      'people',
      seq,
      `People were read with key ${data.key_id}, which ${key === undefined ? 'was never made' : key.removed ? 'had been removed' : 'does not allow it'}.`,
    );
  }

  return {
    push(entry) {
      switch (entry.kind) {
        case 'audience.frozen':
          audiences.add(`${entry.incident}/${entry.data.audience_id}`);
          break;
        case 'identity.decided':
          decide(entry);
          break;
        case 'identity.undone':
          undo(entry);
          break;
        case 'command_key.made':
          makeKey(entry);
          break;
        case 'command_key.removed':
          removeKey(entry);
          break;
        case 'people.resolved':
          read(entry);
          break;
        default:
          break;
      }
    },
    counts: () => ({ decisions: decided.size, readings }),
  };
}
