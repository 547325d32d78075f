import { ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { thing } from "../core/gate/kinds.ts";
import { sizeOf, type Matrix } from "../core/matrix.ts";
import type { Alignment } from "./align.ts";

const isAlignment = thing("what alignByLabel returns", "index", "counts", "items");

/**
 * Average the observations of each item: `nObservations × …` in, `nItems × …` out, float64, before any metric.
 * An item without observations becomes NaN. Throws `ShapeMismatch` when the number of observations differs from the
 * alignment's.
 *
 * @example
 * import { alignByLabel, averageByLabel } from "tsrsa";
 * const rows = { data: Float64Array.of(1, 2, 3, 4), shape: [4, 1] };
 * averageByLabel(rows, alignByLabel(["b", "a", "b", "a"])).data; // Float64Array(2) [ 3, 2 ]
 */
export function averageByLabel(rows: Matrix, alignment: Alignment): Matrix<Float64Array> {
  isAlignment(alignment, "alignment");
  const { data, shape } = checkedMatrix(rows, "rows");
  const { index, counts, items } = alignment;
  if (shape[0] !== index.length)
    throw new ShapeMismatch(`${index.length} observations, one per label`, `${shape[0]}`);
  const width = sizeOf(shape.slice(1));
  const mean = new Float64Array(items.length * width);
  index.forEach((item, row) => {
    if (item < 0) return;
    for (let j = 0; j < width; j++) mean[item * width + j] += data[row * width + j];
  });
  for (let at = 0; at < mean.length; at++) mean[at] /= counts[Math.floor(at / width)];
  return { data: mean, shape: [items.length, ...shape.slice(1)] };
}
