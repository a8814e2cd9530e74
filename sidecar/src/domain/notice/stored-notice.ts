// A notice as the ledger keeps it. The words about shop and incident are frozen among its values, so that a later
// change of configuration or incident cannot change what was approved.
import {
  compileNotice,
  type CompiledNotice,
  type FrozenFacts,
  type ShopIdentity,
} from './compile-notice.ts';
import { occurredInWords } from './language-words.ts';
import { parseTemplate } from './template.ts';

/** Keys of frozen facts; a field key cannot begin with @. */
const FROZEN = {
  shopName: '@shop_name',
  contactEmail: '@contact_email',
  contactPhone: '@contact_phone',
  incidentReference: '@incident_reference',
  occurred: '@occurred',
} as const satisfies Record<keyof FrozenFacts, string>;

export type IncidentFacts = {
  reference: string;
  occurredFrom: string | null;
  occurredTo: string | null;
};

export function factsOf(
  language: string,
  shop: ShopIdentity,
  incident: IncidentFacts,
): FrozenFacts {
  return {
    shopName: shop.name,
    contactEmail: shop.contactEmail,
    contactPhone: shop.contactPhone,
    incidentReference: incident.reference,
    occurred: occurredInWords(language, {
      from: incident.occurredFrom,
      to: incident.occurredTo,
      timeZone: shop.timeZone ?? 'UTC',
    }),
  };
}

/** What `values_json` holds: the preparer's words by field key, and the frozen facts by keys that begin with @. */
export function freezeValues(
  values: Readonly<Record<string, string>>,
  facts: FrozenFacts,
): Record<string, string> {
  const frozen = Object.entries(FROZEN).map(([name, key]) => [
    key,
    facts[name as keyof FrozenFacts],
  ]);
  return { ...values, ...(Object.fromEntries(frozen) as Record<string, string>) };
}

/** The preparer's words alone. */
export function ownValues(stored: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !key.startsWith('@')));
}

export type StoredNotice = {
  templateId: string;
  language: string;
  /** The template's text as it was when the notice was set. */
  source: string;
  /** As `freezeValues` made them. */
  values: Readonly<Record<string, string>>;
};

/** The notice as it was approved; needs no repository, no configuration and no incident. */
export function compileStoredNotice(stored: StoredNotice): CompiledNotice {
  const template = parseTemplate({
    id: stored.templateId,
    language: stored.language,
    source: stored.source,
  });
  const fact = (key: string) => stored.values[key] ?? '';
  return compileNotice({
    template,
    values: ownValues(stored.values),
    facts: {
      shopName: fact(FROZEN.shopName),
      contactEmail: fact(FROZEN.contactEmail),
      contactPhone: fact(FROZEN.contactPhone),
      incidentReference: fact(FROZEN.incidentReference),
      occurred: fact(FROZEN.occurred),
    },
  });
}
