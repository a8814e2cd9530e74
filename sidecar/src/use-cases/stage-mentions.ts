// Stages what rows of the data map's sources say about people. All accounts and orders must be staged before.
import { countryKey } from '../domain/audience/country-key.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { hasPlace } from '../domain/audience/held-classes.ts';
import { classBitsOf } from '../domain/audience/anonymised-remains.ts';
import type { Mention } from '../domain/audience/mention.ts';
import { isThirdParty } from '../domain/audience/person-roles.ts';
import { contactTerm, foldedName } from '../domain/audience/shipping-contact.ts';
import type { Owner, StagedAddress, StagedRow } from '../domain/audience/staged-row.ts';
import type { StagedEntry, StagedGatewayId, StagedOrder } from './ports/audience-stage.ts';
import type { SourcePage } from './ports/store-reader.ts';
import {
  addressOwner,
  countOne,
  entryOf,
  stageAddresses,
  type StageContext,
} from './stage-context.ts';

export interface MentionStager {
  add(page: SourcePage): void;
}

export function makeMentionStager(context: StageContext): MentionStager {
  const { stage, tally } = context;
  return {
    add(page) {
      const entries: StagedEntry[] = [];
      const gatewayIds: StagedGatewayId[] = [];
      for (const mention of page.mentions) {
        const staged = stageMention(context, mention);
        if (staged === null) continue;
        entries.push(staged);
        if (mention.gatewayIds.length > 0) {
          gatewayIds.push(...gatewayIdsOf(context, mention, staged.owner));
        }
      }
      stage.add(entries);
      stage.addGatewayIds(gatewayIds);
      if (page.unresolved > 0) countOne(tally.unresolved, page.source, page.unresolved);
    },
  };
}

function stageMention(context: StageContext, mention: Mention): StagedEntry | null {
  const { test, tally, stage, vault } = context;
  const order = mention.orderId === 0 ? null : stage.order(mention.orderId);
  const answer = test.mention(mention, order?.at ?? null);
  const classes = mention.classes & test.asked;
  const listed =
    test.include.orderIds.has(mention.orderId) || test.include.userIds.has(mention.userId);
  const takenIn = answer === 'undated' && context.takeUndated;
  const inScope =
    (answer === 'in' || takenIn || listed) && classes !== 0 && test.role(mention.role);
  const excluded = isExcluded(context, mention);
  if (answer === 'undated' && !listed && classes !== 0) countOne(tally.undated, mention.source);
  if (!inScope && !excluded) return null;
  const account = mention.userId !== 0 && stage.accountExists(mention.userId);
  if (order?.anonymised === true && !account) {
    // An erased order is nobody's, and so is what is left beside it; that it is left is told.
    for (const bit of classBitsOf(classes)) {
      tally.remains.set(bit, (tally.remains.get(bit) ?? 0) + 1);
    }
    return null;
  }
  const { emails, texts } = stageAddresses(vault, mention.emails);
  const tie = tieOf(context, { mention, emails, order, account });
  if (tie === null) {
    if (inScope) countOne(tally.unlinked, mention.source);
    return null;
  }
  return entryOf(context, tie.owner, tie.weak, {
    kind: 'mention',
    source: mention.source,
    row: rowOf(mention.row),
    role: mention.role,
    via: tie.via,
    inScope,
    listed: false,
    excluded,
    at: mention.at ?? order?.at ?? null,
    country: countryKey(mention.postal),
    classes,
    emails,
    userId: typeof tie.owner === 'number' ? tie.owner : 0,
    orderId: mention.orderId,
    hasPhone: mention.phone.trim() !== '',
    hasPostal: hasPlace(mention.postal),
    values: context.keepValues
      ? {
          emails: texts,
          firstName: mention.firstName,
          lastName: mention.lastName,
          displayName: '',
          phone: mention.phone,
          postal: mention.postal,
          book: null,
        }
      : null,
  });
}

type Tie = { owner: Owner; via: StagedRow['via']; weak: boolean };

/**
 * Whose a mention is. A payer, a gift recipient or a shipping contact is a person of his own, known by his address, else
 * by name and place, and so is an entry of a list inside a row (`row#n`) that bears another name; everybody else is whom
 * the row is about: its user, its order's person, its address. Null when nothing in the row leads to anybody.
 */
function tieOf(
  context: StageContext,
  input: {
    mention: Mention;
    emails: readonly StagedAddress[];
    order: StagedOrder | null;
    account: boolean;
  },
): Tie | null {
  const { mention, order, account } = input;
  const { vault } = context;
  const third =
    isThirdParty(mention.role) ||
    (mention.row.includes('#') &&
      order !== null &&
      foldedName(mention) !== '' &&
      order.name !== context.nameKey(mention));
  const own = addressOwner(input.emails);
  const host: Tie | null = account
    ? { owner: mention.userId, via: 'same_account', weak: false }
    : order === null
      ? null
      : { owner: order.owner, via: 'same_order', weak: false };
  if (!third && host !== null) return host;
  if (own !== null) return { owner: own.key, via: 'row', weak: own.weak };
  const name = foldedName(mention);
  if (third) {
    const sameName = name === '' || (order !== null && order.name === context.nameKey(mention));
    if (host !== null && sameName) return host;
    const term = contactTerm(mention);
    if (name !== '' && term !== null) {
      return { owner: vault.blind(term), via: 'same_contact', weak: false };
    }
  }
  const [gatewayId] = mention.gatewayIds;
  if (gatewayId !== undefined) {
    return { owner: vault.blind(`gateway:${gatewayId}`), via: 'gateway_id', weak: false };
  }
  // A bare name is somebody only where the row says that he is somebody else: an erased comment is by "Anonymous".
  const somebody =
    (third && name !== '') || mention.phone.trim() !== '' || hasPlace(mention.postal);
  // A placeholder of WordPress's own, such as who "wrote" the first comment of every site, has a name and is nobody.
  const placeholder = input.emails.length > 0;
  if (!somebody || placeholder) return host;
  return {
    owner: vault.blind(`row:${mention.source}:${mention.role}:${mention.row}`),
    via: 'row',
    weak: false,
  };
}

function gatewayIdsOf(
  { vault, stage, nameKey }: StageContext,
  mention: Mention,
  owner: Owner,
): StagedGatewayId[] {
  const order = mention.orderId === 0 ? null : stage.order(mention.orderId);
  const name = order !== null && !isThirdParty(mention.role) ? order.name : nameKey(mention);
  return mention.gatewayIds.map((id) => ({ key: vault.blind(`gateway-id:${id}`), owner, name }));
}

function isExcluded({ test: { exclude } }: StageContext, mention: Mention): boolean {
  return (
    (exclude.emails.size > 0 &&
      mention.emails.some((email) => exclude.emails.has(foldAddress(email)))) ||
    (!isThirdParty(mention.role) &&
      (exclude.userIds.has(mention.userId) || exclude.orderIds.has(mention.orderId)))
  );
}

/** Whole numbers as such, so that they sort and read like the rows of accounts and orders. */
function rowOf(row: string): number | string {
  return /^[1-9]\d{0,14}$/u.test(row) ? Number(row) : row;
}
