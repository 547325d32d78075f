import { FileFormatError, Unsupported } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";
import { Budget } from "../budget/budget.ts";
import { otherFile } from "./worker.ts";
import type { RawFilter, RawType } from "./types.ts";

/** Deflate cannot pack more than about this many bytes into one. */
const mostPacked = 1032;

/** Bytes of memory for each byte of a file whose values are packed. */
const mostRatio = 200;

/** HDF5 unpacks a chunk whole, so that a small file could ask for all memory there is. */
const mostChunkBytes = 512 * 2 ** 20;
const plainChunkBytes = 128 * 2 ** 20;

/** scaleoffset. */
const lastOwnFilter = 6;

/** What a data set is read from. */
export interface Storage {
  readonly file: string;
  readonly fileBytes: number;
  readonly path: string;
  readonly filters: readonly RawFilter[];
  /** Bytes that one reading may take, where the user says so. */
  readonly maxBytes: number | undefined;
}

/**
 * The shape of a data set whose declared size the file can hold. Throws `FileFormatError` when it cannot,
 * `Unsupported` for one that takes its data from other files, or has enormous chunks.
 */
export function checkedShape(type: RawType, storage: Storage): readonly number[] {
  const { file, fileBytes, path, filters } = storage;
  const [source] = type.virtual_sources ?? [];
  if (source !== undefined) throw otherFile(file, path, source.file_name);
  const foreign = filters.find(({ id }) => id > lastOwnFilter);
  if (foreign !== undefined) {
    throw new Unsupported(
      `${file}: ${path} is packed by the filter ${JSON.stringify(foreign.name)}, which HDF5 itself does not have`,
      "write it with gzip, for example with h5repack -f GZIP=4",
    );
  }
  const shape = type.shape ?? [0];
  const nBytes = sizeOf(shape) * type.size;
  const most = fileBytes * (filters.length > 0 ? mostPacked : 1);
  if (!Number.isSafeInteger(nBytes) || nBytes > most) {
    throw new FileFormatError(
      file,
      path,
      `at most ${most} bytes of values in a file of ${fileBytes} bytes`,
      `a shape of (${shape.join(", ")}), which is ${nBytes} bytes`,
    );
  }
  checkChunks(type, storage);
  return shape;
}

/** Throws `FileFormatError` when so many values are more than a file of this size may take of memory. */
export function checkTaken(values: number, type: RawType, storage: Storage): void {
  const { file, fileBytes, path, filters, maxBytes } = storage;
  const ratio = filters.length > 0 ? mostRatio : Infinity;
  new Budget(file, fileBytes, { ratio, maxBytes }).take(values * type.size, path);
}

function checkChunks(type: RawType, { file, fileBytes, path, maxBytes }: Storage): void {
  const chunkBytes = sizeOf(type.chunks ?? [0]) * type.size;
  const most = Math.min(mostChunkBytes, Math.max(plainChunkBytes, mostRatio * fileBytes));
  if (chunkBytes > (maxBytes ?? most)) {
    throw new Unsupported(
      `${file}: ${path} has chunks of ${chunkBytes} bytes`,
      `write it in chunks of less than ${most} bytes, for example with h5repack`,
    );
  }
}
