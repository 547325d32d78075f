import { numbers } from "../core/gate/kinds.ts";
import type { FileInput } from "../core/byte-source.ts";
import { ShapeMismatch } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { openNifti, type NiftiImage, type NiftiReader } from "../io/nifti/index.ts";
import { gridOf, nVoxelsOf, type Gridded } from "./grid.ts";

/**
 * A functional image: in memory, opened with `openNifti`, or a file to be read. Of the latter two only a few volumes
 * are in memory at a time. Volumes are the fourth axis.
 */
export type FunctionalImage =
  (Gridded & Pick<NiftiImage, "data"> & Partial<NiftiImage>) | NiftiReader | FileInput;

/** Some volumes of an image: the value of voxel v in volume t is `data[v * nVolumes + t − first]`. */
export interface VolumeBatch {
  readonly data: ArrayLike<number>;
  readonly first: number;
  readonly nVolumes: number;
}

/** An image whose volumes can be gone through. */
export interface VolumeSource {
  readonly header: Gridded & Partial<Omit<NiftiImage, "data">>;
  readonly nVolumes: number;
  /** All volumes in order, some at a time. Throws `Cancelled`, `FileFormatError`. */
  batches(job: JobOptions): AsyncIterable<VolumeBatch>;
  /** Closes what was opened here. */
  close(): Promise<void>;
}

/** Open what a function was given; a signal ends what is fetched for it. */
export async function openVolumes(
  image: FunctionalImage,
  signal?: AbortSignal,
): Promise<VolumeSource> {
  if (isInMemory(image)) return memorySource(checked(image));
  if (isReader(image)) return readerSource(checked(image), async () => {});
  const reader = await openNifti(image, { signal });
  try {
    return readerSource(checked(reader), () => reader.close());
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/** Throws `ShapeMismatch` where it is not clear what a volume is. */
function checked<T extends Gridded>(image: T): T {
  gridOf(image);
  if (image.shape.slice(3).filter((n) => n > 1).length < 2) return image;
  throw new ShapeMismatch(
    "an image of x × y × z × volumes",
    image.shape.join(" × "),
    "choose along the axes after the fourth first",
  );
}

type ImageInMemory = Extract<FunctionalImage, Gridded & Pick<NiftiImage, "data">>;

function isInMemory(image: FunctionalImage): image is ImageInMemory {
  return typeof image === "object" && image !== null && "data" in image && "affine" in image;
}

function isReader(image: NiftiReader | FileInput): image is NiftiReader {
  return typeof image === "object" && image !== null && "readVolumes" in image;
}

function memorySource(image: ImageInMemory): VolumeSource {
  numbers(image.data, "data of the image");
  const nVolumes = image.shape.slice(3).reduce((product, n) => product * n, 1);
  const size = nVoxelsOf(gridOf(image)) * nVolumes;
  if (image.data.length !== size)
    throw new ShapeMismatch(
      `${size} values for ${image.shape.join(" × ")}`,
      `${image.data.length}`,
    );
  return {
    header: image,
    nVolumes,
    async *batches({ signal }) {
      throwIfCancelled(signal, "reading volumes");
      yield await Promise.resolve({ data: image.data, first: 0, nVolumes });
    },
    close: async () => {},
  };
}

/** Bytes of volumes in memory at a time. */
const batchBytes = 1 << 26;

function readerSource(reader: NiftiReader, close: () => Promise<void>): VolumeSource {
  const perVolume = 8 * reader.shape.slice(0, 3).reduce((product, n) => product * n, 1);
  const atOnce = Math.max(1, Math.floor(batchBytes / perVolume));
  return {
    header: reader,
    nVolumes: reader.nVolumes,
    close,
    async *batches({ signal, onProgress }) {
      // A callback counts patches; reading shows itself only where a live line is shown.
      const shown = onProgress === undefined || onProgress === true;
      const line = reporter({ onProgress: shown }, "reading volumes", reader.nVolumes);
      for (let first = 0; first < reader.nVolumes; first += atOnce) {
        const last = Math.min(first + atOnce, reader.nVolumes);
        const { data } = await reader.readVolumes(first, last, { signal });
        yield { data, first, nVolumes: last - first };
        line.update(last);
      }
      line.finish();
    },
  };
}
