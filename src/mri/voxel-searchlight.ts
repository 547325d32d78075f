import { InvalidArgument } from "../core/errors.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import { isLone, type SearchlightMetricOptions } from "../searchlight/patch-metric.ts";
import type { PairSteps } from "../searchlight/noise/sphere-pairs.ts";
import { SearchlightPatches } from "../searchlight/patches.ts";
import type { NoiseOptions } from "../stats/covariance/index.ts";
import type { DataSource } from "./functional-data.ts";
import { givenPatches, type VoxelPatches } from "./given-patches.ts";
import { edgesOf, gridOf, type Grid, type Volume } from "./grid.ts";
import { withLeastShare, type LeastShareOptions } from "./least-share.ts";
import { maskFor } from "./masks.ts";
import { isOfVertices } from "./vertices/vertex-header.ts";
import { usableVoxels } from "./read-patterns.ts";
import { spheresIn, type Spheres } from "./sphere-patches.ts";

/** Where and how data RDMs of voxels are computed. */
export interface VoxelSearchlightOptions extends SearchlightMetricOptions, LeastShareOptions {
  /**
   * A patch is all voxels strictly nearer than this to a voxel, in mm, and the voxel itself. Default: all voxels at
   * once.
   */
  readonly radiusMm?: number;
  /** Instead of a radius: the voxels of each patch, or a matrix of neighbours; see {@link VoxelPatches}. */
  readonly patches?: VoxelPatches;
  /** Centres of patches: the voxels that are not 0. Patches reach out of it. Default: all voxels of the brain mask. */
  readonly roiMask?: Volume;
  /** Only every so manieth centre, from the first on, for a first look; spheres have all their voxels. Default: 1, all. */
  readonly every?: number;
  /** Voxels that count at all: those that are not 0. Default: all. */
  readonly brainMask?: Volume;
  /** Dissimilarity metric; default `correlation`. */
  readonly metric?: Metric | "crossnobis";
  /**
   * Residuals from which the noise of each patch is estimated anew, for `crossnobis` (which is then divided by the
   * number of voxels) and `mahalanobis`: `{ residuals: await patterns.residuals() }` of `trialBetas` or `firstLevel`.
   */
  readonly noise?: NoiseOptions;
}

/** The patches of a searchlight over voxels. */
export interface VoxelSearchlight {
  readonly grid: Grid;
  /** Numbers of the voxels used, in C order. */
  readonly voxels: Int32Array;
  /** Numbers of the voxels that are centres; without a radius: that are pooled. */
  readonly centres: Int32Array;
  readonly patches: SearchlightPatches;
  readonly pooled: boolean;
  /** How many voxels each patch has. */
  readonly sizes: () => Int32Array;
  /** How voxels of spheres lie, for sums over pairs of them that many spheres share; undefined for other patches. */
  readonly pairSteps: () => PairSteps | undefined;
}

/** Lay out the patches. Reads nothing. Throws `InvalidArgument`, `ShapeMismatch`. */
export function voxelSearchlight(
  source: DataSource,
  options: VoxelSearchlightOptions,
): VoxelSearchlight {
  const { roiMask, brainMask } = options;
  refuseVertices(source, options);
  const grid = gridOf(source.header);
  const voxels = usableVoxels(source, brainMask, "brainMask");
  const centres = everyOf(centresIn(grid, voxels, roiMask), options);
  const { positions, spheres } = placesOf(grid, voxels, centres, options);
  const around = spheres?.around;
  return {
    grid,
    voxels,
    centres: positions.map((at) => voxels[at]),
    pooled: spheres === undefined,
    patches: new SearchlightPatches({
      axes: { series: 1 },
      nSeries: voxels.length,
      space: around && { centres: positions, around },
      pooled: spheres === undefined ? positions : undefined,
    }),
    sizes: () =>
      spheres === undefined ? Int32Array.of(positions.length) : positions.map(spheres.sizeAt),
    pairSteps: () => spheres && pairStepsOf(spheres, positions, voxels.length),
  };
}

