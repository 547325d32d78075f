import type { FileInput } from "../../core/byte-source.ts";
import { text } from "../../core/gate/kinds.ts";
import type { NpyArray } from "./npy-array.ts";
import { readNpz } from "./npz.ts";

/**
 * Read one array of an `.npz` file. Throws `UnknownOption` for a name that the file lacks, with the nearest one, and what
 * `readNpz` throws.
 *
 * @param name - without `.npy`.
 * @example
 * import { asStrings, npzBytes, readNpzArray } from "tsrsa/io";
 * const file = await npzBytes({ filenames: ["f001.bmp", "f002.bmp"], k: [7] });
 * asStrings(await readNpzArray(file, "filenames")); // [ 'f001.bmp', 'f002.bmp' ]
 */
export async function readNpzArray(input: FileInput, name: string): Promise<NpyArray> {
  text(name, "name");
  const [array] = (await readNpz(input, { names: [name] })).values();
  return array;
}
