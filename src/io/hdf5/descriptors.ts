import { FileFormatError } from "../../core/errors.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import type { Hdf5File } from "./hdf5-file.ts";

/** One value of a descriptor. */
export type DescriptorValue = string | number | boolean;

/** Descriptors by name, in the order of the file. */
export type Descriptors = ReadonlyMap<string, readonly DescriptorValue[]>;

/**
 * The descriptors in a group, as rsatoolbox writes them: lists as data sets, text as attributes, lists of unequal
 * things as groups with members 0, 1, 2 … A group that is not there has none, and what has more than one axis or is
 * no simple value is left out.
 */
export async function readDescriptors(file: Hdf5File, path: string): Promise<Descriptors> {
  const found = new Map<string, readonly DescriptorValue[]>();
  if (!(await file.has(path))) return found;
  const { kind, keys, attributes } = await file.describe(path);
  if (kind !== "group") throw new FileFormatError(file.name, path, "a group", "a data set");
  for (const key of keys) {
    const values = await readList(file, `${path}/${key}`);
    if (values !== undefined) found.set(key, values);
  }
  for (const name of attributes) {
    const values = valuesOf(await file.attribute(path, name));
    if (values !== undefined) found.set(name, values);
  }
  return found;
}

/** Every descriptor must have one value for each. Throws `FileFormatError`. */
export function checkLengths(
  file: string,
  path: string,
  descriptors: Descriptors,
  length: number,
): void {
  for (const [name, values] of descriptors) {
    if (values.length !== length)
      throw new FileFormatError(file, `${path}/${name}`, `${length} values`, `${values.length}`, {
        advice: "the descriptor belongs to other dissimilarities; write the file again",
      });
  }
}

async function readList(
  file: Hdf5File,
  path: string,
): Promise<readonly DescriptorValue[] | undefined> {
  const { kind, keys, shape, dtype } = await file.describe(path);
  if (kind === "group") return readMembers(file, path, keys);
  if (kind === "empty" || dtype === undefined || shape.length > 1) return undefined;
  return valuesOf(await file.read(path));
}

async function readMembers(
  file: Hdf5File,
  path: string,
  keys: readonly string[],
): Promise<readonly DescriptorValue[] | undefined> {
  const values: DescriptorValue[] = [];
  for (let at = 0; at < keys.length; at++) {
    if (!keys.includes(String(at))) return undefined;
    const { kind, shape, dtype } = await file.describe(`${path}/${at}`);
    if (kind !== "dataset" || shape.length > 0 || dtype === undefined) return undefined;
    values.push(...(valuesOf(await file.read(`${path}/${at}`)) ?? []));
  }
  return values.length === keys.length ? values : undefined;
}

function valuesOf(array: NpyArray): readonly DescriptorValue[] | undefined {
  if (array.shape.length > 1) return undefined;
  switch (array.kind) {
    case "string":
      return array.data;
    case "number":
      return Array.from(array.data);
    case "bool":
      return Array.from(array.data, (value) => value !== 0);
    case "bigint":
      return asNumbers(array.data);
    default:
      return undefined;
  }
}

/** Integers as numbers; as text when one is beyond 2⁵³, where numbers would no longer tell them apart. */
function asNumbers(values: BigInt64Array | BigUint64Array): readonly DescriptorValue[] {
  const numbers = Array.from(values, Number);
  return numbers.every(Number.isSafeInteger) ? numbers : Array.from(values, String);
}
