import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { ShapeMismatch } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { Cell } from "../table/columns.ts";
import { distinctLabels } from "../table/align.ts";
import {
  openData,
  type DataSource,
  type FunctionalData,
  type VoxelSeries,
} from "./functional-data.ts";
import { gridOf, type Volume } from "./grid.ts";
import { checkCleanOptions, cleanInPlace, type CleanOptions, cleanNames } from "./masker/clean.ts";
import { positionsIn, usableVoxels } from "./read-patterns.ts";

/** What {@link cleanVolumes} takes. */
export interface CleanVolumesOptions
  extends CleanOptions, Pick<JobOptions, "signal" | "onProgress"> {
  /** The run of each volume; each run is cleaned on its own. Default: one run an image. */
  readonly runs?: ArrayLike<Cell>;
  /** The voxels wanted: those not 0 in an image of the same grid. Default: all. */
  readonly mask?: Volume;
}

/** Time courses after cleaning. */
export interface CleanedSeries extends VoxelSeries {
  /** How many time courses of a run were flat: they are 0. */
  readonly nFlat: number;
}

const cleanVolumesNames: OptionNames<CleanVolumesOptions> = {
  ...cleanNames,
  runs: cells,
  mask: true,
  signal: true,
  onProgress: true,
};

/**
 * Detrend and standardise the volumes of a functional image, voxel by voxel and run by run, for `rsaNifti`, `rdmNifti`
 * or `readNiftiPatterns`. Only the voxels of the mask are kept; a voxel that is NaN anywhere in a run is NaN in that
 * run. See {@link clean} for what is done, and `NiftiMasker` for time courses as a matrix.
 *
 * @param image - one image with `runs`, or one image a run.
 * @throws ShapeMismatch for another number of runs than volumes, or a mask of another grid; UnknownOption; Cancelled.
 * @example
 * import { cleanVolumes } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 3, 10, 30), shape: [1, 1, 1, 4], affine };
 * (await cleanVolumes(image, { runs: [1, 1, 2, 2] })).data; // Float64Array(4) [ -1, 1, -1, 1 ]
 */
export async function cleanVolumes(
  image: FunctionalData,
  options: CleanVolumesOptions = {},
): Promise<CleanedSeries> {
  checkOptions(options, cleanVolumesNames);
  checkCleanOptions(options);
  const source = await openData(image, options.signal);
  try {
    const runs = runsOf(source, options.runs);
    const voxels = usableVoxels(source, options.mask, "mask");
    const data = await readSeries(source, voxels, options);
    let nFlat = 0;
    for (const volumes of runs) {
      throwIfCancelled(options.signal, "cleaning volumes");
      nFlat += cleanRun(data, source.nVolumes, volumes, options);
    }
    return { data, nVolumes: source.nVolumes, voxels, header: headerOf(source), nFlat };
  } finally {
    await source.close();
  }
}

/** Without the values or the file behind it. */
function headerOf({ header }: DataSource): VoxelSeries["header"] {
  const { shape, affine, units, zooms, sform, qform } = header;
  gridOf(header);
  return { shape, affine, units, zooms, sform, qform };
}

/** The volumes of each run. */
function runsOf(
  { nVolumes, runLengths }: DataSource,
  runs: ArrayLike<Cell> | undefined,
): number[][] {
  if (runs === undefined) {
    let first = 0;
    return runLengths.map((length) => {
      first += length;
      return Array.from({ length }, (_, at) => first - length + at);
    });
  }
  if (runs.length !== nVolumes)
    throw new ShapeMismatch(
      `${nVolumes} runs, one per volume of the image`,
      `${runs.length}`,
      "give the run of every volume, those of rest included",
    );
  const names = Array.from(runs, String);
  return distinctLabels(runs).map((run) => [...names.keys()].filter((at) => names[at] === run));
}

async function readSeries(
  source: DataSource,
  voxels: Int32Array,
  job: CleanVolumesOptions,
): Promise<Float64Array> {
  const { nVolumes } = source;
  const out = new Float64Array(voxels.length * nVolumes);
  const positions = positionsIn(source, voxels);
  for await (const { data, first, nVolumes: n } of source.batches(job))
    for (let v = 0; v < voxels.length; v++)
      for (let t = 0; t < n; t++) out[v * nVolumes + first + t] = data[positions[v] * n + t];
  return out;
}

/** Voxels cleaned at a time. */
const voxelsAtOnce = 2048;

/** Cleans one run in place; how many of its time courses were flat. */
function cleanRun(
  data: Float64Array,
  nVolumes: number,
  volumes: readonly number[],
  options: CleanOptions,
): number {
  const nVoxels = data.length / nVolumes;
  let nFlat = 0;
  for (let first = 0; first < nVoxels; first += voxelsAtOnce) {
    const width = Math.min(voxelsAtOnce, nVoxels - first);
    const rows = new Float64Array(volumes.length * width);
    const each = (visit: (inRows: number, inData: number) => void): void =>
      volumes.forEach((t, row) => {
        for (let v = 0; v < width; v++) visit(row * width + v, (first + v) * nVolumes + t);
      });
    each((to, from) => (rows[to] = data[from]));
    const cleaned = cleanInPlace({ data: rows, shape: [volumes.length, width] }, options);
    each((from, to) => (data[to] = cleaned.data[from]));
    nFlat += cleaned.flat.length;
  }
  return nFlat;
}
