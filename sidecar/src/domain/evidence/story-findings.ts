/**
 * Collects what the story checks found: one good sentence per check, or its problems. Problems are
 * capped per check, with the number left out said aloud, so that a ruined log still has a short report.
 */

/** The auditor's list, in the order of the report. */
export const STORY_CHECKS = [
  'sequence',
  'time',
  'privacy',
  'incidents',
  'people',
  'manifests',
  'approvers',
  'approvals',
  'dispatches',
  'batches',
  'counts',
] as const;

export type StoryCheck = (typeof STORY_CHECKS)[number];

export interface StoryFinding {
  readonly check: StoryCheck;
  readonly ok: boolean;
  readonly sentence: string;
  /** The entry at which the problem shows; absent on good findings. */
  readonly seq?: number;
}

const MAX_PROBLEMS = 20;

export interface StoryFindings {
  /** Records a problem at an entry. */
  report(check: StoryCheck, seq: number, sentence: string): void;
  /** One finding per check that had no problem (`praise` gives its sentence), else its problems. */
  summarise(praise: (check: StoryCheck) => string): StoryFinding[];
}

/** An empty collection. */
export function makeStoryFindings(): StoryFindings {
  const problems = new Map<StoryCheck, StoryFinding[]>();
  const dropped = new Map<StoryCheck, number>();
  return {
    report(check, seq, sentence) {
      const list = problems.get(check) ?? [];
      problems.set(check, list);
      if (list.length < MAX_PROBLEMS) list.push({ check, ok: false, sentence, seq });
      else dropped.set(check, (dropped.get(check) ?? 0) + 1);
    },
    summarise: (praise) =>
      STORY_CHECKS.flatMap((check) => {
        const found = problems.get(check);
        if (found === undefined) return [{ check, ok: true, sentence: praise(check) }];
        const more = dropped.get(check) ?? 0;
        const rest = {
          check,
          ok: false,
          sentence: `${more} more problems of this check are not listed.`,
        };
        return more === 0 ? found : [...found, rest];
      }),
  };
}