/** Numbers of vertices are no places: who is next to whom only a surface says. */
function refuseVertices(
  { header }: DataSource,
  { radiusMm }: Pick<VoxelSearchlightOptions, "radiusMm">,
): void {
  if (radiusMm === undefined || !isOfVertices(header)) return;
  throw new InvalidArgument(
    "radiusMm",
    radiusMm,
    "the data are of vertices, whose numbers are no places in mm; use rsaSurface with their surface",
  );
}

function pairStepsOf(
  { line, around }: Spheres,
  positions: Int32Array,
  nVoxels: number,
): PairSteps | undefined {
  if (line === undefined) return undefined;
  const lastPatch = new Int32Array(nVoxels).fill(-1);
  positions.forEach((centre, patch) => {
    for (const voxel of around(centre)) lastPatch[voxel] = patch;
  });
  return { ...line(), lastPatch };
}

/** Centres as positions among the voxels used, and who lies around each; undefined: all are pooled. */
interface Places {
  readonly positions: Int32Array;
  readonly spheres: Spheres | undefined;
}

function placesOf(
  grid: Grid,
  voxels: Int32Array,
  positions: Int32Array,
  options: VoxelSearchlightOptions,
): Places {
  const { radiusMm, roiMask, patches: given, minShare, shareOf } = options;
  if (radiusMm === undefined && (minShare !== undefined || shareOf !== undefined))
    throw new InvalidArgument(
      minShare === undefined ? "shareOf" : "minShare",
      minShare ?? shareOf,
      "it is a share of spheres: give radiusMm, too",
    );
  if (given !== undefined) {
    if (radiusMm !== undefined)
      throw new InvalidArgument("radiusMm", radiusMm, "patches are given; use one of the two");
    if (roiMask !== undefined && !("indptr" in given))
      throw new InvalidArgument("roiMask", "given with patches", "leave out patches instead");
    const wanted = new Set(positions);
    const own = givenPatches(given, grid, voxels, (at) => wanted.has(at));
    return { positions: own.positions, spheres: own.patches };
  }
  if (radiusMm === undefined) return { positions, spheres: undefined };
  const spheres = spheresIn(grid, voxels, radiusMm);
  const of = { grid, voxels, radiusMm };
  return { positions: withLeastShare(positions, spheres.sizeAt, of, options), spheres };
}

/** Positions among the voxels used of those that are centres. */
function centresIn(grid: Grid, voxels: Int32Array, roiMask: Volume | undefined): Int32Array {
  const all = Int32Array.from(voxels.keys());
  if (roiMask === undefined) return all;
  const { data, nVoxels } = maskFor(grid, roiMask, "roiMask");
  const centres = all.filter((at) => data[voxels[at]] === 1);
  if (centres.length > 0) return centres;
  throw new InvalidArgument(
    "roiMask",
    `${nVoxels} voxels, none of them in the brain mask or the data`,
    "give masks that overlap",
  );
}

/** Throws `InvalidArgument` where there are no spheres to thin. */
function everyOf(
  centres: Int32Array,
  { every = 1, radiusMm }: VoxelSearchlightOptions,
): Int32Array {
  if (every === 1) return centres;
  if (radiusMm === undefined)
    throw new InvalidArgument("every", every, "it thins the centres of spheres: give radiusMm");
  return centres.filter((_, at) => at % every === 0);
}

/** Throws `InvalidArgument` when no patch can have a pattern: the radius reaches no other voxel. */
export function refuseLoneVoxels(
  { grid, pooled }: VoxelSearchlight,
  sizes: Int32Array,
  { radiusMm, patches, metric = "correlation" }: VoxelSearchlightOptions,
): void {
  if (!sizes.every((size) => isLone(size, metric))) return;
  if (patches !== undefined)
    throw new InvalidArgument(
      "patches",
      "single voxels",
      `they have no pattern for ${String(metric)}; give larger ones, or metric: "euclidean"`,
    );
  if (pooled) throw new InvalidArgument("metric", metric, "there is a single voxel; use euclidean");
  const edges = edgesOf(grid.affine).map((edge) => Number(edge.toPrecision(4)));
  throw new InvalidArgument(
    "radiusMm",
    radiusMm,
    `voxels are ${edges.join(" × ")} mm and every patch is a single voxel, which has no pattern for ${String(metric)}; give a larger radius, or metric: "euclidean"`,
  );
}
