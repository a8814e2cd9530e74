// Stages the addresses of the include list. Each is a guest until it turns out to be an account's.
import { judgeAddress } from '../domain/audience/judge-address.ts';
import type { StagedEntry } from './ports/audience-stage.ts';
import { stageAddress, type StageContext } from './stage-context.ts';

const NOWHERE = {
  company: '',
  line1: '',
  line2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
};

export function stageListed(context: StageContext): void {
  const { vault, test, stage, keepValues } = context;
  const entries: StagedEntry[] = [];
  for (const [folded, typed] of test.include.emails) {
    const state = judgeAddress(folded);
    const address = stageAddress(vault, typed);
    if (state === null || address === null || address.key === null) continue;
    entries.push({
      owner: address.key,
      weak: state !== 'valid',
      row: {
        kind: 'listed',
        source: 'list',
        row: 0,
        role: 'buyer',
        via: 'listed',
        inScope: true,
        listed: true,
        excluded: test.exclude.emails.has(folded),
        at: null,
        country: 'unknown',
        classes: test.asked,
        emails: [address],
        userId: 0,
        orderId: 0,
        hasPhone: false,
        hasPostal: false,
        values: keepValues
          ? {
              emails: [typed],
              firstName: '',
              lastName: '',
              displayName: '',
              phone: '',
              postal: NOWHERE,
              book: null,
            }
          : null,
      },
    });
  }
  stage.add(entries);
}
