// All rules about names, in the order they are asked: the first that fits a value says what it is.
import type { KeyRule } from './key-rule.ts';
import type { NameContext } from './name-context.ts';
import { ADDRESS_RULES } from './address-rules.ts';
import { IDENTITY_RULES } from './identity-rules.ts';
import { PAYMENT_RULES } from './payment-rules.ts';
import { PERSON_RULES } from './person-rules.ts';
import { SECRET_RULES } from './secret-rules.ts';
import { TRACE_RULES } from './trace-rules.ts';

const RULES: readonly KeyRule[] = [
  ...SECRET_RULES,
  ...PAYMENT_RULES,
  ...IDENTITY_RULES,
  ...TRACE_RULES.filter(({ dataClass }) => dataClass === 'ip_address' || dataClass === 'device'),
  ...PERSON_RULES,
  ...ADDRESS_RULES,
  ...TRACE_RULES.filter(({ dataClass }) => dataClass !== 'ip_address' && dataClass !== 'device'),
];

/**
 * Rules that the names admit; which of them holds is up to the value. The number that forms count their fields with is
 * taken off only when the whole name says nothing: `address_2` is a line, `email-2` a second address.
 */
export function rulesFor(context: NameContext): KeyRule[] {
  const rules = rulesNaming(context);
  if (rules.length > 0 || !/_\d{1,4}$/.test(context.name)) return rules;
  return rulesNaming({ ...context, name: context.name.replace(/_\d{1,4}$/, '') });
}

function rulesNaming(context: NameContext): KeyRule[] {
  return RULES.filter(
    ({ name, not, when }) =>
      name.test(context.name) && !(not?.test(context.name) ?? false) && (when?.(context) ?? true),
  );
}
