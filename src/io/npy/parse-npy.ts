import { bytesSource, openSource } from "../../core/open-source.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import type { Budget } from "../budget/budget.ts";
import { decodeArray } from "./decode.ts";
import { parseHeader, parsePreamble, type NpyHeader } from "./header.ts";
import type { NpyArray } from "./npy-array.ts";

/**
 * Read an `.npy` file, as `numpy.load` does: every number type, 64-bit integers, truth values, text, complex;
 * C or Fortran order, either byte order. The data comes in C order. Functions that want numbers take
 * `asMatrix(await readNpy(path))`, and labels are `asStrings(await readNpy(path))`: a file may hold either.
 *
 * Throws `FileFormatError` when the file is damaged, cut short or of another kind, `Unsupported` for pickled objects,
 * structured arrays and dates, `MissingFile`.
 *
 * @example
 * import { npyBytes, readNpy } from "tsrsa/io";
 * const array = await readNpy(npyBytes({ data: new Float32Array([1, 2, 3, 4]), shape: [2, 2] }));
 * array.shape; // [2, 2]
 * array.dtype; // "<f4"
 */
export async function readNpy(input: FileInput): Promise<NpyArray> {
  const source = await openSource(input);
  try {
    const { header, dataStart } = await readHeader(source);
    const bytes = await source.read(dataStart, source.size - dataStart);
    return decodeArray(owned(bytes), header, source.name);
  } finally {
    await source.close();
  }
}

/**
 * Read the bytes of an `.npy` file; see {@link readNpy}. `name` is what messages call them. The bytes are not kept.
 *
 * @example
 * import { npyBytes, parseNpy } from "tsrsa/io";
 * const array = parseNpy(npyBytes([1.5, 2.5]));
 * array.kind; // "number"
 */
export function parseNpy(bytes: Uint8Array, name?: string): NpyArray {
  return parseNpyWithin(bytes, name ?? bytesSource(bytes).name);
}

/** As {@link parseNpy}, of a file that has unpacked to these bytes and whose texts must fit its budget. */
export function parseNpyWithin(bytes: Uint8Array, name: string, budget?: Budget): NpyArray {
  if (!(bytes instanceof Uint8Array))
    throw new InvalidArgument("bytes", bytes, "give the bytes of an .npy file as a Uint8Array");
  const preamble = parsePreamble(bytes.subarray(0, 12), bytes.length, name);
  const text = bytes.subarray(preamble.start, preamble.end);
  const header = parseHeader(text, preamble.version, bytes.length - preamble.end, name);
  if (header.dtype.letter === "S" || header.dtype.letter === "U")
    budget?.takeObjects(header.count, "texts", 8 + (header.dtype.itemBytes > 1 ? 32 : 0));
  return decodeArray(new Uint8Array(bytes.subarray(preamble.end)), header, name);
}

/** Magic, version and header of an `.npy` file, and where its data begin. */
export async function readHeader(
  source: ByteSource,
): Promise<{ header: NpyHeader; dataStart: number }> {
  const start = await source.read(0, Math.min(12, source.size));
  const preamble = parsePreamble(start, source.size, source.name);
  const text = await source.read(preamble.start, preamble.end - preamble.start);
  const dataBytes = source.size - preamble.end;
  const header = parseHeader(text, preamble.version, dataBytes, source.name);
  return { header, dataStart: preamble.end };
}

/** A source over memory lends its bytes; one over a file gives them away, and a copy would cost
 * twice the memory. The copy is the constructor's: a Buffer's own `slice` is a view. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
