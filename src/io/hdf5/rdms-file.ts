import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { asMatrix } from "../npy/npy-array.ts";
import { checkLengths, readDescriptors, type Descriptors } from "./descriptors.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { openHdf5 } from "./open-hdf5.ts";

/** A file of RDMs in rsatoolbox's layout, open to be read row by row. */
export interface RdmsFile {
  readonly name: string;
  readonly nRdms: number;
  readonly nItems: number;
  /** The dissimilarity measure, if the file names it. */
  readonly measure: string | undefined;
  /** What is said of all RDMs together; one value each. */
  readonly descriptors: Descriptors;
  /** What is said of each RDM, for example its roi. */
  readonly rdmDescriptors: Descriptors;
  /** What is said of each item (rsatoolbox: pattern), for example its image. */
  readonly itemDescriptors: Descriptors;
  /** The condensed dissimilarities of one RDM. */
  row(at: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Open a file of RDMs. Throws `FileFormatError` when it is no such file, or its parts do not fit together. */
export async function openRdmsFile(input: FileInput): Promise<RdmsFile> {
  const file = await openHdf5(input);
  try {
    return await readRdmsGroup(file, "");
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
}

/** RDMs in a group of a file (`""`: the whole file). Throws `FileFormatError`. */
export async function readRdmsGroup(file: Hdf5File, group: string): Promise<RdmsFile> {
  const values = `${group}/dissimilarities`;
  const { nRdms, nPairs, oneRow } = await sizesOf(file, values);
  const nItems = itemsOf(file.name, nPairs, values);
  const [descriptors, rdmDescriptors, itemDescriptors] = [
    await readDescriptors(file, `${group}/descriptors`),
    await readDescriptors(file, `${group}/rdm_descriptors`),
    await readDescriptors(file, `${group}/pattern_descriptors`),
  ];
  checkLengths(file.name, `${group}/rdm_descriptors`, rdmDescriptors, nRdms);
  checkLengths(file.name, `${group}/pattern_descriptors`, itemDescriptors, nItems);
  return {
    name: file.name,
    nRdms,
    nItems,
    measure: await measureOf(file, group === "" ? "/" : group),
    descriptors,
    rdmDescriptors,
    itemDescriptors,
    row: async (at) => {
      const box = oneRow ? undefined : { start: [at, 0], count: [1, nPairs] };
      const { data } = asMatrix(await file.read(values, box));
      return data instanceof Float64Array ? data : Float64Array.from(data);
    },
    close: () => file.close(),
  };
}

async function sizesOf(file: Hdf5File, values: string) {
  if (!(await file.has(values)))
    throw new FileFormatError(
      file.name,
      values,
      "a data set of dissimilarities, as rsatoolbox writes it",
      `only ${(await file.keys()).join(", ") || "an empty file"}`,
      { advice: "read other HDF5 files with openHdf5" },
    );
  const { kind, shape, dtype } = await file.describe(values);
  const fits = kind === "dataset" && (shape.length === 1 || shape.length === 2);
  if (!fits || dtype === undefined || !/[fiu]\d$/.test(dtype))
    throw new FileFormatError(
      file.name,
      values,
      "numbers, one row per RDM",
      kind === "dataset" ? `${dtype ?? "other values"} of shape (${shape.join(", ")})` : kind,
    );
  const [nRdms, nPairs] = shape.length === 1 ? [1, shape[0]] : shape;
  return { nRdms, nPairs, oneRow: shape.length === 1 };
}

function itemsOf(file: string, nPairs: number, values: string): number {
  const n = Math.round((1 + Math.sqrt(1 + 8 * nPairs)) / 2);
  if (nPairs > 0 && (n * (n - 1)) / 2 === nPairs) return n;
  throw new FileFormatError(file, values, "n (n − 1) / 2 columns", `${nPairs}`);
}

async function measureOf(file: Hdf5File, group: string): Promise<string | undefined> {
  const { attributes } = await file.describe(group);
  if (!attributes.includes("dissimilarity_measure")) return undefined;
  const { kind, data } = (await file.attribute(group, "dissimilarity_measure")) as {
    kind: string;
    data?: readonly string[];
  };
  const measure = kind === "string" ? data?.[0] : undefined;
  return measure === "" ? undefined : measure;
}
