// What classification is given and what it says. Findings name classes and detectors; they never carry a value.
import type { DataClass } from '../../../contract/scope.ts';

/** How a class was recognised: by names, by the value's own shape, or inside running text. */
export type FoundBy = 'key' | 'value' | 'text';

export type Finding = {
  readonly dataClass: DataClass;
  readonly by: FoundBy;
  /** The rule that matched, such as `card-number` or `text-email`. */
  readonly detector: string;
};

/** Names around a value. All of them may be spelled in any letter case. */
export type NameInput = {
  /** With or without prefix. */
  readonly table: string;
  readonly column: string;
  /** Key of key/value rows (`meta_key`, `option_name`, form field); '' in ordinary tables. */
  readonly key: string;
  /** Inside a decoded value, outermost first; list indices may stand as digits or as `*`. */
  readonly path: readonly string[];
  /** What the row belongs to when that is known: post type, comment type, address type, token type. */
  readonly parent?: string | undefined;
  /** Names that stand beside this one: columns of the table, or keys of the same level inside a value. */
  readonly siblings?: readonly string[] | undefined;
};

export type ValueInput = NameInput & {
  readonly value: string;
  /** ISO 3166 alpha-2 of the row's person, to read phone numbers and state ids by. */
  readonly country?: string | undefined;
};
