import { hasNaN } from "../../stats/has-nan.ts";

/** The columns restricted to the pairs where none is `NaN`; the columns themselves when there is none. */
export function withoutNaN(columns: readonly Float64Array[]): Float64Array[] {
  if (!columns.some(hasNaN)) return [...columns];
  const known = columns[0].map((_, pair) => (columns.some((c) => Number.isNaN(c[pair])) ? 0 : 1));
  return columns.map((column) => column.filter((_, pair) => known[pair] === 1));
}

/** One `NaN` for each model. */
export function undefinedScores(models: readonly unknown[]): Float64Array {
  return new Float64Array(models.length).fill(NaN);
}
