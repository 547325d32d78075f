import { absolutePath, sha256OfFile } from "#platform/block-files";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import { openData, type DataSource, type FunctionalData } from "../functional-data.ts";
import { positionsIn } from "../read-patterns.ts";
import { streamRun } from "./stream-run.ts";
import { withRun } from "./opened-run.ts";

/** Volumes of a run for another process: a file where it lies, or the time courses of the voxels. */
export type StoredVolumes =
  | { readonly file: string; readonly sha256: string }
  | { readonly nVolumes: number; readonly series: Float64Array };

/** A file is named, with its hash; anything else is read. */
export async function storeVolumes(
  image: FunctionalData,
  source: DataSource,
  voxels: Int32Array,
  job: JobOptions,
): Promise<StoredVolumes> {
  if (typeof image === "string" && !/^\w+:\/\//.test(image)) {
    const file = absolutePath(image);
    const sha256 = await sha256OfFile(file);
    if (sha256 !== undefined) return { file, sha256 };
  }
  const { nVolumes } = source;
  const series = new Float64Array(voxels.length * nVolumes);
  const all = Int32Array.from({ length: nVolumes }, (_, at) => at);
  const positions = positionsIn(source, voxels);
  for await (const { first, count, read } of streamRun(source, positions, all, job))
    voxels.forEach((_, v) => read(v, series.subarray(v * nVolumes + first).subarray(0, count)));
  return { nVolumes, series };
}

/** Open them again. Throws `MissingFile`, and `FileFormatError` for a file that was changed. */
export async function withVolumes<Result>(
  stored: StoredVolumes,
  voxels: Int32Array,
  use: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  if (!("file" in stored)) {
    const { series: data, nVolumes } = stored;
    const header = { shape: [voxels.length, 1, 1, nVolumes], affine: [] };
    return use(await openData({ data, nVolumes, voxels, header }));
  }
  const { file, sha256 } = stored;
  const found = await sha256OfFile(file);
  if (found === undefined)
    throw new MissingFile(file, "the plan was made of this file: put it back, or plan anew");
  if (found !== sha256) throw new FileFormatError(file, "SHA-256", sha256, found);
  return withRun(file, use);
}
