// A rule about names. A name alone is a hint; it counts for a value only when the value could be such a thing.
import type { DataClass } from '../../../../contract/scope.ts';
import type { NameContext } from './name-context.ts';

export type KeyRule = {
  readonly dataClass: DataClass;
  /** Classes such a value holds besides: an address index repeats the name. */
  readonly also?: readonly DataClass[];
  readonly detector: string;
  /** Over a spelled name (spell-name.ts). */
  readonly name: RegExp;
  readonly not?: RegExp;
  readonly when?: (context: NameContext) => boolean;
  /** Takes the trimmed value; `country` is the row's. */
  readonly fits: (value: string, country: string | undefined, context: NameContext) => boolean;
};

/** Whole words within a spelled name, at its end unless `anywhere`. */
export function words(alternatives: string, where: 'end' | 'anywhere' = 'end'): RegExp {
  return new RegExp(`(?:^|_)(?:${alternatives})${where === 'end' ? '$' : '(?=_|$)'}`);
}

const FLAG =
  /^(?:|yes|no|y|n|true|false|on|off|null|none|n\/a|0|1|-|enabled|disabled|active|inactive|pending|optional|required|hidden|visible|default|unknown|not specified)$/i;

/** Switches, states and empty marks, which say nothing about anybody. */
export function isFlag(value: string): boolean {
  return value.length <= 13 && FLAG.test(value);
}

export function isText(value: string): boolean {
  return !isFlag(value) && /\p{L}/u.test(value);
}

export function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}
