// What is said about one place (a column, or one key of key/value rows) after a sample of its rows.
import type { DataClass } from '../../../contract/scope.ts';
import type { Finding } from './finding.ts';

/** One decoded value inside a row; `[]` is the value itself. */
export type SampledLeaf = { readonly path: readonly string[]; readonly value: string };

export type SampledPlace = {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  /** All columns of the table: a bare `name` beside `email` is a person's. */
  readonly columns?: readonly string[];
  /** Classes the catalogue or an own source says this place holds; they stand whatever the sample shows. */
  readonly known?: readonly DataClass[];
};

export type RowContext = { readonly country?: string; readonly parent?: string };

export type PlaceVerdict = {
  /** In the order of the contract; empty when the place holds no personal data as far as the sample tells. */
  readonly classes: readonly DataClass[];
  /** In the contract's words: `known_source`, `key`, `value`, `encrypted`, `unlinked_text`. */
  readonly foundBy: readonly string[];
  readonly findings: readonly (Finding & { readonly rows: number })[];
  /** Folded paths that hold personal data, at most 20, joined by dots; names only, and none that is itself data. */
  readonly paths: readonly string[];
  readonly rowsSampled: number;
  /** Rows with at least one finding that counts; of a known source all rows with a value. */
  readonly rowsMatching: number;
  /**
   * Values look encrypted or otherwise unreadable: `rows` of the sample, in this shape. Personal data or not cannot be told;
   * a place that leads to a person is then worth a look. Not set for hashes of known kinds.
   */
  readonly opaque: { readonly rows: number; readonly shape: 'base64' | 'hex' | 'binary' } | null;
};

export interface PlaceClassifier {
  /** One row: its leaves after decoding. A NULL or empty value is a row without leaves, which counts as sampled only. */
  addRow(leaves: readonly SampledLeaf[], about?: RowContext): void;
  verdict(): PlaceVerdict;
}
