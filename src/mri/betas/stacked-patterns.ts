import type { JobOptions } from "../../core/job.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { readNifti } from "../../io/nifti/index.ts";
import { Table } from "../../table/table.ts";
import { Patterns, type RunResiduals } from "../glm/index.ts";
import { checkSameGrid, gridOf, type Volume } from "../grid.ts";
import { maskFor } from "../masks.ts";
import type { Placement } from "../score-map.ts";

/** An image of one pattern, and what it is of. */
export interface PatternFile {
  readonly path: string;
  readonly item: string;
  readonly run: string;
}

/** What patterns of images are made with. */
export interface StackOptions {
  /** The voxels wanted. Default: those that are finite and not 0 in all images. */
  readonly mask?: Volume;
  readonly notes: readonly string[];
  readonly residuals: (voxels: Int32Array, job: JobOptions) => Promise<RunResiduals[]>;
}

/** Patterns of images on one grid. Throws `ShapeMismatch` for another grid, `InvalidArgument` where no voxel is left. */
export async function stackPatterns(
  files: readonly PatternFile[],
  { mask, notes, residuals }: StackOptions,
): Promise<Patterns> {
  const volumes: Float64Array[] = [];
  let header: Placement | undefined;
  for (const { path } of files) {
    const { data, ...own } = await readNifti(path);
    if (header !== undefined) checkSameGrid(gridOf(header), gridOf(own), path);
    header ??= own;
    volumes.push(data);
  }
  return new Patterns(patternsOf(files, volumes, header as Placement, { mask, notes, residuals }));
}

function patternsOf(
  files: readonly PatternFile[],
  volumes: readonly Float64Array[],
  header: Placement,
  { mask, notes, residuals }: StackOptions,
) {
  const wanted = mask === undefined ? undefined : maskFor(gridOf(header), mask, "mask").data;
  const voxels = Int32Array.from(volumes[0].keys()).filter(
    (v) =>
      (wanted === undefined || wanted[v] === 1) &&
      volumes.every(
        (volume) => Number.isFinite(volume[v]) && (wanted !== undefined || volume[v] !== 0),
      ),
  );
  if (voxels.length === 0)
    throw new InvalidArgument("mask", "no voxel", "no voxel has a number in all of the images");
  const lost = wanted === undefined ? 0 : wanted.reduce((sum, one) => sum + one, 0) - voxels.length;
  return {
    values: volumes.map((volume) => Float64Array.from(voxels, (v) => volume[v])),
    table: new Table({ item: files.map(({ item }) => item), run: files.map(({ run }) => run) }),
    voxels,
    header,
    notes: lost > 0 ? [...notes, `${lost} voxels of the mask have no number in some image`] : notes,
    residuals: (job: JobOptions) => residuals(voxels, job),
  };
}
