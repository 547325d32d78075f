import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { openSource } from "../../core/open-source.ts";
import { parsePickle } from "./pickle.ts";
import type { PickleValue } from "./pickle-values.ts";

/** How to read a pickle. */
export interface ReadPickleOptions {
  /** Most bytes of memory that its values may take. Default 192 MiB, or 5 for each byte of the file if that is more. */
  readonly maxBytes?: number;
}

const optionNames: OptionNames<ReadPickleOptions> = { maxBytes: true };

/** V8 holds no longer array of bytes on every machine. */
const mostFileBytes = 2 ** 31 - 1;

/**
 * Read a `.pkl` file of plain data: numbers, text, lists, dictionaries (as `Map`) and numpy arrays, as the responses
 * of Algonauts 2021 are. Python would run whatever a pickle says; this reader makes plain data and refuses everything
 * else. Agrees with `pickle.load`.
 *
 * @throws Unsupported when the file asks for more than plain data; FileFormatError when it is damaged or claims more
 *   memory than its size allows; MissingFile.
 * @example
 * import { readPickle } from "tsrsa/io";
 * async function train(path: string) {
 *   const responses = await readPickle(path); // Map { "train" => { kind: "number", shape: [1000, 3, 200], … } }
 *   return responses instanceof Map ? responses.get("train") : undefined;
 * }
 */
export async function readPickle(
  input: FileInput,
  options: ReadPickleOptions = {},
): Promise<PickleValue> {
  checkOptions(options, optionNames);
  const source = await openSource(input);
  try {
    const { name, size } = source;
    if (size > mostFileBytes)
      throw new FileFormatError(name, "size", `at most ${mostFileBytes} bytes`, `${size}`, {
        advice: "save its arrays with numpy.save, one a file",
      });
    return parsePickle(await source.read(0, size), name, options.maxBytes);
  } finally {
    await source.close();
  }
}
