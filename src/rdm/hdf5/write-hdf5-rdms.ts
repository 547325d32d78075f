import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../rdm-list.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import {
  rdmsFileBytes,
  writeRdmsFile,
  type DescriptorValue,
  type RdmsContent,
} from "../../io/hdf5/index.ts";
import { alignRdms } from "../align-rdms.ts";
import type { Rdm } from "../rdm.ts";

/** How to write RDMs to HDF5. */
export interface WriteHdf5RdmsOptions {
  /** The pattern descriptor for the labels of the items. Default: `image`. */
  readonly itemDescriptor?: string;
}

const writeNames: OptionNames<WriteHdf5RdmsOptions> = { itemDescriptor: true };

/**
 * Write RDMs to an HDF5 file that rsatoolbox loads (`load_rdm`): labels and item tables become pattern descriptors,
 * `meta` and names RDM descriptors. All RDMs are joined by label, in the order of the first. What only some RDMs say is
 * `NaN` or empty text for the others. rsatoolbox cannot read text that is not ASCII.
 *
 * @throws ItemMismatch and ShapeMismatch when the RDMs are not of the same items; InvalidArgument for no RDM, or
 *   metrics that differ.
 * @example
 * import { hdf5RdmsBytes, Rdm } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["cat", "dog", "car"], metric: "correlation", meta: { roi: "LHPPA" } });
 * // await writeHdf5Rdms("rdms.h5", [rdm]) writes the same as
 * const file = await hdf5RdmsBytes([rdm]);
 */
export async function writeHdf5Rdms(
  path: string | URL,
  rdms: RdmInput,
  options: WriteHdf5RdmsOptions = {},
): Promise<void> {
  checkOptions(options, writeNames);
  const all = toRdms(rdms);
  await writeRdmsFile(path, contentOf(all, options));
}

/**
 * The bytes of such a file; see {@link writeHdf5Rdms}.
 *
 * @example
 * import { hdf5RdmsBytes, Rdm, readHdf5Rdms } from "tsrsa";
 * const file = await hdf5RdmsBytes([new Rdm([0.5], { items: ["cat", "dog"], name: "pixels" })]);
 * (await readHdf5Rdms(file))[0].name; // "pixels"
 */
export async function hdf5RdmsBytes(
  rdms: RdmInput,
  options: WriteHdf5RdmsOptions = {},
): Promise<Uint8Array> {
  checkOptions(options, writeNames);
  const all = toRdms(rdms);
  return rdmsFileBytes(contentOf(all, options));
}

/** RDMs as a file holds them. Throws as {@link writeHdf5Rdms}. */
export function contentOf(rdms: readonly Rdm[], options: WriteHdf5RdmsOptions): RdmsContent {
  if (rdms.length === 0) throw new InvalidArgument("rdms", "none", "give at least one RDM");
  const aligned = alignRdms(rdms);
  return {
    nRdms: rdms.length,
    nItems: rdms[0].nItems,
    measure: commonMetric(rdms),
    descriptors: new Map(),
    rdmDescriptors: rdmDescriptors(rdms),
    itemDescriptors: itemDescriptors(aligned[0], options.itemDescriptor ?? "image"),
    rows: aligned.map((rdm) => rdm.condensed),
  };
}

function commonMetric(rdms: readonly Rdm[]): string {
  const metrics = [...new Set(rdms.map(({ metric }) => metric ?? ""))];
  if (metrics.length === 1) return metrics[0];
  throw new InvalidArgument(
    "rdms",
    `metrics ${metrics.join(", ")}`,
    "a file has one dissimilarity measure; write them to several files",
  );
}

function rdmDescriptors(rdms: readonly Rdm[]): Map<string, DescriptorValue[]> {
  const keys = [...new Set(rdms.flatMap(({ meta }) => Object.keys(meta)))];
  const found = new Map(keys.map((key) => [key, column(rdms, key)]));
  if (rdms.some(({ name }) => name !== undefined) && !found.has("name"))
    found.set(
      "name",
      rdms.map(({ name }) => name ?? ""),
    );
  return found;
}

function column(rdms: readonly Rdm[], key: string): DescriptorValue[] {
  const values = rdms.map(({ meta }) => (Object.hasOwn(meta, key) ? meta[key] : undefined));
  const filler = values.every((value) => value === undefined || typeof value === "number")
    ? NaN
    : "";
  return values.map((value) => value ?? filler);
}

function itemDescriptors(
  { items, itemTable, nItems }: Rdm,
  itemDescriptor: string,
): Map<string, DescriptorValue[]> {
  const found = new Map<string, DescriptorValue[]>();
  if (items !== undefined) found.set(itemDescriptor, [...items]);
  for (const name of itemTable?.names ?? []) {
    if (name === itemDescriptor || name === "index") continue;
    const values = Array.from(itemTable?.column(name) ?? [], toDescriptor);
    if (values.length !== nItems)
      throw new ShapeMismatch(`an item table of ${nItems} rows`, `${values.length}`);
    found.set(name, uniform(values));
  }
  return found;
}

function toDescriptor(value: unknown): DescriptorValue | null {
  if (typeof value === "bigint") return String(value);
  const simple =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return simple ? value : null;
}

/** Missing values as `NaN` among numbers, else as empty text; several kinds as text. */
function uniform(values: readonly (DescriptorValue | null)[]): DescriptorValue[] {
  if (values.every((value) => value === null || typeof value === "number"))
    return values.map((value) => value ?? NaN);
  if (values.every((value) => typeof value === "boolean")) return values as boolean[];
  return values.map((value) => (value === null ? "" : String(value)));
}
