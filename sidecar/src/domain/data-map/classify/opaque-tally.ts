// Counts rows whose values nobody can read.
import type { PlaceVerdict } from './place-verdict.ts';
import { hasBase64Signs, opaqueShape, type OpaqueShape } from './values/opaque-shape.ts';

export class OpaqueTally {
  readonly #rows = new Map<OpaqueShape, number>();
  #withSigns = 0;

  /** Values of one row that said nothing else. */
  addRow(values: readonly string[]): void {
    const shapes = new Set<OpaqueShape>();
    for (const value of values) {
      const shape = opaqueShape(value.trim());
      if (shape === null) continue;
      shapes.add(shape);
      if (shape === 'base64' && hasBase64Signs(value)) this.#withSigns += 1;
    }
    for (const shape of shapes) this.#rows.set(shape, (this.#rows.get(shape) ?? 0) + 1);
  }

  /** The most frequent shape when at least half of the filled rows have it. */
  shapeOver(filled: number): PlaceVerdict['opaque'] {
    const [shape, rows] = [...this.#rows].sort(([, one], [, other]) => other - one)[0] ?? [null, 0];
    if (shape === null || rows * 2 < filled) return null;
    return shape === 'base64' && this.#withSigns === 0 ? null : { rows, shape };
  }
}
