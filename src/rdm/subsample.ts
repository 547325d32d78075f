import { cells } from "../core/gate/kinds.ts";
import { toRdm, type RdmLike } from "./rdm-list.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { Rdm } from "./rdm.ts";
import { describing, takeRows } from "./take-items.ts";
import { ownedRdm } from "./owned.ts";

/**
 * Items drawn with repeats, by label or by position, in the order given, as a bootstrap does. The dissimilarity of an
 * item and its own repeat is trivial to predict and says nothing: it is `NaN`. Repeats get labels of their own,
 * `cat`, `cat#2` …, the same in every RDM.
 *
 * Agrees with rsatoolbox's `subsample_pattern`, which sorts the items instead of taking them in the order given.
 * Throws `UnknownItem`, or `InvalidArgument` for a position that is not there.
 *
 * @example
 * import { Rdm, subsample } from "tsrsa";
 * const drawn = subsample(new Rdm([1, 2, 3], { items: ["a", "b", "c"] }), ["c", "a", "c"]);
 * drawn.items; // [ 'c', 'a', 'c#2' ]
 * drawn.condensed; // Float64Array(3) [ 2, NaN, 2 ]
 */
export function subsample(rdm: RdmLike, items: readonly string[] | ArrayLike<number>): Rdm {
  const whole = toRdm(rdm);
  cells(items, "items");
  const positions = Array.from(items as ArrayLike<string | number>, (item) =>
    typeof item === "string" ? whole.positionOf(item) : checkedPosition(item, whole.nItems),
  );
  const n = positions.length;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++)
      condensed[at++] = positions[i] === positions[j] ? NaN : whole.at(positions[i], positions[j]);
  }
  return ownedRdm(condensed, {
    ...describing(whole),
    items: whole.items && distinctLabels(whole.items, positions),
    itemTable: whole.itemTable && takeRows(whole.itemTable, positions),
  });
}

function checkedPosition(position: number, n: number): number {
  if (Number.isInteger(position) && position >= 0 && position < n) return position;
  throw new InvalidArgument("items", position, `give labels, or positions from 0 to ${n - 1}`);
}

/** Labels with a count from the second time on; a count that would make another item's label is passed over. */
function distinctLabels(items: readonly string[], positions: readonly number[]): string[] {
  const taken = new Set(items);
  const times = new Map<number, number>();
  return positions.map((position) => {
    const item = items[position];
    let count = (times.get(position) ?? 0) + 1;
    let label = item;
    for (; count > 1; count++) {
      label = `${item}#${count}`;
      if (!taken.has(label)) break;
    }
    times.set(position, count);
    taken.add(label);
    return label;
  });
}
