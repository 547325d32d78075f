import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { placeOfName } from "../core/place-of-name.ts";
import { unscoredModels } from "../searchlight/undefined-scores.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import { positionsOf, voxelNumber, voxelOfNumber, type VoxelIndex } from "./coordinates.ts";
import { distributionOf } from "./distribution.ts";
import { gridOf, type Grid } from "./grid.ts";
import { mapsBundle } from "./maps-bundle.ts";
import { scoreMap, type Placement, type ScoreMap } from "./score-map.ts";
import { findPeaks, type PeakOptions, type VoxelPeak } from "./peaks.ts";

/** What a searchlight was made of, how much there was and how long it took. */
export interface RsaRecord {
  readonly metric: string;
  readonly rsaMetric: string;
  readonly ignoreNan: boolean;
  /** Undefined when all voxels were one patch. */
  readonly radiusMm: number | undefined;
  /** 1: not cross-validated. */
  readonly nFolds: number;
  readonly nItems: number;
  readonly items: readonly string[] | undefined;
  readonly nVolumes: number;
  readonly nVolumesUsed: number;
  /** Voxels used, in the brain mask. */
  readonly nVoxels: number;
  /** Voxels that have one value for all items: they lie outside of the head, or were flat. */
  readonly nConstant: number;
  readonly nPatches: number;
  /** Patches that have no score with any model: NaN in the maps. */
  readonly nUndefined: number;
  /** Patches of a single voxel. */
  readonly nLonePatches: number;
  /** Items of folds that have no volume: NaN. */
  readonly nEmpty: number;
  /** Seconds for reading and averaging, and for scoring. */
  readonly readS: number;
  readonly scoreS: number;
}

/** What maps are made of. */
export interface RsaMapsParts {
  /** nModels × nPatches, C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  /** Of the image analysed. */
  readonly header: Placement;
  /** Number of the voxel in the centre of each patch, ascending; when pooled: all voxels of the one patch. */
  readonly centres: Int32Array;
  readonly pooled: boolean;
  /** Voxels of each patch. */
  readonly patchSizes: Int32Array;
  readonly record: RsaRecord;
}

/**
 * RSA scores of every model in space: a map each, with what belongs beside a map. Immutable; shows itself as a table of
 * distributions and peaks.
 */
export class RsaMaps implements Displayable {
  readonly modelNames: readonly string[];
  readonly grid: Grid;
  /** nModels × nPatches in float64, C order; NaN where a score is not defined. */
  readonly scores: Float64Array;
  /** Number of the voxel in the centre of each patch in C order, ascending; when pooled: all voxels of the one patch. */
  readonly centres: Int32Array;
  /** True when all voxels were one patch: then every voxel of a map has the one score. */
  readonly pooled: boolean;
  /** Voxels of each patch. */
  readonly patchSizes: Int32Array;
  readonly record: RsaRecord;
  readonly #header: RsaMapsParts["header"];

  constructor(parts: RsaMapsParts) {
    this.modelNames = parts.modelNames;
    this.grid = gridOf(parts.header);
    this.scores = parts.scores;
    this.centres = parts.centres;
    this.pooled = parts.pooled;
    this.patchSizes = parts.patchSizes;
    this.record = parts.record;
    this.#header = parts.header;
    Object.freeze(this);
  }

