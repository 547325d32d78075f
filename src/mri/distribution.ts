import { quantileOf } from "../stats/quantile.ts";
import { Table } from "../table/table.ts";

const quantiles = [
  ["min", 0],
  ["q05", 0.05],
  ["q25", 0.25],
  ["median", 0.5],
  ["q75", 0.75],
  ["q95", 0.95],
  ["max", 1],
] as const;

/** One row a model: how many scores there are and are not, mean, standard deviation (n) and quantiles. */
export function distributionOf(
  names: readonly string[],
  scoresOf: (model: number) => Float64Array,
): Table {
  const defined = names.map((_, m) =>
    scoresOf(m)
      .filter((score) => !Number.isNaN(score))
      .sort(),
  );
  const means = defined.map((scores) => sum(scores) / scores.length);
  return new Table(
    new Map<string, (string | number)[]>([
      ["model", [...names]],
      ["patches", defined.map((scores) => scores.length)],
      ["undefined", defined.map((scores, m) => scoresOf(m).length - scores.length)],
      ["mean", means],
      ["sd", defined.map((scores, m) => deviation(scores, means[m]))],
      ...quantiles.map(([name, q]): [string, number[]] => [
        name,
        defined.map((scores) => quantileOf(scores, q)),
      ]),
    ]),
  );
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function deviation(values: Float64Array, mean: number): number {
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
}
