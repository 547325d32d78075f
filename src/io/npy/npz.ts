import { isRecord, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { writePath } from "#platform/files";
import { joinBytes } from "../../core/bytes.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import { Budget } from "../budget/budget.ts";
import {
  readZipDirectory,
  readZipEntry,
  zipChunks,
  type ZipEntry,
  type ZipLimits,
} from "../zip/index.ts";
import type { NpyArray } from "./npy-array.ts";
import { npyBytes, type NpyInput } from "./npy-bytes.ts";
import { parseNpyWithin } from "./parse-npy.ts";

/** Bytes in memory for each of a packed file, unless `maxRatio` says otherwise. */
const packedRatio = 200;

/** Which arrays to read, and what the file may claim. */
export interface ReadNpzOptions extends ZipLimits {
  /** Only these arrays, for example to leave a pickled one alone. Default: all. */
  readonly names?: readonly string[];
}

/** How to write an `.npz` file. */
export interface WriteNpzOptions {
  /** Compress, as `numpy.savez_compressed` does. Default: false, as `numpy.savez`. */
  readonly compress?: boolean;
}

const readNpzNames: OptionNames<ReadNpzOptions> = {
  names: texts,
  maxEntries: true,
  maxTotalBytes: true,
  maxRatio: true,
};

/**
 * Read an `.npz` file (stored or compressed): its arrays by name, without `.npy`, in the order of the file.
 * Each member's CRC-32 is checked.
 *
 * Throws `FileFormatError` when the file is damaged, unsafe or claims too much, `UnknownOption` for a name it lacks,
 * and what {@link readNpy} throws.
 *
 * @example
 * import { npzBytes, readNpz } from "tsrsa/io";
 * const file = await npzBytes({ filenames: ["f001.bmp", "f002.bmp"], k: [7] });
 * const arrays = await readNpz(file);
 * [...arrays.keys()]; // ["filenames", "k"]
 */
export async function readNpz(
  input: FileInput,
  options: ReadNpzOptions = {},
): Promise<Map<string, NpyArray>> {
  checkOptions(options, readNpzNames);
  const source = await openSource(input);
  try {
    const entries = byName(await readZipDirectory(source, options), source.name);
    const { maxRatio: ratio = packedRatio } = options;
    const budget = new Budget(source.name, source.size, { ratio });
    const arrays = new Map<string, NpyArray>();
    for (const name of options.names ?? entries.keys()) {
      const entry = entries.get(name);
      if (entry === undefined)
        throw new UnknownOption(`array in ${source.name}`, name, [...entries.keys()]);
      budget.take(entry.bytes, name);
      const bytes = await readZipEntry(source, entry);
      arrays.set(name, parseNpyWithin(bytes, `${source.name}: ${name}`, budget));
    }
    return arrays;
  } finally {
    await source.close();
  }
}

const writeNpzNames: OptionNames<WriteNpzOptions> = { compress: true };

/**
 * Write arrays to an `.npz` file that numpy reads. The same arrays give the same bytes.
 * Throws what {@link writeNpy} throws.
 *
 * @example
 * import { npzBytes } from "tsrsa/io";
 * // await writeNpz("embeddings.npz", { filenames, embeddings }) writes the same as
 * const file = await npzBytes({ k: [7] }, { compress: true });
 */
export async function writeNpz(
  path: string | URL,
  arrays: Readonly<Record<string, NpyInput>>,
  options: WriteNpzOptions = {},
): Promise<void> {
  checkOptions(options, writeNpzNames);
  await writePath(path, await npzChunks(arrays, options));
}

/**
 * The bytes of an `.npz` file; see {@link writeNpz}.
 *
 * @example
 * import { npzBytes, readNpz } from "tsrsa/io";
 * const arrays = await readNpz(await npzBytes({ items: ["a", "b"] }));
 * arrays.get("items")?.dtype; // "<U1"
 */
export async function npzBytes(
  arrays: Readonly<Record<string, NpyInput>>,
  options: WriteNpzOptions = {},
): Promise<Uint8Array> {
  checkOptions(options, writeNpzNames);
  return joinBytes(await npzChunks(arrays, options));
}

function npzChunks(arrays: Readonly<Record<string, NpyInput>>, options: WriteNpzOptions) {
  if (!isRecord(arrays))
    throw new InvalidArgument("arrays", arrays, "give arrays by name, as { k: [7] }");
  const members = Object.entries(arrays).map(([name, array]) => {
    return { name: `${name}.npy`, bytes: npyBytes(array) };
  });
  return zipChunks(members, { deflate: options.compress ?? false });
}

function byName(entries: readonly ZipEntry[], file: string): Map<string, ZipEntry> {
  const named = new Map<string, ZipEntry>();
  for (const entry of entries) {
    if (!entry.name.endsWith(".npy"))
      throw new FileFormatError(file, "member name", "one ending in .npy", entry.name, {
        advice: "this is a zip file of another kind; unpack it first",
      });
    named.set(entry.name.slice(0, -4), entry);
  }
  return named;
}
