import { sidePixels } from "./design.ts";
import type { Point } from "./grid.ts";

/** The visual areas of the real data set's masks. */
export const areas = ["V1d", "V1v", "V2d", "V2v", "V3", "V3A", "V4v", "VP"] as const;

export type Area = (typeof areas)[number];

/** What a voxel of visual cortex sees. */
export interface ReceptiveField {
  readonly hemisphere: "LH" | "RH";
  readonly area: Area;
  /** Distance from the middle of the picture, in pixels. */
  readonly eccentricity: number;
  /** Middle of the field: row 0 is the top, column 0 the left of the picture. */
  readonly row: number;
  readonly column: number;
  /** SD of the field, in pixels. */
  readonly size: number;
  /** How strongly the voxel answers, against 1 in V1. */
  readonly gain: number;
}

/** Height of the calcarine sulcus, in mm: V1 lies on both banks. */
export const calcarineZ = -7;
export const poleY = -104;
/** How far towards the front the edge of the picture is seen. */
const depthMm = 34;
const bandMm = 7;

const dorsal: readonly Area[] = ["V1d", "V2d", "V3", "V3A"];
const ventral: readonly Area[] = ["V1v", "V2v", "VP", "V4v"];
const sizes: Record<Area, number> = {
  V1d: 0.7,
  V1v: 0.7,
  V2d: 0.9,
  V2v: 0.9,
  V3: 1.3,
  VP: 1.3,
  V3A: 1.8,
  V4v: 1.8,
};
const gains: Record<Area, number> = {
  V1d: 1,
  V1v: 1,
  V2d: 0.8,
  V2v: 0.8,
  V3: 0.6,
  VP: 0.6,
  V3A: 0.4,
  V4v: 0.4,
};

/**
 * The field of the voxel at a point of the drawn visual cortex; undefined outside it. As in people, the left hemisphere
 * sees the right half, the lower bank of the calcarine sulcus the upper half, the pole the middle of the picture, and
 * from area to area the order of angles turns round.
 */
export function receptiveFieldAt([x, y, z]: Point): ReceptiveField | undefined {
  const upper = z < calcarineZ;
  const fromSulcus = Math.hypot(Math.abs(x) * 0.7, z - calcarineZ);
  const band = Math.floor(fromSulcus / bandMm);
  const towardsFront = (y - poleY) / depthMm;
  const area = (upper ? ventral : dorsal)[band];
  if (area === undefined || towardsFront > 1.08) return undefined;
  const within = fromSulcus / bandMm - band;
  // 0 at the horizontal meridian, 1 at the vertical one; neighbouring areas share the meridian between them.
  const turn = band % 2 === 0 ? within : 1 - within;
  const radius = (sidePixels / 2) * Math.max(0, towardsFront);
  const angle = (turn * Math.PI) / 2;
  const [right, up] = [radius * Math.cos(angle), radius * Math.sin(angle)];
  const middle = (sidePixels - 1) / 2;
  return {
    hemisphere: x < 0 ? "LH" : "RH",
    area,
    eccentricity: radius,
    row: middle - (upper ? up : -up),
    column: middle + (x < 0 ? right : -right),
    size: sizes[area],
    gain: gains[area],
  };
}

/** The weight of every pixel (row-major) in a field; together 1. */
export function pixelWeights({ row, column, size }: ReceptiveField): Float64Array {
  const weights = new Float64Array(sidePixels ** 2);
  let sum = 0;
  for (let p = 0; p < weights.length; p++) {
    const [down, across] = [Math.floor(p / sidePixels) - row, (p % sidePixels) - column];
    weights[p] = Math.exp(-(down ** 2 + across ** 2) / (2 * size ** 2));
    sum += weights[p];
  }
  return weights.map((weight) => weight / sum);
}
