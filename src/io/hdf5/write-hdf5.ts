import { replacePath, writePath } from "#platform/files";
import { hdf5OpensByName } from "#platform/hdf5";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { isRecord, texts } from "../../core/gate/kinds.ts";
import { toVector } from "../../core/gate/vector.ts";
import { sizeOf, type Matrix, type NumericArray } from "../../core/matrix.ts";
import { checkText, fixedText, ownDtype } from "./encode.ts";
import { Hdf5Worker } from "./worker.ts";

/** A matrix that is written row by row, because it may be longer than memory. */
export interface Hdf5Rows {
  readonly shape: readonly [number, number];
  readonly rows: Iterable<Float64Array> | AsyncIterable<Float64Array>;
}

/**
 * What can be written: arrays, matrices and lists of numbers become data sets, a list of strings a data set of
 * fixed-length text, a number a single value, a string an attribute of its group, and an object a group.
 */
export type Hdf5Input =
  | NumericArray
  | BigInt64Array
  | BigUint64Array
  | Matrix
  | readonly string[]
  | readonly number[]
  | string
  | number
  | Hdf5Rows
  | Hdf5Tree;

/** A group: names and what they hold. */
export interface Hdf5Tree {
  readonly [name: string]: Hdf5Input;
}

/**
 * Write an HDF5 file that h5py reads. The file gets its name only when it is complete; the same content gives the
 * same bytes. Throws `InvalidArgument` for names and values that HDF5 cannot hold, `ShapeMismatch` for rows that do
 * not fit.
 *
 * @example
 * import { hdf5Bytes } from "tsrsa/io";
 * // await writeHdf5("data.h5", { k: new Float64Array([1, 2]) }) writes the same as
 * const file = await hdf5Bytes({ k: new Float64Array([1, 2]) });
 */
export async function writeHdf5(path: string | URL, content: Hdf5Tree): Promise<void> {
  // HDF5 of a page knows no disk; the page may keep files.
  if (!hdf5OpensByName) return writePath(path, [await hdf5Bytes(content)]);
  await replacePath(path, async (name) => {
    await write(String(path), { name, write: true }, content);
  });
}

/**
 * The bytes of an HDF5 file; see {@link writeHdf5}.
 *
 * @example
 * import { hdf5Bytes, openHdf5 } from "tsrsa/io";
 * const file = await openHdf5(await hdf5Bytes({ roi: ["LHPPA", "RHPPA"], subject: "CSI1" }));
 * (await file.read("/roi")).data; // [ "LHPPA", "RHPPA" ]
 * (await file.attribute("/", "subject")).data; // [ "CSI1" ]
 * await file.close();
 */
export async function hdf5Bytes(content: Hdf5Tree): Promise<Uint8Array> {
  const bytes = await write("(bytes in memory)", { write: true }, content);
  return new Uint8Array(bytes ?? new ArrayBuffer(0));
}

async function write(
  name: string,
  file: object,
  content: Hdf5Tree,
): Promise<ArrayBuffer | undefined> {
  const worker = new Hdf5Worker(name);
  try {
    await worker.call("open", "the whole file", file);
    try {
      await writeGroup(worker, "", content);
    } catch (error) {
      await worker.call("close", "the whole file").catch(() => {});
      throw error;
    }
    return (await worker.call("close", "the whole file")) as ArrayBuffer | undefined;
  } finally {
    worker.release();
  }
}

async function writeGroup(worker: Hdf5Worker, group: string, content: Hdf5Tree): Promise<void> {
  checkGroup(group, content);
  for (const [name, value] of Object.entries(content)) {
    if (name === "" || name === "." || name.includes("/"))
      throw new InvalidArgument("name", name, "HDF5 allows no / in a name, and none that is empty");
    checkText(name);
    await writeValue(worker, group, name, value);
  }
}

/** What is neither a value that HDF5 has nor named values is no empty group. */
function checkGroup(group: string, content: unknown): void {
  if (isRecord(content)) return;
  throw new InvalidArgument(
    group === "" ? "content" : group,
    content,
    "give text, a number, a list of these, a typed array, a matrix, or these by name",
  );
}

async function writeValue(
  worker: Hdf5Worker,
  group: string,
  name: string,
  value: Hdf5Input,
): Promise<void> {
  const path = `${group}/${name}`;
  const create = (data: unknown, shape: readonly number[], dtype: string) =>
    worker.call("createDataset", path, { path, data, shape, dtype });
  if (typeof value === "string") {
    checkText(value);
    const args = { path: group === "" ? "/" : group, name, data: value, dtype: "S" };
    await worker.call("createAttribute", path, args);
  } else if (typeof value === "number") await create([value], [], "<d");
  else if (ArrayBuffer.isView(value) && "length" in value)
    await create(value, [value.length], ownDtype(value));
  else if (isNumberList(value)) {
    const data = toVector(value, path);
    await create(data, [data.length], "<d");
  } else if (isTexts(value)) {
    texts(value, path);
    const { data, dtype } = fixedText(value);
    await create(data, [data.length], dtype);
  } else if (!isRecord(value)) checkGroup(path, value);
  else if (isRows(value)) await writeRows(worker, path, value);
  else if (isMatrix(value)) await create(value.data, value.shape, ownDtype(value.data));
  else {
    await worker.call("createGroup", path, { path });
    await writeGroup(worker, path, value);
  }
}

async function writeRows(
  worker: Hdf5Worker,
  path: string,
  { shape, rows }: Hdf5Rows,
): Promise<void> {
  await worker.call("createEmpty", path, { path, shape, dtype: "<d" });
  let at = 0;
  for await (const row of rows) {
    if (row.length !== shape[1] || at >= shape[0])
      throw new ShapeMismatch(
        `${shape[0]} rows of ${shape[1]} values for ${path}`,
        `row ${at} of ${row.length} values`,
      );
    for (let from = 0; from < row.length; from += slabLength) {
      const data = row.slice(from, from + slabLength);
      const args = { path, offset: [at, from], count: [1, data.length], data };
      await worker.call("writeSlab", path, args);
    }
    at++;
  }
  if (at < shape[0])
    throw new ShapeMismatch(`${shape[0]} rows for ${path}`, `${at}`, "give all of them");
}

/** Values sent to HDF5 at once. */
const slabLength = 2 ** 21;

function isNumberList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && typeof value[0] !== "string";
}

function isTexts(value: Hdf5Input): value is readonly string[] {
  return Array.isArray(value);
}

function isRows(value: object): value is Hdf5Rows {
  return "rows" in value && "shape" in value && Array.isArray(value.shape);
}

function isMatrix(value: object): value is Matrix {
  const matrix = value as Partial<Matrix>;
  if (!ArrayBuffer.isView(matrix.data) || !Array.isArray(matrix.shape)) return false;
  const [expected, found] = [sizeOf(matrix.shape as number[]), matrix.data.length];
  if (expected !== found)
    throw new ShapeMismatch(
      `${expected} numbers for shape (${matrix.shape.join(", ")})`,
      `${found}`,
    );
  return true;
}
