import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { InvalidArgument, ShapeMismatch, Unsupported } from "../../core/errors.ts";
import { numbers } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Matrix, NumericArray } from "../../core/matrix.ts";
import { openSource } from "../../core/open-source.ts";
import { decodeArray } from "./decode.ts";
import type { NpyHeader } from "./header.ts";
import { asMatrix } from "./npy-array.ts";
import { readHeader } from "./parse-npy.ts";

/** Which part of a matrix to read, in the order wanted. */
export interface NpyPart {
  /** Rows by place. Default: all. */
  readonly rows?: ArrayLike<number>;
  /** Columns by place. Default: all. */
  readonly columns?: ArrayLike<number>;
}

const partNames: OptionNames<NpyPart> = { rows: numbers, columns: numbers };

/** Bytes read at once; rows that follow each other come together. */
const CHUNK_BYTES = 8 * 2 ** 20;
/** Bytes between two wanted stretches of a row that are cheaper read than skipped. */
const WORTH_SKIPPING = 1 << 16;

/**
 * Read some rows and columns of a matrix in an `.npy` file; the rest of the file is not read. The numbers are those of
 * `numpy.load(file)[rows][:, columns]`, in C order, of the file's type.
 *
 * Throws `ShapeMismatch` when the array has not two axes, `InvalidArgument` for a place outside it or an array of
 * text, `Unsupported` for complex numbers, and what {@link readNpy} throws.
 *
 * @example
 * import { readNpyPart } from "tsrsa/io";
 * import { npyBytes } from "tsrsa/io";
 * const file = npyBytes({ data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
 * const part = await readNpyPart(file, { rows: [1], columns: [2, 0] });
 * part.data; // Float32Array(2) [ 6, 4 ]
 */
export async function readNpyPart(
  input: FileInput,
  part: NpyPart = {},
): Promise<Matrix<NumericArray>> {
  checkOptions(part, partNames);
  const source = await openSource(input);
  try {
    const { header, dataStart } = await readHeader(source);
    const { dtype, shape, fortran } = header;
    if (shape.length !== 2)
      throw new ShapeMismatch(`a matrix in ${source.name}`, `shape (${shape.join(", ")})`);
    if (dtype.letter === "c")
      throw new Unsupported(
        `${source.name} holds complex numbers`,
        "read it whole with readNpy and take its real or imag part",
      );
    const rows = places("rows", part.rows, shape[0]);
    const columns = places("columns", part.columns, shape[1]);
    // In Fortran order the columns lie one after the other, as rows do in C order.
    const [outer, inner] = fortran ? [columns, rows] : [rows, columns];
    const width = shape[fortran ? 0 : 1];
    const bytes = await readLines(source, dataStart, { outer, inner, width }, dtype.itemBytes);
    const found = { dtype, fortran, shape: [rows.length, columns.length] };
    return asMatrix(decodeArray(bytes, withCount(found), source.name));
  } finally {
    await source.close();
  }
}

/**
 * The shape of an array in an `.npy` file, from its header alone.
 *
 * @example
 * import { npyBytes, readNpyShape } from "tsrsa/io";
 * await readNpyShape(npyBytes([1, 2, 3])); // [ 3 ]
 */
export async function readNpyShape(input: FileInput): Promise<readonly number[]> {
  const source = await openSource(input);
  try {
    return (await readHeader(source)).header.shape;
  } finally {
    await source.close();
  }
}

function withCount(header: Omit<NpyHeader, "count">): NpyHeader {
  return { ...header, count: header.shape[0] * header.shape[1] };
}

function places(axis: string, wanted: ArrayLike<number> | undefined, length: number): number[] {
  const list = Array.from(wanted ?? { length }, (place, at) => (place as number | undefined) ?? at);
  const bad = list.find((place) => !Number.isInteger(place) || place < 0 || place >= length);
  if (bad === undefined) return list;
  throw new InvalidArgument(axis, bad, `there are ${length} of them, counted from 0`);
}

interface Lines {
  readonly outer: readonly number[];
  readonly inner: readonly number[];
  /** Elements of a whole line. */
  readonly width: number;
}

/** Read line by line, each from its first to its last wanted element; near lines come in one piece. */
async function readLines(source: ByteSource, start: number, lines: Lines, itemBytes: number) {
  const { outer, inner, width } = lines;
  const out = new Uint8Array(outer.length * inner.length * itemBytes);
  if (out.length === 0) return out;
  const first = inner.reduce((least, place) => Math.min(least, place), width);
  const last = inner.reduce((most, place) => Math.max(most, place), 0);
  for (const run of runsOf(outer, width * itemBytes, (width - (last - first + 1)) * itemBytes)) {
    const from = outer[run.from] * width + first;
    const span = (outer[run.to] - outer[run.from]) * width + last - first + 1;
    const bytes = await source.read(start + from * itemBytes, span * itemBytes);
    for (let line = run.from; line <= run.to; line++) {
      const lineStart = outer[line] * width - from;
      const target = line * inner.length * itemBytes;
      takeItems(bytes, lineStart, inner, itemBytes, out.subarray(target));
    }
  }
  return out;
}

/** Stretches of lines that follow each other in the file and are read at once. */
function* runsOf(outer: readonly number[], lineBytes: number, skippable: number) {
  const most = skippable > WORTH_SKIPPING ? 1 : Math.max(1, Math.floor(CHUNK_BYTES / lineBytes));
  for (let from = 0; from < outer.length;) {
    let to = from;
    while (to + 1 < outer.length && to + 1 - from < most && outer[to + 1] === outer[to] + 1) to++;
    yield { from, to };
    from = to + 1;
  }
}

function takeItems(
  bytes: Uint8Array,
  lineStart: number,
  inner: readonly number[],
  itemBytes: number,
  out: Uint8Array,
): void {
  inner.forEach((place, i) => {
    const from = (lineStart + place) * itemBytes;
    for (let b = 0; b < itemBytes; b++) out[i * itemBytes + b] = bytes[from + b];
  });
}
