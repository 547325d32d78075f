import { checkEnd } from "../core/gate/vector.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { checkSameGrid, gridOf } from "./grid.ts";
import { openVolumes, type FunctionalImage, type VolumeSource } from "./image-source.ts";

/** Time courses of some voxels of an image, as {@link cleanVolumes} makes them: less to hold than the image. */
export interface VoxelSeries {
  /** nVoxels × nVolumes in C order: the time course of a voxel lies together. */
  readonly data: Float64Array;
  readonly nVolumes: number;
  /** Number of each voxel in C order of the whole grid (z fastest), ascending. */
  readonly voxels: Int32Array;
  /** Of the image: its grid and where it lies. */
  readonly header: VolumeSource["header"];
}

/**
 * What an analysis of voxels takes: an image (in memory, open, or a file), one image a run, in the order of the
 * volumes' labels, or cleaned time courses.
 */
export type FunctionalData = FunctionalImage | readonly FunctionalImage[] | VoxelSeries;

/** A source that may have only some voxels, of one run or several. */
export interface DataSource extends VolumeSource {
  /** Numbers of the voxels that batches have, ascending; undefined: all. */
  readonly voxels: Int32Array | undefined;
  /** Number of volumes of each image. */
  readonly runLengths: readonly number[];
}

/** Open what an analysis was given; a signal ends what is fetched for it. Throws `ShapeMismatch` for runs on different grids. */
export async function openData(data: FunctionalData, signal?: AbortSignal): Promise<DataSource> {
  if (isSeries(data)) return seriesSource(data);
  if (!isList(data)) {
    const source = await openVolumes(data, signal);
    return { ...source, voxels: undefined, runLengths: [source.nVolumes] };
  }
  checkEnd(data, "image");
  if (data.length === 0)
    throw new InvalidArgument("image", "an empty list", "give one image or more");
  return runsSource(data, signal);
}

function isList(data: FunctionalData): data is readonly FunctionalImage[] {
  return Array.isArray(data);
}

function isSeries(data: FunctionalData): data is VoxelSeries {
  return typeof data === "object" && data !== null && "voxels" in data && "header" in data;
}

function seriesSource({ data, nVolumes, voxels, header }: VoxelSeries): DataSource {
  return {
    header,
    nVolumes,
    voxels,
    runLengths: [nVolumes],
    async *batches() {
      yield await Promise.resolve({ data, first: 0, nVolumes });
    },
    close: async () => {},
  };
}

async function runsSource(
  images: readonly FunctionalImage[],
  signal: AbortSignal | undefined,
): Promise<DataSource> {
  const sources: VolumeSource[] = [];
  const close = async (): Promise<void> => {
    for (const source of sources) await source.close();
  };
  try {
    for (const [i, image] of images.entries()) {
      const source = await openVolumes(image, signal);
      sources.push(source);
      checkSameGrid(gridOf(sources[0].header), gridOf(source.header), `run ${i + 1}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const runLengths = sources.map(({ nVolumes }) => nVolumes);
  return {
    header: sources[0].header,
    nVolumes: runLengths.reduce((sum, n) => sum + n, 0),
    voxels: undefined,
    runLengths,
    close,
    async *batches(job: JobOptions) {
      let before = 0;
      for (const source of sources) {
        for await (const batch of source.batches(job))
          yield { ...batch, first: before + batch.first };
        before += source.nVolumes;
      }
    },
  };
}