  /**
   * The map of a model (the only one need not be named), float32 in C order, with the affine of the image: 0 outside
   * of the voxels analysed, NaN where a score is not defined.
   */
  map(model?: string): ScoreMap {
    const m = placeOfName("model", model, this.modelNames);
    const { rsaMetric, metric } = this.record;
    return this.#volume(
      this.modelNames[m],
      this.#scoresOf(m),
      `RSA, ${rsaMetric} of ${metric} RDMs: ${this.modelNames[m]}`,
    );
  }

  /** The maps of all models. */
  maps(): ScoreMap[] {
    return this.modelNames.map((name, m) =>
      this.#volume(name, this.#scoresOf(m), `RSA, ${this.record.rsaMetric}: ${name}`),
    );
  }

  /** How many voxels the patch around each voxel has; 0 outside. */
  patchSizeMap(): ScoreMap {
    return this.#volume("voxels", this.patchSizes, "voxels in the patch around each voxel");
  }

  /** The score at a voxel in float64. Throws `InvalidArgument` for a voxel that is no centre. */
  scoreAt(voxel: VoxelIndex, model?: string): number {
    const m = placeOfName("model", model, this.modelNames);
    const at = this.centres.indexOf(voxelNumber(this.grid.shape, voxel));
    if (at >= 0) return this.#scoresOf(m)[this.pooled ? 0 : at];
    throw new InvalidArgument(
      "voxel",
      `(${voxel.join(", ")})`,
      "it was not analysed: it is outside of the masks",
    );
  }

  /** Where a model scores highest. Throws `InvalidArgument` when it has no score anywhere. */
  peak(model?: string): VoxelPeak {
    const [peak] = this.peaks(model, { most: 1 });
    if (peak !== undefined) return peak;
    throw new InvalidArgument("model", model ?? this.modelNames[0], "its scores are all NaN");
  }

  /** Local maxima of a model's map, the highest first. */
  peaks(model?: string, options: PeakOptions = {}): VoxelPeak[] {
    const scores = this.#scoresOf(placeOfName("model", model, this.modelNames));
    if (this.pooled) return Number.isNaN(scores[0]) ? [] : [this.#pooledPeak(scores[0])];
    return findPeaks(this.grid, this.centres, scores, this.patchSizes, options);
  }

  /** Local maxima of every model: `model`, `score`, `x`, `y`, `z` in mm, `i`, `j`, `k`, and `voxels` of the patch. */
  peakTable(options: PeakOptions = {}): Table {
    const rows = this.modelNames.flatMap((model) =>
      this.peaks(model, options).map((peak) => ({ model, ...peak })),
    );
    const column = (of: (row: (typeof rows)[number]) => Cell): Cell[] => rows.map(of);
    return new Table({
      model: column((row) => row.model),
      score: column((row) => row.score),
      x: column((row) => row.mm[0]),
      y: column((row) => row.mm[1]),
      z: column((row) => row.mm[2]),
      i: column((row) => row.voxel[0]),
      j: column((row) => row.voxel[1]),
      k: column((row) => row.voxel[2]),
      voxels: column((row) => row.nVoxels),
    });
  }

  /** How the scores of each model are distributed over patches: number, mean, standard deviation and quantiles. */
  distribution(): Table {
    return distributionOf(this.modelNames, (m) => this.#scoresOf(m));
  }

  /** One row a voxel analysed: `i`, `j`, `k`, `x`, `y`, `z` in mm, `voxels` of its patch, and a column for each model. */
  toTable(): Table {
    const voxels = Array.from(this.centres, (at) => voxelOfNumber(this.grid.shape, at));
    const mm = positionsOf(this.grid, this.centres);
    const spread = (values: ArrayLike<number>): number[] =>
      Array.from(this.centres, (_, at) => values[this.pooled ? 0 : at]);
    return new Table(
      new Map<string, ArrayLike<Cell>>([
        ...["i", "j", "k"].map((name, axis) => [name, voxels.map((v) => v[axis])] as const),
        ...["x", "y", "z"].map(
          (name, axis) => [name, voxels.map((_, at) => mm[3 * at + axis])] as const,
        ),
        ["voxels", spread(this.patchSizes)],
        ...this.modelNames.map((name, m) => [name, spread(this.#scoresOf(m))] as const),
      ]),
    );
  }

  /** What was lost or left out, in words. */
  get notes(): readonly string[] {
    const { nUndefined, nLonePatches, nEmpty, nVolumes, nVolumesUsed, nPatches } = this.record;
    const { nConstant, nVoxels } = this.record;
    const all: readonly (readonly [number, string])[] = [
      [nUndefined, `${nUndefined} of ${nPatches} patches have no score (NaN)`],
      [
        nConstant,
        `${nConstant} of ${nVoxels} voxels are the same for all items and blur the patterns of patches at their border; leave them out with brainMask`,
      ],
      [nLonePatches, `${nLonePatches} patches are a single voxel`],
      [nEmpty, `${nEmpty} items of folds have no volume (NaN)`],
      [nVolumes - nVolumesUsed, `${nVolumes - nVolumesUsed} of ${nVolumes} volumes were left out`],
    ];
    const lost = all.filter(([count]) => count > 0).map(([, note]) => note);
    return [...lost, ...unscoredModels(this.scores, this.modelNames)];
  }

  [jupyterDisplay](): MimeBundle {
    return mapsBundle(this);
  }

  #scoresOf(m: number): Float64Array {
    const n = this.patchSizes.length;
    return this.scores.subarray(m * n, (m + 1) * n);
  }

  #pooledPeak(score: number): VoxelPeak {
    const voxel = voxelOfNumber(this.grid.shape, this.centres[0]);
    const [x, y, z] = positionsOf(this.grid, this.centres.subarray(0, 1));
    return { score, voxel, mm: [x, y, z], nVoxels: this.patchSizes[0] };
  }

  #volume(name: string, values: ArrayLike<number>, description: string): ScoreMap {
    const shown = this.pooled ? [values[0]] : values;
    return scoreMap(this.#header, this.centres, shown, name, description);
  }
}
