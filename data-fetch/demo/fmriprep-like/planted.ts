import type { Random } from "../../../src/core/random.ts";
import type { Point } from "../haxby-like/grids.ts";
import { categories, items, nExemplars } from "./experiment.ts";

/** Where codes are planted, in mm, and how strong their parts are, against noise of SD 1. */
export const planted = {
  fusiform: {
    centres: [
      [34, -50, -16],
      [-34, -50, -16],
    ],
    radiusMm: 16,
    category: 0.5,
    life: 0,
    item: 0.25,
  },
  occipital: {
    centres: [
      [38, -78, 8],
      [-38, -78, 8],
    ],
    radiusMm: 16,
    category: 0,
    life: 0.5,
    item: 0.25,
  },
  visual: { strength: 1.4 },
} as const;

/** What is planted in the voxels of one brain. */
export interface PlantedCodes {
  /** The answer of each voxel to each item: a row an item. */
  readonly patterns: readonly Float64Array[];
  /** Of each voxel: 0 nothing, 1 categories, 2 what is alive. */
  readonly regions: readonly number[];
}

/**
 * Answers of one person's voxels. In the fusiform region every category has a pattern of its own, in the lateral
 * occipital one only what is alive and what is not have; the pictures of one category differ a little in both. The back
 * of the brain answers to every picture alike.
 */
export function plantCodes(centres: readonly Point[], random: Random): PlantedCodes {
  const regions = centres.map(regionAt);
  const common = centres.map(([, y]) => visualGain(y) * (1 + 0.3 * random.normal()));
  const patterns = items.map(() => Float64Array.from(common));
  regions.forEach((region, voxel) => {
    if (region === 0) return;
    const code = codeOf(region === 1 ? planted.fusiform : planted.occipital, random);
    patterns.forEach((pattern, item) => (pattern[voxel] += code[item]));
  });
  return { patterns, regions };
}

function regionAt(point: Point): 0 | 1 | 2 {
  const inside = ({ centres, radiusMm }: (typeof planted)["fusiform" | "occipital"]) =>
    centres.some((centre) => distanceMm(point, centre) < radiusMm);
  if (inside(planted.fusiform)) return 1;
  return inside(planted.occipital) ? 2 : 0;
}

export function distanceMm(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

interface Strengths {
  readonly category: number;
  readonly life: number;
  readonly item: number;
}

/** One voxel's answer to every item. */
function codeOf({ category, life, item }: Strengths, random: Random): number[] {
  const ofCategory = categories.map(() => category * random.normal());
  const ofLife = [life * random.normal(), life * random.normal()];
  return items.map((_, at) => {
    const which = Math.floor(at / nExemplars);
    return ofCategory[which] + ofLife[which < 2 ? 0 : 1] + item * random.normal();
  });
}

function visualGain(y: number): number {
  return planted.visual.strength / (1 + Math.exp((y + 62) / 8));
}
