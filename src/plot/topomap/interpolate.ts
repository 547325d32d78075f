import type { FlatPlace } from "../../meg/sensors/flatten.ts";
import { cloughTocher } from "./clough-tocher.ts";
import { surround, type Extrapolate } from "./extra-points.ts";
import { locator, meshOf } from "./mesh.ts";
import type { Clip } from "./outlines.ts";

/** How values lie between the sensors: smooth, in straight lines, or as the nearest. */
export type Interpolation = "cubic" | "linear" | "nearest";

/** How values of sensors become a surface. */
export interface InterpolateOptions {
  readonly interpolation: Interpolation;
  readonly extrapolate: Extrapolate;
  /** Value of the points around the sensors: the mean of the sensors beside each, or a number. */
  readonly border: "mean" | number;
  readonly clip: Clip;
}

/** A surface over the flat head. */
export interface Surface {
  /** The value at a place; `NaN` beyond the points around the sensors. */
  readonly valueAt: (place: FlatPlace) => number;
  /** Corners of the region to draw; undefined: the circle of the head. */
  readonly region: readonly FlatPlace[] | undefined;
}

/** Values of sensors as a surface, as MNE-Python's topomaps. */
export function surfaceOf(
  places: readonly FlatPlace[],
  values: Float64Array,
  { interpolation, extrapolate, border, clip }: InterpolateOptions,
): Surface {
  const { extra, region } = surround(places, extrapolate, clip);
  const mesh = meshOf([...places, ...extra]);
  const all = Float64Array.of(
    ...values,
    ...borderValues(values, extra.length, mesh.beside, border),
  );
  if (interpolation === "nearest") return { valueAt: nearest(mesh.points, all), region };
  const find = locator(mesh);
  const cubic = interpolation === "cubic" ? cloughTocher(mesh, all) : undefined;
  const valueAt = (place: FlatPlace): number => {
    const found = find(place);
    if (found === undefined) return NaN;
    if (cubic !== undefined) return cubic(found.triangle, found.at);
    return mesh.triangles[found.triangle].reduce(
      (sum, corner, k) => sum + found.at[k] * all[corner],
      0,
    );
  };
  return { valueAt, region };
}

function borderValues(
  values: Float64Array,
  nExtra: number,
  beside: readonly ReadonlySet<number>[],
  border: "mean" | number,
): number[] {
  const n = values.length;
  if (border !== "mean") return new Array<number>(nExtra).fill(border);
  const means = Array.from({ length: nExtra }, (_, at) => {
    const near = [...beside[n + at]].filter((other) => other < n);
    return near.length === 0
      ? undefined
      : near.reduce((sum, other) => sum + values[other], 0) / near.length;
  });
  const known = means.filter((mean) => mean !== undefined);
  const rest = known.length === 0 ? 0 : known.reduce((sum, mean) => sum + mean, 0) / known.length;
  return means.map((mean) => mean ?? rest);
}

function nearest(points: readonly FlatPlace[], values: Float64Array): Surface["valueAt"] {
  return ([x, y]) => {
    let [best, least] = [0, Infinity];
    points.forEach((point, at) => {
      const distance = (point[0] - x) ** 2 + (point[1] - y) ** 2;
      if (distance < least) [best, least] = [at, distance];
    });
    return values[best];
  };
}
