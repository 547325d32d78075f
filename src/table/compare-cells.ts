import { compareCodePoints } from "./code-point-order.ts";
import type { Cell } from "./columns.ts";

/** Order of cells: numbers by value, then text by code point, then what is missing. */
export function compareCells(a: Cell, b: Cell): number {
  const byKind = kindOf(a) - kindOf(b);
  if (byKind !== 0) return byKind;
  if (typeof a === "string" && typeof b === "string") return compareCodePoints(a, b);
  if (kindOf(a) === MISSING) return 0;
  return Number(a) < Number(b) ? -1 : Number(a) > Number(b) ? 1 : 0;
}

const MISSING = 2;

function kindOf(cell: Cell): number {
  if (cell === null || Number.isNaN(cell)) return MISSING;
  return typeof cell === "string" ? 1 : 0;
}
