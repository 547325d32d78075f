import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { kind } from "../core/gate/kinds.ts";
import { InvalidArgument } from "../core/errors.ts";
import { rank } from "../stats/rank.ts";
import { Table } from "../table/table.ts";
import { toRdm, type RdmLike } from "./rdm-list.ts";

/** Which pairs of an item are wanted. */
export interface PercentileOptions {
  /** From this percentile on, itself among them. Default 0. */
  readonly min?: number;
  /** Up to this percentile, itself among them. Default 100. */
  readonly max?: number;
}

const percent = kind(
  "a percentile from 0 to 100",
  (value) => typeof value === "number" && value >= 0 && value <= 100,
);

const percentileNames: OptionNames<PercentileOptions> = { min: percent, max: percent };

/**
 * The items that are so near to, or so far from, one item: a table of `item`, `dissimilarity` and `percentile`, in the
 * order of the RDM. A percentile is the rank among the pairs of this item over their number, ties sharing a mean rank: the
 * nearest of n − 1 has 100 / (n − 1), and none has 0. Pairs that are `NaN` have no rank and are not there. Agrees with
 * `pairs_by_percentile` of rsatoolbox.
 *
 * @param item - its label, or the number of its row.
 * @throws UnknownItem; InvalidArgument for a row that is not there, a percentile outside 0 to 100, or `min` above `max`.
 * @example
 * import { pairsByPercentile, Rdm } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3, 4, 5, 6], { items: ["a", "b", "c", "d"] });
 * pairsByPercentile(rdm, "a", { max: 50 }).rows(); // [ { item: 'b', dissimilarity: 1, percentile: 33.33333333333333 } ]
 */
export function pairsByPercentile(
  rdm: RdmLike,
  item: string | number,
  options: PercentileOptions = {},
): Table {
  checkOptions(options, percentileNames);
  const { min = 0, max = 100 } = options;
  if (min > max) throw new InvalidArgument("min", min, `give at most max, which is ${max}`);
  const of = toRdm(rdm);
  const row = typeof item === "number" ? item : of.positionOf(item);
  const others = Array.from({ length: of.nItems }, (_, at) => at).filter(
    (at) => at !== row && !Number.isNaN(of.at(row, at)),
  );
  const distances = others.map((at) => of.at(row, at));
  const percentiles = rank(distances).map((one) => (one / others.length) * 100);
  const found = [...others.keys()].filter((k) => within(percentiles[k], min, max));
  return new Table({
    item: found.map((k) => of.items?.[others[k]] ?? others[k]),
    dissimilarity: found.map((k) => distances[k]),
    percentile: found.map((k) => percentiles[k]),
  });
}

/** Bounds count, whatever the last bit of a division says. */
function within(value: number, min: number, max: number): boolean {
  return value >= min - 1e-9 && value <= max + 1e-9;
}
