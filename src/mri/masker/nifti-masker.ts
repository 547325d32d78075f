import { list, listOf, numbers, object } from "../../core/gate/kinds.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";
import { reporter } from "../../core/progress.ts";
import type { NiftiAffine } from "../../io/nifti/index.ts";
import {
  voxelNumber,
  voxelOfNumber,
  voxelToMm,
  type Millimetres,
  type VoxelIndex,
} from "../coordinates.ts";
import { checkSameGrid, gridOf, type Grid, type Volume } from "../grid.ts";
import {
  openVolumes,
  type FunctionalImage,
  type VolumeBatch,
  type VolumeSource,
} from "../image-source.ts";
import type { TableLike } from "../../table/as-table.ts";
import { confoundColumns } from "../glm/confound-columns.ts";
import { sampleNames, type SampleOptions } from "./filter-options.ts";
import { checkFwhm, gaussianKernels, smoothVolume, type FwhmMm } from "./smooth.ts";
import type { VoxelMask } from "../masks.ts";
import { cleanNames, cleanInPlace, type CleanedRun, type CleanOptions } from "./clean.ts";
import { strictMask, voxelsInside } from "./mask-voxels.ts";

/** The time courses of one run in the voxels of a mask: nVolumes × nVoxels. */
export interface MaskedRun extends CleanedRun {
  /** How many values were NaN or infinite; each was made 0 before cleaning. */
  readonly nNonFinite: number;
}

/** How images become time courses. */
export interface MaskerOptions extends CleanOptions {
  /**
   * Smooth each volume with a Gaussian of this width at half its height, in mm, before the mask is laid on it; three
   * numbers: along each axis. What is not finite is 0 before. Default 0: none.
   */
  readonly smoothingFwhmMm?: FwhmMm;
}

const maskerNames: OptionNames<MaskerOptions> = {
  ...cleanNames,
  smoothingFwhmMm: checkFwhm,
};

/** What one run brings with it. */
export interface TransformOptions extends JobOptions, SampleOptions {
  /** Time courses to regress out: nVolumes × nConfounds, or a table as `readConfounds` reads it. Default: none. */
  readonly confounds?: MatrixLike | TableLike;
}

/** What several runs bring with them. */
export interface TransformRunsOptions extends JobOptions {
  /** Of each run its confounds, nVolumes × nConfounds. Default: none. */
  readonly confounds?: readonly (MatrixLike | TableLike)[];
  /** Of each run the numbers of the volumes that are kept. Default: all. */
  readonly sampleMasks?: readonly ArrayLike<number>[];
}

const transformNames: OptionNames<TransformOptions> = {
  ...jobNames,
  ...sampleNames,
  confounds: object,
};

const transformRunsNames: OptionNames<TransformRunsOptions> = {
  ...jobNames,
  confounds: listOf(object),
  sampleMasks: listOf(numbers),
};

/** Values in space again: nx × ny × nz, or nx × ny × nz × nVolumes, 0 outside the mask. */
export interface UnmaskedVolume {
  readonly data: Float64Array;
  readonly shape: readonly number[];
  /** In mm. */
  readonly affine: NiftiAffine;
}

/**
 * From functional images to time courses in the voxels of a mask, and back. Each run is cleaned on its own. Column v of
 * a result is the v-th voxel of the mask in C order (x slowest, z fastest), as in nilearn, whose `NiftiMasker` and
 * `MultiNiftiMasker` it agrees with (0.7.1 for `standardize: "zscore"`, the default). An image on another grid than the
 * mask is refused, where nilearn resamples it.
 *
 * @example
 * import { NiftiMasker } from "tsrsa";
 * const affine = [[3, 0, 0, -9], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const mask = { data: Uint8Array.of(1, 0, 1), shape: [3, 1, 1], affine };
 * const masker = new NiftiMasker(mask, { standardize: "zscore" });
 * const run = { data: Float64Array.of(1, 3, 8, 8, 7, 5), shape: [3, 1, 1, 2], affine };
 * (await masker.transform(run)).data; // Float64Array(4) [ -1, 1, 1, -1 ]
 * masker.mmOf(1); // [ -3, 0, 0 ]
 */
export class NiftiMasker {
  /** The mask, 1 inside and 0 outside. */
  readonly mask: VoxelMask;
  /** Numbers of the voxels in C order of the whole grid, one a column, ascending. */
  readonly voxels: Int32Array;
  readonly options: MaskerOptions;
  readonly #grid: Grid;

