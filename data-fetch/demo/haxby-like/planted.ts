import type { Random } from "../../../src/core/random.ts";
import type { FunctionalHead } from "./anatomy.ts";
import { categories } from "./design.ts";
import { functionalGrid, nVoxels, type Point } from "./grids.ts";
import { embeddingLength, rowOf } from "./models.ts";

/** Where the planted codes are, in mm, and how strong, against noise of SD 1. */
export const planted = {
  category: {
    centres: [
      [32, -50, -14],
      [-32, -50, -14],
    ],
    radiusMm: 15,
    strength: 0.46,
  },
  network: { centres: [[36, -78, 26]], radiusMm: 18, strength: 0.32 },
  visual: { strength: 0.9 },
} as const satisfies Record<
  string,
  { centres?: readonly Point[]; radiusMm?: number; strength: number }
>;

/** What is planted in one subject's brain. */
export interface PlantedBrain {
  /** Of each category, the response of each brain voxel to it, against noise of SD 1. */
  readonly patterns: readonly Float64Array[];
  /** Image of the planted regions: 1 category, 2 network, 0 elsewhere. */
  readonly regions: Float64Array;
  /** Image of the ventral temporal mask: 1 inside. */
  readonly ventral: Float64Array;
}

/**
 * Responses of one subject. In the category region (ventral temporal, both sides) each category has a pattern of its
 * own, no two more alike than any others; in the network region (right lateral occipital) two categories are as alike
 * as their embeddings. The whole back of the brain answers to every picture alike.
 */
export function plantIn(
  { voxels, centres }: FunctionalHead,
  embeddings: Float32Array,
  shift: Point,
  random: Random,
): PlantedBrain {
  const region = centres.map((point) => regionOf(point, shift));
  const common = centres.map(([, y]) => visualGain(y) * (1 + 0.3 * random.normal()));
  const patterns = categories.map(() => Float64Array.from(common));
  region.forEach((which, voxel) => {
    if (which === 0) return;
    const code = which === 1 ? freshCode(random) : networkCode(embeddings, random);
    patterns.forEach((pattern, c) => (pattern[voxel] += code[c]));
  });
  return {
    patterns,
    regions: toImage(voxels, region),
    ventral: toImage(
      voxels,
      centres.map((point) => (isVentral(point, shift) ? 1 : 0)),
    ),
  };
}

function regionOf(point: Point, shift: Point): 0 | 1 | 2 {
  const inside = ({ centres, radiusMm }: { centres: readonly Point[]; radiusMm: number }) =>
    centres.some((centre) => distanceMm(point, centre, shift) < radiusMm);
  if (inside(planted.category)) return 1;
  return inside(planted.network) ? 2 : 0;
}

/** An ellipsoid around the category region on either side, longer than it. */
function isVentral([x, y, z]: Point, shift: Point): boolean {
  const [dx, dy, dz] = [Math.abs(x) - 32, y + 50 - shift[1], z + 14 - shift[2]];
  return Math.hypot(dx / 19, dy / 32, dz / 18) < 1;
}

function distanceMm(point: Point, centre: Point, shift: Point): number {
  return Math.hypot(...point.map((value, axis) => value - centre[axis] - shift[axis]));
}

function visualGain(y: number): number {
  return planted.visual.strength / (1 + Math.exp((y + 58) / 8));
}

function freshCode(random: Random): number[] {
  return categories.map(() => planted.category.strength * random.normal());
}

/** One voxel's answer to all categories: its own mixture of the embeddings' dimensions. */
function networkCode(embeddings: Float32Array, random: Random): number[] {
  const weights = Float64Array.from({ length: embeddingLength }, () => random.normal());
  const scale = planted.network.strength / Math.sqrt(embeddingLength);
  return categories.map((_, c) =>
    rowOf(embeddings, c).reduce((sum, value, j) => sum + scale * value * weights[j], 0),
  );
}

function toImage(voxels: readonly number[], values: readonly number[]): Float64Array {
  const image = new Float64Array(nVoxels(functionalGrid));
  voxels.forEach((voxel, i) => (image[voxel] = values[i]));
  return image;
}
