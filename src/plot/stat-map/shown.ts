import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import { apply, centreOf, indicesOf, type Vec3, type PlacedVolume } from "./volume.ts";
import type { Box } from "./views.ts";

/** Which voxels of a map are drawn. */
export interface Shown {
  readonly map: PlacedVolume;
  readonly threshold: number;
  /** The threshold is of values, not of absolute ones: a scale of one direction was asked for. */
  readonly oneSided: boolean;
  /** Only voxels in which this is not 0. */
  readonly within: NumericArray | undefined;
}

/** What a map holds, as far as it is drawn. */
export interface Summary {
  /** Voxels that are drawn. */
  readonly nShown: number;
  /** Voxels with a value: neither 0 nor undefined. */
  readonly nValues: number;
  /** Voxels without a defined value. */
  readonly nUndefined: number;
  readonly least: number;
  readonly greatest: number;
  /** All drawn values are the same, as in a mask. */
  readonly isFlat: boolean;
  /** Place of the drawn value farthest from 0, of equals the most central; −1 when none is drawn. */
  readonly peak: number;
}

/** Check a mask of what is drawn. Throws `ShapeMismatch`. */
export function checkWithin(
  map: PlacedVolume,
  mask: PlacedVolume | undefined,
): NumericArray | undefined {
  if (mask === undefined) return undefined;
  const same =
    mask.shape.every((length, axis) => length === map.shape[axis]) &&
    mask.toMm.every((row, i) => row.every((value, j) => Math.abs(value - map.toMm[i][j]) < 1e-3));
  if (same) return mask.data;
  throw new ShapeMismatch(
    `a mask \`within\` of shape (${map.shape.join(", ")}) and the map's affine`,
    `(${mask.shape.join(", ")})`,
    "give a mask on the grid of the map",
  );
}

/** Whether a value is drawn, mask aside. */
export function isDrawn(
  { threshold, oneSided }: Pick<Shown, "threshold" | "oneSided">,
  value: number,
): boolean {
  if (value === 0 || !Number.isFinite(value)) return false;
  return (oneSided ? value : Math.abs(value)) >= threshold;
}

/** The value drawn at a place of the data; NaN where nothing is drawn: below the threshold, 0, undefined, masked. */
export function shownValue(shown: Shown, at: number): number {
  const { map, within } = shown;
  const value = map.data[at];
  if (!isDrawn(shown, value)) return NaN;
  return within !== undefined && !(within[at] !== 0) ? NaN : value;
}

/** Count what is drawn. */
export function summarize(shown: Shown): Summary {
  const { data } = shown.map;
  let [nShown, nValues, nUndefined, farthest] = [0, 0, 0, 0];
  let [least, greatest] = [Infinity, -Infinity];
  for (let at = 0; at < data.length; at++) {
    if (!Number.isFinite(data[at])) nUndefined++;
    else if (data[at] !== 0) nValues++;
    const value = shownValue(shown, at);
    if (Number.isNaN(value)) continue;
    nShown++;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    farthest = Math.max(farthest, Math.abs(value));
  }
  const isFlat = nShown > 0 && least === greatest;
  const peak = nShown === 0 ? -1 : centralOf(shown, farthest);
  return { nShown, nValues, nUndefined, least, greatest, isFlat, peak };
}

/** Of the drawn voxels with this absolute value the one nearest to the middle of them. */
function centralOf(shown: Shown, farthest: number): number {
  const { map } = shown;
  const equals: number[] = [];
  const middle = [0, 0, 0];
  for (let at = 0; at < map.data.length; at++) {
    if (Math.abs(shownValue(shown, at)) !== farthest) continue;
    equals.push(at);
    indicesOf(map, at).forEach((index, axis) => (middle[axis] += index));
  }
  const distance = (at: number) =>
    Math.hypot(...indicesOf(map, at).map((index, axis) => index - middle[axis] / equals.length));
  return equals.reduce((best, at) => (distance(at) < distance(best) ? at : best), equals[0]);
}

/** The box of voxels whose value passes `test`, in mm, voxels whole. Undefined when there is none. */
export function boxOf(volume: PlacedVolume, test: (value: number) => boolean): Box | undefined {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < volume.data.length; at++) {
    if (!test(volume.data[at])) continue;
    indicesOf(volume, at).forEach((index, axis) => {
      low[axis] = Math.min(low[axis], index);
      high[axis] = Math.max(high[axis], index);
    });
  }
  if (low[0] === Infinity) return undefined;
  const corners = Array.from({ length: 8 }, (_, c) =>
    apply(volume.toMm, [
      c & 1 ? high[0] + 0.5 : low[0] - 0.5,
      c & 2 ? high[1] + 0.5 : low[1] - 0.5,
      c & 4 ? high[2] + 0.5 : low[2] - 0.5,
    ]),
  );
  const end = (axis: number, take: (...values: number[]) => number) =>
    take(...corners.map((corner) => corner[axis]));
  return {
    low: [end(0, Math.min), end(1, Math.min), end(2, Math.min)],
    high: [end(0, Math.max), end(1, Math.max), end(2, Math.max)],
  };
}

/** The smallest box around several. */
export function uniteBoxes(boxes: readonly (Box | undefined)[]): Box | undefined {
  const there = boxes.filter((box) => box !== undefined);
  if (there.length === 0) return undefined;
  const end = (axis: number, take: (...values: number[]) => number, side: "low" | "high") =>
    take(...there.map((box) => box[side][axis]));
  const all = (take: (...values: number[]) => number, side: "low" | "high"): Vec3 => [
    end(0, take, side),
    end(1, take, side),
    end(2, take, side),
  ];
  return { low: all(Math.min, "low"), high: all(Math.max, "high") };
}

/** Throws `InvalidArgument` for a threshold that is none. */
export function checkedThreshold(threshold: number): number {
  if (Number.isFinite(threshold) && threshold >= 0) return threshold;
  throw new InvalidArgument("threshold", threshold, "give the least absolute value to draw");
}

/** Centre in mm of the value farthest from 0, or the middle of the box when nothing is drawn. */
export function peakPoint(map: PlacedVolume, { peak }: Summary, { low, high }: Box): Vec3 {
  if (peak >= 0) return centreOf(map, peak);
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}
