import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { sizeOf, type NumericArray } from "../../core/matrix.ts";
import { openHdf5 } from "../hdf5/open-hdf5.ts";
import type { Hdf5File, Hdf5Object } from "../hdf5/hdf5-file.ts";
import { Budget } from "../budget/budget.ts";
import { asMatrix, type NpyArray } from "../npy/npy-array.ts";
import { cOrdered, inRows, isNumberClass, ofClass, textArray } from "./arrays.ts";
import type { MatCell, MatStruct, MatValue } from "./mat-value.ts";

const mostDepth = 64;
/** Cells that are described in one message. */
const cellsAtOnce = 256;
/** More structs, cells and values than this can only be in a file of so many bytes when they hold one another. */
const mostHolders = (fileBytes: number): number => 100 + fileBytes / 64;
const mostValues = (fileBytes: number): number => 100 + fileBytes / 8;

/** Where in a file reading is: how deep, and what was met on the way, all in all. */
interface Walk {
  readonly depth: number;
  readonly met: { values: number; holders: number };
  /** What all values together may take; each reading alone is checked by `Hdf5File`. */
  readonly budget: Budget;
}

/** Bytes of memory for each byte of a file. */
const mostRatio = 200;
/** What a value takes beside its data. */
const valueBytes = 400;

/** Variables of a MATLAB 7.3 file, which is HDF5 with MATLAB's marks in attributes. */
export async function readMat73(
  input: FileInput,
  maxBytes: number | undefined,
  wanted: (name: string) => boolean,
): Promise<Map<string, MatValue>> {
  const file = await openHdf5(input, { maxBytes });
  try {
    const values = new Map<string, MatValue>();
    const most = maxBytes === undefined ? undefined : Infinity;
    const budget = new Budget(file.name, file.size, { ratio: mostRatio, maxBytes: most });
    const walk = { depth: 0, met: { values: 0, holders: 0 }, budget };
    for (const name of await file.keys()) {
      // MATLAB keeps what cells point to in #refs#, and objects in #subsystem#.
      if (!name.startsWith("#") && wanted(name))
        values.set(name, await readAt(file, `/${name}`, walk));
    }
    return values;
  } finally {
    await file.close();
  }
}

async function readAt(file: Hdf5File, path: string, walk: Walk): Promise<MatValue> {
  checkWalk(file, path, walk);
  const found = await file.describe(path);
  walk.budget.take(valueBytes + 8 * sizeOf(found.shape), path);
  if (found.kind === "type")
    return { kind: "unreadable", what: "a named type, which holds no values" };
  const matlabClass = await classOf(file, path, found);
  if (found.attributes.includes("MATLAB_sparse"))
    return { kind: "unreadable", what: "a sparse matrix: save full(…) of it" };
  if (found.kind === "group") return readGroup(file, path, found, matlabClass, walk);
  if (await isEmpty(file, path, found)) return emptyOf(await file.read(path), matlabClass);
  if (matlabClass === "cell") return readCells(file, path, walk);
  const isNumber = isNumberClass(matlabClass) || matlabClass === "logical";
  if (!isNumber && matlabClass !== "char" && matlabClass !== "")
    return { kind: "unreadable", what: `a value of class ${matlabClass}` };
  return readArray(file, path, matlabClass);
}

function checkWalk(file: Hdf5File, path: string, { depth, met }: Walk): void {
  const fault = (expected: string) => new FileFormatError(file.name, path, expected, "more");
  if (depth > mostDepth) throw fault(`at most ${mostDepth} levels`);
  if (++met.values > mostValues(file.size) || met.holders > mostHolders(file.size))
    throw fault(`at most as many values as a file of ${file.size} bytes can hold`);
}

/** The way into a struct or cell array. */
function inside(walk: Walk): Walk {
  walk.met.holders++;
  return { ...walk, depth: walk.depth + 1 };
}

/** The attribute says 1; one that says 0 is as none. */
async function isEmpty(file: Hdf5File, path: string, { attributes }: Hdf5Object): Promise<boolean> {
  if (!attributes.includes("MATLAB_empty")) return false;
  const mark = await file.attribute(path, "MATLAB_empty");
  if (mark.kind === "number" || mark.kind === "bool") return mark.data[0] !== 0;
  if (mark.kind === "bigint") return mark.data[0] !== 0n;
  throw new FileFormatError(file.name, `${path}: MATLAB_empty`, "0 or 1", "another value");
}

async function classOf(file: Hdf5File, path: string, { attributes }: Hdf5Object): Promise<string> {
  if (!attributes.includes("MATLAB_class")) return "";
  const value = await file.attribute(path, "MATLAB_class");
  return value.kind === "string" ? value.data[0] : "";
}

