import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { DescriptorValue, Descriptors } from "./descriptors.ts";
import { hdf5Bytes, writeHdf5, type Hdf5Input, type Hdf5Tree } from "./write-hdf5.ts";

/** RDMs as rsatoolbox's HDF5 layout holds them. */
export interface RdmsContent {
  readonly nRdms: number;
  readonly nItems: number;
  readonly measure: string;
  readonly descriptors: ReadonlyMap<string, DescriptorValue>;
  readonly rdmDescriptors: Descriptors;
  readonly itemDescriptors: Descriptors;
  /** The condensed dissimilarities, RDM by RDM. */
  readonly rows: Iterable<Float64Array> | AsyncIterable<Float64Array>;
}

/** Write RDMs in rsatoolbox's layout. Throws as {@link writeHdf5}. */
export async function writeRdmsFile(path: string | URL, content: RdmsContent): Promise<void> {
  await writeHdf5(path, layoutOf(content));
}

/** The bytes of such a file. */
export async function rdmsFileBytes(content: RdmsContent): Promise<Uint8Array> {
  return hdf5Bytes(layoutOf(content));
}

/** rsatoolbox reads files of any version; this one wrote the same layouts. */
export const toolboxVersion = "0.3.2";

function layoutOf(content: RdmsContent): Hdf5Tree {
  return { rsatoolbox_version: toolboxVersion, ...rdmsGroup(content) };
}

/** RDMs as a group of a file in rsatoolbox's layout. */
export function rdmsGroup(content: RdmsContent): Hdf5Tree {
  const { nRdms, nItems, measure, rows } = content;
  return {
    dissimilarity_measure: measure,
    dissimilarities: { shape: [nRdms, (nItems * (nItems - 1)) / 2], rows },
    descriptors: Object.fromEntries(
      [...content.descriptors].map(([name, value]) => [name, singleValue(value)]),
    ),
    rdm_descriptors: lists(content.rdmDescriptors, nRdms),
    pattern_descriptors: lists(content.itemDescriptors, nItems),
  };
}

function lists(descriptors: Descriptors, length: number): Hdf5Tree {
  const named = new Map<string, Hdf5Input>();
  for (const [name, values] of descriptors) {
    if (values.length !== length)
      throw new ShapeMismatch(`${length} values of ${name}`, `${values.length}`);
    if (name === "index") throw new DuplicateItem([name], "rsatoolbox counts the rows under it");
    named.set(name, listOf(name, values));
  }
  named.set(
    "index",
    BigInt64Array.from({ length }, (_, at) => BigInt(at)),
  );
  return Object.fromEntries(named);
}

function listOf(name: string, values: readonly DescriptorValue[]): Hdf5Input {
  if (values.every((value) => typeof value === "string")) return values;
  if (values.every((value) => typeof value === "boolean"))
    return BigInt64Array.from(values, (value) => (value ? 1n : 0n));
  if (values.every((value) => typeof value === "number")) {
    const whole = values.every((value) => Number.isSafeInteger(value));
    return whole ? BigInt64Array.from(values, BigInt) : Float64Array.from(values);
  }
  throw new InvalidArgument(name, "values of several kinds", "make them all text or all numbers");
}

function singleValue(value: DescriptorValue): Hdf5Input {
  return typeof value === "boolean" ? Number(value) : value;
}
