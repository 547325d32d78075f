import { toRdm, type RdmLike } from "./rdm-list.ts";
import { either, flag, listOf, number } from "../core/gate/kinds.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { Rdm } from "./rdm.ts";
import { takeItems } from "./take-items.ts";

/** Rows to keep: one position, positions in the order wanted, or true for each to keep. */
export type Selection = number | readonly number[] | readonly boolean[];

/**
 * Restrict an RDM to items given by position, for RDMs without labels. Agrees with `pick_rdm` of MNE-RSA.
 * Throws `InvalidArgument` for a position that is not there or given twice, `ShapeMismatch` for a mask of another length.
 *
 * @example
 * import { pick, Rdm } from "tsrsa";
 * pick(new Rdm([1, 2, 3]), [2, 0]).condensed; // Float64Array(1) [ 2 ]
 */
export function pick(rdm: RdmLike, selection: Selection): Rdm {
  const whole = toRdm(rdm);
  return takeItems(whole, positionsOf(selection, whole.nItems));
}

const pickKind = either(listOf(number), listOf(flag));

function positionsOf(selection: Selection, n: number): number[] {
  if (typeof selection === "number") return checked([selection], n);
  pickKind(selection, "selection");
  const list: readonly unknown[] = Array.from<unknown>(selection);
  const keep = list.map((value) => value === true);
  if (!list.every((value) => typeof value === "boolean")) return checked(list as number[], n);
  if (keep.length !== n)
    throw new ShapeMismatch(`a mask of ${n} values, one per item`, `${keep.length}`);
  return keep.flatMap((kept, at) => (kept ? [at] : []));
}

function checked(positions: number[], n: number): number[] {
  const bad = positions.find(
    (at, i) => !Number.isInteger(at) || at < 0 || at >= n || positions.indexOf(at) !== i,
  );
  if (bad === undefined) return positions;
  throw new InvalidArgument("selection", bad, `give positions from 0 to ${n - 1}, each once`);
}
