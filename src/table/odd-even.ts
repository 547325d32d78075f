import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Cell } from "./columns.ts";

/** How to split. */
export interface OddEvenOptions {
  /** Split anew among the observations of each of these values, as of each item. Default: among all. */
  readonly within?: ArrayLike<Cell>;
}

const oddEvenNames: OptionNames<OddEvenOptions> = { within: cells };

/** Positions of the observations of each half, ascending. */
export interface OddEvenSplit {
  readonly odd: Int32Array;
  readonly even: Int32Array;
}

/**
 * Observations in two halves by the values of a label, as of their run: the first value, third, fifth … in the order of
 * their appearance are odd, the others even. Agrees with `odd_even_split` and, with `within`, `nested_odd_even_split` of
 * rsatoolbox.
 *
 * @throws InvalidArgument where a half would be empty; ShapeMismatch.
 * @example
 * import { oddEvenSplit } from "tsrsa";
 * oddEvenSplit([1, 1, 2, 2, 3]).odd; // Int32Array(3) [ 0, 1, 4 ]
 */
export function oddEvenSplit(runs: ArrayLike<Cell>, options: OddEvenOptions = {}): OddEvenSplit {
  cells(runs, "runs");
  checkOptions(options, oddEvenNames);
  const { within } = options;
  if (within !== undefined && within.length !== runs.length)
    throw new ShapeMismatch(`${runs.length} values in within, one per run`, `${within.length}`);
  const seen = new Map<Cell | undefined, Map<Cell, number>>();
  const even = Array.from(runs, (run, at) => {
    const group = within?.[at];
    const places = seen.get(group) ?? new Map<Cell, number>();
    seen.set(group, places);
    const place = places.get(run) ?? places.size;
    places.set(run, place);
    return place % 2 === 1;
  });
  const at = (wanted: boolean): Int32Array =>
    Int32Array.from([...even.keys()].filter((k) => even[k] === wanted));
  const halves = { odd: at(false), even: at(true) };
  if (halves.odd.length > 0 && halves.even.length > 0) return halves;
  throw new InvalidArgument(
    "runs",
    within === undefined ? "a single value" : "a single value within each group",
    "two are needed for two halves",
  );
}