async function readGroup(
  file: Hdf5File,
  path: string,
  { keys }: Hdf5Object,
  matlabClass: string,
  walk: Walk,
): Promise<MatValue> {
  if (matlabClass !== "struct" && matlabClass !== "")
    return { kind: "unreadable", what: `a value of class ${matlabClass}` };
  if (await isStructArray(file, path, keys)) return readStructArray(file, path, keys, walk);
  const element = new Map<string, MatValue>();
  const within = inside(walk);
  await file.prefetch(keys.map((key) => `${path}/${key}`));
  for (const key of keys) element.set(key, await readAt(file, `${path}/${key}`, within));
  return { kind: "struct", shape: [1, 1], fields: keys, data: [element] };
}

/** The fields of a struct array are references without a class; a cell in a single struct has the class cell. */
async function isStructArray(
  file: Hdf5File,
  path: string,
  keys: readonly string[],
): Promise<boolean> {
  if (keys.length === 0) return false;
  const field = await file.describe(`${path}/${keys[0]}`);
  return (
    field.kind === "dataset" &&
    field.dtype === undefined &&
    !field.attributes.includes("MATLAB_class")
  );
}

async function readStructArray(
  file: Hdf5File,
  path: string,
  fields: readonly string[],
  walk: Walk,
): Promise<MatStruct> {
  const columns = new Map<string, MatCell>();
  for (const field of fields) columns.set(field, await readCells(file, `${path}/${field}`, walk));
  const [first] = columns.values();
  for (const [field, { data }] of columns) {
    if (data.length !== first.data.length)
      throw new FileFormatError(
        file.name,
        `${path}/${field}`,
        `${first.data.length} values, as in the other fields`,
        `${data.length}`,
      );
  }
  const data = first.data.map(
    (_, at) => new Map([...columns].map(([field, column]) => [field, column.data[at]])),
  );
  return { kind: "struct", shape: first.shape, fields, data };
}

async function readCells(file: Hdf5File, path: string, walk: Walk): Promise<MatCell> {
  const { paths, shape } = await file.references(path);
  const cells: MatValue[] = [];
  const within = inside(walk);
  for (let from = 0; from < paths.length; from += cellsAtOnce) {
    const some = paths.slice(from, from + cellsAtOnce);
    await file.prefetch(some);
    for (const place of some) cells.push(await readAt(file, place, within));
    file.forget(some);
  }
  const own = matlabShape(shape);
  return { kind: "cell", shape: own, data: cOrdered(cells, own) };
}

async function readArray(file: Hdf5File, path: string, matlabClass: string): Promise<NpyArray> {
  const array = await file.read(path);
  const shape = matlabShape(array.shape);
  if (matlabClass === "char") return textArray(textOf(array, file.name, path), shape);
  if (array.kind === "string") return array;
  if (array.kind === "complex")
    return {
      ...array,
      shape,
      real: inRows<number, Float64Array | Float32Array>(array.real, shape),
      imag: inRows<number, Float64Array | Float32Array>(array.imag, shape),
    };
  if (array.kind === "bigint") {
    const data = inRows<bigint, BigInt64Array | BigUint64Array>(array.data, shape);
    return { ...array, shape, data };
  }
  const data = inRows<number, NumericArray>(asMatrix(array).data, shape);
  if (matlabClass === "logical")
    return ofClass(data, { shape, isLogical: true, numberClass: "uint8" });
  return array.kind === "bool"
    ? { ...array, shape, data: data as Uint8Array }
    : { ...array, shape, data };
}

/** HDF5 counts MATLAB's axes from the last. A single value is 1 × 1. */
function matlabShape(shape: readonly number[]): readonly number[] {
  if (shape.length === 0) return [1, 1];
  return shape.length === 1 ? [shape[0], 1] : [...shape].reverse();
}

function textOf(array: NpyArray, file: string, path: string): string {
  if (array.kind === "string") return array.data.join("");
  return Array.from(numbersOf(array), (code) => {
    if (Number.isInteger(code) && code >= 0 && code <= 0xffff) return String.fromCharCode(code);
    throw new FileFormatError(file, path, "character codes", `${code}`);
  }).join("");
}

/** Numbers that stand for something else: those beyond 2⁵³ need not be exact, as they can be nothing. */
function numbersOf(array: NpyArray): ArrayLike<number> {
  return array.kind === "bigint" ? Array.from(array.data, Number) : asMatrix(array).data;
}

/** An array without values: its shape stands where they would be. */
function emptyOf(array: NpyArray, matlabClass: string): MatValue {
  const shape = Array.from(numbersOf(array));
  if (sizeOf(shape) !== 0 || shape.some((length) => !Number.isSafeInteger(length) || length < 0))
    return { kind: "unreadable", what: "an array marked as empty that is not" };
  if (matlabClass === "cell") return { kind: "cell", shape, data: [] };
  if (matlabClass === "struct") return { kind: "struct", shape, fields: [], data: [] };
  if (matlabClass === "char") return textArray("", shape);
  const isLogical = matlabClass === "logical";
  const numberClass = isNumberClass(matlabClass) ? matlabClass : "double";
  return ofClass(new Float64Array(0), { shape, isLogical, numberClass });
}
