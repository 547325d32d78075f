import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { hdf5OpensByName } from "#platform/hdf5";
import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { isAddress } from "../../core/http/address.ts";
import { openSource } from "../../core/open-source.ts";
import { Hdf5File } from "./hdf5-file.ts";
import { RemoteFile } from "./remote-file.ts";
import { checkSignature } from "./signature.ts";
import { Hdf5Worker } from "./worker.ts";

/** How to open. */
export interface OpenHdf5Options {
  /**
   * Most bytes that the values of one reading may take. Default for packed values: 192 MiB, or 200 times the size of the
   * file if that is more.
   */
  readonly maxBytes?: number;
}

const openHdf5Names: OptionNames<OpenHdf5Options> = { maxBytes: true };

/**
 * Open an HDF5 file to read parts of it. The caller closes it.
 * Throws `MissingFile`, or `FileFormatError` for a file of another kind.
 *
 * @example
 * import { hdf5Bytes, openHdf5 } from "tsrsa/io";
 * const file = await openHdf5(await hdf5Bytes({ group: { k: new Float64Array([1, 2, 3]) } }));
 * await file.keys("/group"); // [ "k" ]
 * (await file.read("/group/k", { start: [1], count: [2] })).shape; // [ 2 ]
 * await file.close();
 */
export async function openHdf5(input: FileInput, options: OpenHdf5Options = {}): Promise<Hdf5File> {
  checkOptions(options, openHdf5Names);
  const source = await openSource(input);
  try {
    await checkSignature(source);
    const worker = new Hdf5Worker(source.name, source.size);
    if (options.maxBytes !== undefined) worker.allow(options.maxBytes);
    try {
      // A new thread takes its time, which is not the file's fault.
      await worker.call("ready", "HDF5 itself");
      await worker.call("open", "the whole file", await toGive(input, source, worker));
    } catch (error) {
      worker.release();
      throw error;
    }
    return new Hdf5File(source.name, source.size, worker, options.maxBytes);
  } finally {
    await source.close();
  }
}

/** Bytes of a file of which it is said that all of it is fetched. */
const WORTH_SAYING = 2 ** 20;

/** Where HDF5 finds the file: on the disk, or in its memory. */
async function toGive(input: FileInput, source: ByteSource, worker: Hdf5Worker): Promise<object> {
  const onServer = (typeof input === "string" || input instanceof URL) && isAddress(input);
  if (onServer && hdf5OpensByName) {
    const remote = new RemoteFile(source);
    worker.serve(remote);
    return { remote: remote.shared };
  }
  if (onServer && source.size > WORTH_SAYING)
    console.warn(`${source.name}: a page reads HDF5 whole: ${(source.size / 1e6).toFixed(1)} MB`);
  const onDisk = !onServer && (typeof input === "string" || input instanceof URL);
  if (onDisk && hdf5OpensByName) return { name: source.name };
  return { bytes: await source.read(0, source.size) };
}
