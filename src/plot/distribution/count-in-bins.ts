import { InvalidArgument } from "../../core/errors.ts";
import { numbers, record } from "../../core/gate/kinds.ts";

/** How many values lie in each bin. */
export interface Histogram {
  readonly name: string;
  /** Of the bins: one more than bins. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Values counted. */
  readonly n: number;
  readonly nUndefined: number;
  readonly least: number;
  readonly greatest: number;
  readonly median: number;
}

/** Histograms of all names over the same bins, the last of which includes its upper end. Throws `InvalidArgument`. */
export function countInBins(
  named: Readonly<Record<string, ArrayLike<number>>>,
  nBins: number,
): Histogram[] {
  record(numbers)(named, "values");
  const sorted = Object.entries(named).map(([name, values]) => {
    const finite = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
    if (finite.length === 0)
      throw new InvalidArgument(`values of ${name}`, "no finite number", "give at least one");
    return { name, finite, nUndefined: values.length - finite.length };
  });
  const low = Math.min(...sorted.map(({ finite }) => finite[0]));
  const high = Math.max(...sorted.map(({ finite }) => finite[finite.length - 1]));
  const width = high > low ? (high - low) / nBins : 1;
  const edges = Array.from({ length: nBins + 1 }, (_, bin) => low + bin * width);
  return sorted.map(({ name, finite, nUndefined }) => {
    const counts = Array<number>(nBins).fill(0);
    for (const value of finite) counts[Math.min(nBins - 1, Math.floor((value - low) / width))]++;
    return {
      name,
      edges,
      counts,
      n: finite.length,
      nUndefined,
      least: finite[0],
      greatest: finite[finite.length - 1],
      median: medianOf(finite),
    };
  });
}

function medianOf(sorted: Float64Array): number {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
