import { latin1Text } from "../../core/latin1.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { openSource } from "../../core/open-source.ts";
import { parsePreamble } from "./header.ts";
import { parsePickle } from "./pickle.ts";
import type { PickleValue } from "./pickle-values.ts";
import { parsePythonLiteral } from "./python-literal.ts";

const MOST_BYTES = 64 * 2 ** 20;

/** How to read a file of Python objects. */
export interface ReadNpyObjectOptions {
  /**
   * Most bytes of memory that its values may take, and of the file. Default 64 MiB of the file; of memory 192 MiB, or 5
   * for each byte of the file if that is more.
   */
  readonly maxBytes?: number;
}

const optionNames: OptionNames<ReadNpyObjectOptions> = { maxBytes: true };

/**
 * Read an `.npy` file of Python objects (dtype `O`), for example a dictionary saved with `numpy.save`. Python would
 * run whatever such a file says; this reader makes numbers, text, lists, dictionaries (as `Map`) and arrays, and
 * refuses everything else. A single object comes as itself, an array of objects as a flat list.
 *
 * Throws `Unsupported` when the file holds more than plain data, `FileFormatError` when it is damaged, larger than
 * 64 MB, or no file of objects (then {@link readNpy} reads it), `MissingFile`.
 *
 * @example
 * import { readNpyObject } from "tsrsa/io";
 * const roiNames = (path: string) => readNpyObject(path); // Map { 0 => "Unknown", 1 => "V1v", … }
 */
export async function readNpyObject(
  input: FileInput,
  options: ReadNpyObjectOptions = {},
): Promise<PickleValue> {
  checkOptions(options, optionNames);
  const most = Math.max(MOST_BYTES, options.maxBytes ?? 0);
  const source = await openSource(input);
  try {
    if (source.size > most)
      throw new FileFormatError(source.name, "size", `at most ${most} bytes`, `${source.size}`, {
        advice:
          "numbers are saved as a plain array, without pickle; raise maxBytes if you trust the file",
      });
    const bytes = await source.read(0, source.size);
    const preamble = parsePreamble(bytes.subarray(0, 12), bytes.length, source.name);
    checkObjects(bytes.subarray(preamble.start, preamble.end), source.name);
    return parsePickle(bytes.subarray(preamble.end), source.name, options.maxBytes);
  } finally {
    await source.close();
  }
}

function checkObjects(text: Uint8Array, file: string): void {
  const descr = descrOf(latin1Text(text), file);
  if (typeof descr === "string" && /^[|<>=]?O\d*$/.test(descr)) return;
  throw new FileFormatError(
    file,
    "header entry descr",
    "'|O' (Python objects)",
    `${String(descr)}`,
    {
      advice: "read a plain array with readNpy",
    },
  );
}

function descrOf(text: string, file: string): unknown {
  try {
    const header = parsePythonLiteral(text);
    if (typeof header === "object" && header !== null && "dict" in header)
      return header.dict.get("descr");
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new FileFormatError(file, "header", "a Python dictionary", cause.message, { cause });
  }
  throw new FileFormatError(file, "header", "a Python dictionary", text.slice(0, 40));
}
