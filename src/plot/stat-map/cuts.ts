import { InvalidArgument } from "../../core/errors.ts";
import { describeValue } from "../../core/gate/describe.ts";
import type { Axis, Box } from "./views.ts";
import type { Vec3 } from "./volume.ts";

/**
 * Where to cut: one point in mm for three cuts through it; or for each axis a list of mm, or how many cuts to spread
 * evenly over the map.
 */
export type Cuts = Vec3 | { readonly [axis in Axis]?: number | readonly number[] };

/** One cut. */
export interface Cut {
  readonly axis: Axis;
  readonly mm: number;
}

export const axes: readonly Axis[] = ["x", "y", "z"];
const MOST_CUTS = 100;

/** Three cuts through a point are a row; cuts across one axis are a row each. Throws `InvalidArgument`. */
export function cutRows(cuts: Cuts, box: Box): Cut[][] {
  if (isPoint(cuts)) {
    const finite = cuts.length === 3 && cuts.every(Number.isFinite);
    if (!finite) refuse(cuts.map(describeValue).join(", "));
    return [axes.map((axis, i) => ({ axis, mm: cuts[i] }))];
  }
  const unknown = Object.keys(cuts).find((key) => !axes.includes(key as Axis));
  if (unknown !== undefined) refuse(unknown);
  const rows = axes
    .map((axis, i) =>
      placesOf(cuts[axis] ?? [], [box.low[i], box.high[i]]).map((mm) => ({ axis, mm })),
    )
    .filter((row) => row.length > 0);
  const nCuts = rows.reduce((sum, row) => sum + row.length, 0);
  if (nCuts === 0 || nCuts > MOST_CUTS) refuse(`${nCuts} cuts`);
  return rows;
}

export function isPoint(cuts: Cuts): cuts is Vec3 {
  return Array.isArray(cuts);
}

function placesOf(
  wanted: number | readonly number[],
  [low, high]: readonly [number, number],
): readonly number[] {
  if (typeof wanted !== "number") {
    const wrong = wanted.find((mm) => !Number.isFinite(mm));
    if (wrong !== undefined) refuse(describeValue(wrong));
    return wanted;
  }
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST_CUTS) refuse(String(wanted));
  return Array.from({ length: wanted }, (_, i) =>
    Math.round(low + ((i + 0.5) / wanted) * (high - low)),
  );
}

function refuse(found: string): never {
  throw new InvalidArgument(
    "cuts",
    found,
    `give [x, y, z] in mm, or for x, y or z a list of mm or how many; at most ${MOST_CUTS} cuts`,
  );
}
