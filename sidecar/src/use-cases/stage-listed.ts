// Stages the addresses of the include list. Each is a guest until it turns out to be an account's.
import { judgeAddress } from '../domain/audience/judge-address.ts';
import { addressTerm } from '../domain/audience/person-keys.ts';
import type { StagedListedAddress } from '../domain/audience/staged-rows.ts';
import { blindKey, listedPlace, sealValues, type StageContext } from './stage-context.ts';

export function stageListed(context: StageContext): void {
  const { vault, test } = context;
  const rows: StagedListedAddress[] = [];
  for (const [folded, typed] of test.include.emails) {
    const state = judgeAddress(folded);
    if (state === null) continue;
    const key = blindKey(vault, addressTerm(folded));
    rows.push({
      owner: key,
      address: { key, state },
      excluded: test.exclude.emails.has(folded),
      sealed: sealValues(context, listedPlace(key), typed),
    });
  }
  context.stage.addListed(rows);
}