  /**
   * @param mask - an image of one volume, 0 outside and one other value inside.
   * @throws InvalidArgument for a mask of several values or none inside; ShapeMismatch; UnknownOption.
   */
  constructor(mask: Volume, options: MaskerOptions = {}) {
    checkOptions(options, maskerNames);
    this.mask = strictMask(mask);
    this.voxels = voxelsInside(this.mask);
    this.options = options;
    this.#grid = gridOf(this.mask);
  }

  get nVoxels(): number {
    return this.voxels.length;
  }

  /**
   * Time courses of one run, its confounds regressed out if given. Of a file only some volumes are in memory at a time.
   *
   * @throws ShapeMismatch for an image on another grid than the mask, or confounds of another length; FileFormatError; MissingFile; Cancelled.
   */
  async transform(run: FunctionalImage, options: TransformOptions = {}): Promise<MaskedRun> {
    checkOptions(options, transformNames);
    const source = await openVolumes(run, options.signal);
    try {
      checkSameGrid(gridOf(source.header), this.#grid, "mask");
      const { data, nNonFinite } = await this.#read(source, options);
      const shape = [source.nVolumes, this.nVoxels];
      const { sampleMask, extrapolate } = options;
      const confounds = confoundMatrix(options.confounds, source.nVolumes);
      const how = { ...this.options, sampleMask, extrapolate, confounds };
      return { ...cleanInPlace({ data, shape }, how), nNonFinite };
    } finally {
      await source.close();
    }
  }

  /**
   * Time courses of several runs, each cleaned on its own and kept as one matrix a run.
   *
   * @throws ShapeMismatch naming the run that is on another grid; else as {@link NiftiMasker.transform}.
   */
  async transformRuns(
    runs: readonly FunctionalImage[],
    options: TransformRunsOptions = {},
  ): Promise<MaskedRun[]> {
    checkOptions(options, transformRunsNames);
    list(runs, "runs");
    if (runs.length === 0)
      throw new InvalidArgument("runs", "an empty list", "give one image or more");
    const { confounds, sampleMasks, ...job } = options;
    if (sampleMasks !== undefined && sampleMasks.length !== runs.length)
      throw new ShapeMismatch(
        `sampleMasks of ${runs.length} runs`,
        `of ${sampleMasks.length}`,
        "give one list a run, in the order of the runs",
      );
    if (confounds !== undefined && confounds.length !== runs.length)
      throw new ShapeMismatch(
        `confounds of ${runs.length} runs`,
        `of ${confounds.length}`,
        "give one matrix a run, in the order of the runs",
      );
    const masked: MaskedRun[] = [];
    const line = reporter(job, "runs", runs.length);
    for (const [i, run] of runs.entries()) {
      try {
        const own = { confounds: confounds?.[i], sampleMask: sampleMasks?.[i] };
        const how = { ...job, onProgress: false as const, ...own };
        masked.push(await this.transform(run, how));
      } catch (error) {
        throw error instanceof ShapeMismatch ? inRun(i, error) : error;
      }
      line.update(i + 1);
    }
    line.finish();
    return masked;
  }

  /**
   * Put values back where their voxels are. Agrees with nilearn's `inverse_transform`.
   *
   * @param values - nVoxels numbers for a map, or nVolumes × nVoxels.
   * @throws ShapeMismatch.
   */
  inverseTransform(values: ArrayLike<number> | MatrixLike): UnmaskedVolume {
    const { data, rows } = asVolumes(values);
    if (data.length !== (rows ?? 1) * this.nVoxels)
      throw new ShapeMismatch(
        `${this.nVoxels} values a volume, as the mask has voxels`,
        `${data.length / (rows ?? 1)}`,
        "give values in the columns' order of this masker",
      );
    const { shape, affine } = this.#grid;
    const n = rows ?? 1;
    const out = new Float64Array(this.mask.data.length * n);
    this.voxels.forEach((voxel, v) => {
      for (let t = 0; t < n; t++) out[voxel * n + t] = data[t * this.nVoxels + v];
    });
    return {
      data: out,
      shape: rows === undefined ? shape : [...shape, rows],
      affine,
    };
  }

  /** Indices (i, j, k) of the voxel of a column. Throws `InvalidArgument`. */
  voxelOf(column: number): VoxelIndex {
    if (!Number.isInteger(column) || column < 0 || column >= this.nVoxels)
      throw new InvalidArgument(
        "column",
        column,
        `give a whole number from 0 to ${this.nVoxels - 1}`,
      );
    return voxelOfNumber(this.#grid.shape, this.voxels[column]);
  }

  /** Where the voxel of a column is, in mm. Throws `InvalidArgument`. */
  mmOf(column: number): Millimetres {
    return voxelToMm(this.#grid, this.voxelOf(column));
  }

  /** Column of the voxel (i, j, k). Throws `InvalidArgument` for a voxel outside the mask. */
  columnOf(voxel: VoxelIndex): number {
    const column = this.voxels.indexOf(voxelNumber(this.#grid.shape, voxel));
    if (column >= 0) return column;
    throw new InvalidArgument(
      "voxel",
      `(${voxel.join(", ")})`,
      "it is outside the mask; its values were not read",
    );
  }

  async #read(
    source: VolumeSource,
    job: JobOptions,
  ): Promise<{ data: Float64Array; nNonFinite: number }> {
    const out = new Float64Array(source.nVolumes * this.nVoxels);
    let nNonFinite = 0;
    const smooth = this.#smoother();
    for await (const batch of source.batches(job)) {
      const { first, nVolumes } = batch;
      const data = smooth === undefined ? batch.data : smooth(batch, (n) => (nNonFinite += n));
      for (let v = 0; v < this.nVoxels; v++) {
        const from = this.voxels[v] * nVolumes;
        for (let t = 0; t < nVolumes; t++) {
          const value = data[from + t];
          if (Number.isFinite(value)) out[(first + t) * this.nVoxels + v] = value;
          else nNonFinite++;
        }
      }
    }
    return { data: out, nNonFinite };
  }

  /** Smooths all volumes of a batch, what is not finite being 0, which is counted in the mask. */
  #smoother(): ((batch: VolumeBatch, count: (n: number) => void) => Float64Array) | undefined {
    const { smoothingFwhmMm = 0 } = this.options;
    const { shape, affine } = this.#grid;
    const kernels = gaussianKernels(affine, smoothingFwhmMm);
    if (kernels.every((kernel) => kernel === undefined)) return undefined;
    const size = shape[0] * shape[1] * shape[2];
    return ({ data, nVolumes }, count) => {
      const out = new Float64Array(size * nVolumes);
      const volume = new Float64Array(size);
      for (const voxel of this.voxels)
        for (let t = 0; t < nVolumes; t++)
          if (!Number.isFinite(data[voxel * nVolumes + t])) count(1);
      for (let t = 0; t < nVolumes; t++) {
        for (let v = 0; v < size; v++) {
          const value = data[v * nVolumes + t];
          volume[v] = Number.isFinite(value) ? value : 0;
        }
        smoothVolume(volume, shape, kernels);
        for (let v = 0; v < size; v++) out[v * nVolumes + t] = volume[v];
      }
      return out;
    };
  }
}

/** Confounds as rows of numbers, whichever way they were given. Throws `InvalidArgument` naming column and row. */
function confoundMatrix(
  confounds: MatrixLike | TableLike | undefined,
  nVolumes: number,
): MatrixLike | undefined {
  if (confounds === undefined || isMatrixLike(confounds)) return confounds;
  const columns = confoundColumns(confounds, nVolumes);
  const width = columns.length;
  const data = new Float64Array(nVolumes * width);
  columns.forEach(({ values }, c) => values.forEach((value, t) => (data[t * width + c] = value)));
  return { data, shape: [nVolumes, width] };
}

function isMatrixLike(confounds: MatrixLike | TableLike): confounds is MatrixLike {
  if (!Array.isArray(confounds)) return "shape" in confounds && "data" in confounds;
  const [first] = confounds as readonly unknown[];
  return first === undefined || Array.isArray(first) || ArrayBuffer.isView(first);
}

function asVolumes(values: ArrayLike<number> | MatrixLike): {
  data: ArrayLike<number>;
  rows?: number;
} {
  object(values, "values");
  if ("shape" in values && checkedMatrix(values, "values").shape.length === 1)
    return { data: values.data };
  if ("shape" in values || isRows(values)) {
    const { data, shape } = toRows(values);
    return { data, rows: shape[0] };
  }
  numbers(values, "values");
  return { data: values };
}

function isRows(
  values: ArrayLike<number> | readonly ArrayLike<number>[],
): values is readonly ArrayLike<number>[] {
  return Array.isArray(values) && typeof values[0] === "object";
}

function inRun(i: number, { expected, found, message }: ShapeMismatch): ShapeMismatch {
  const where = `run ${i + 1}: ${expected}`;
  if (!expected.includes("mask"))
    return new ShapeMismatch(where, found, message.slice(message.lastIndexOf("; ") + 2));
  return new ShapeMismatch(
    where,
    found,
    "all runs and the mask must lie on one grid: realign and resample the runs to a common one first",
  );
}
