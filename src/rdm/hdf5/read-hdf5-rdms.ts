import { either, callback, record, listOf, simple } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import { reporter, type ProgressLine } from "../../core/progress.ts";
import { openRdmsFile, type RdmsFile } from "../../io/hdf5/index.ts";
import { Table } from "../../table/table.ts";
import { ownedRdm } from "../owned.ts";
import type { Rdm, RdmMeta } from "../rdm.ts";
import { subset } from "../subset.ts";
import { chooseLabels } from "./choose-labels.ts";

/** A value or values that a descriptor may have. */
export type Wanted = string | number | boolean | readonly (string | number | boolean)[];

/** Which RDMs and items of a file to read. */
export interface ReadHdf5RdmsOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Which RDMs: by their descriptors, `{ roi: ["LHPPA", "RHPPA"] }`, or by a condition. Default: all. */
  readonly select?: Readonly<Record<string, Wanted>> | ((meta: RdmMeta, index: number) => boolean);
  /** Only these items, in this order. Default: all, in the order of the file. */
  readonly items?: readonly string[];
  /** The pattern descriptor that labels the items. Default: `image`, `conds` or another that tells all items apart. */
  readonly itemDescriptor?: string;
  /** More to say of every RDM, for example `{ subject: "CSI1" }`. */
  readonly meta?: RdmMeta;
}

/** What a file of RDMs holds. */
export interface Hdf5RdmsContent {
  /** Labels of the items; undefined when no descriptor tells them apart. */
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
  readonly metric: string | undefined;
  /** What is said of each RDM, in the order of the file. */
  readonly rdms: readonly RdmMeta[];
}

const readHdf5RdmsNames: OptionNames<ReadHdf5RdmsOptions> = {
  select: either(callback, record(either(listOf(simple), simple))),
  items: true,
  itemDescriptor: true,
  meta: true,
  signal: true,
  onProgress: true,
};

/**
 * Read RDMs from an HDF5 file in rsatoolbox's layout (`RDMs.save`), labelled by the pattern descriptor that tells the
 * items apart; RDM descriptors (roi, layer, subject …) become `meta`. Only the rows asked for are read.
 *
 * @throws FileFormatError for files of another kind, damage and descriptors of wrong length; DuplicateItem; UnknownItem;
 *   UnknownOption for a descriptor that is not there; InvalidArgument when nothing is selected; Unsupported for data in
 *   other files; Cancelled.
 * @example
 * import { hdf5RdmsBytes, Rdm, readHdf5Rdms } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["cat", "dog", "car"], meta: { roi: "LHPPA" } });
 * const [read] = await readHdf5Rdms(await hdf5RdmsBytes([rdm]), { select: { roi: "LHPPA" }, items: ["car", "cat"] });
 * read.condensed; // Float64Array(1) [ 2 ]
 */
export async function readHdf5Rdms(
  input: FileInput,
  options: ReadHdf5RdmsOptions = {},
): Promise<Rdm[]> {
  checkOptions(options, readHdf5RdmsNames);
  const rdms: Rdm[] = [];
  let line: ProgressLine | undefined;
  const onStart = (total: number, nBytes: number): void => {
    // What takes no second needs no line.
    const quiet = options.onProgress === undefined && nBytes < 2 ** 27;
    line = reporter(quiet ? { onProgress: false } : options, "reading RDMs", total);
  };
  try {
    for await (const rdm of selectedRdms(input, options, onStart)) {
      rdms.push(rdm);
      line?.update(rdms.length);
    }
  } finally {
    line?.finish();
  }
  return rdms;
}

/**
 * The same RDMs one by one, for files that are longer than memory: each is read when it is asked for, and the file is
 * closed at the end of the loop. Throws as {@link readHdf5Rdms}.
 *
 * @example
 * import { hdf5RdmsBytes, Rdm, streamHdf5Rdms } from "tsrsa";
 * const file = await hdf5RdmsBytes([new Rdm([1, 2, 3], { items: ["cat", "dog", "car"] })]);
 * const found: number[] = [];
 * for await (const rdm of streamHdf5Rdms(file)) found.push(rdm.between("cat", "car"));
 * found; // [ 2 ]
 */
export function streamHdf5Rdms(
  input: FileInput,
  options: ReadHdf5RdmsOptions = {},
): AsyncGenerator<Rdm, void, undefined> {
  checkOptions(options, readHdf5RdmsNames);
  return selectedRdms(input, options);
}

async function* selectedRdms(
  input: FileInput,
  options: ReadHdf5RdmsOptions,
  onStart?: (total: number, nBytes: number) => void,
): AsyncGenerator<Rdm, void, undefined> {
  const file = await openRdmsFile(input);
  try {
    const content = contentOf(file, options);
    const rows = selected(file, content, options);
    onStart?.(rows.length, rows.length * 4 * file.nItems * (file.nItems - 1));
    for (const at of rows) {
      throwIfCancelled(options.signal, "reading RDMs");
      yield await readRow(file, content, at, options);
    }
  } finally {
    await file.close();
  }
}

/** All RDMs of an open file, or of a group of one. Throws as {@link readHdf5Rdms}. */
export async function allRdms(file: RdmsFile): Promise<Rdm[]> {
  const content = contentOf(file, {});
  return Promise.all(content.rdms.map((_, at) => readRow(file, content, at, {})));
}

const describeNames: OptionNames<Pick<ReadHdf5RdmsOptions, "itemDescriptor" | "meta">> = {
  itemDescriptor: true,
  meta: true,
};

/**
 * What a file of RDMs holds, without reading a dissimilarity: labels, and what is said of each RDM.
 * Throws as {@link readHdf5Rdms}.
 *
 * @example
 * import { describeHdf5Rdms, hdf5RdmsBytes, Rdm } from "tsrsa";
 * const rdm = new Rdm([1, 2, 3], { items: ["cat", "dog", "car"], meta: { roi: "LHPPA" } });
 * (await describeHdf5Rdms(await hdf5RdmsBytes([rdm]))).rdms; // [ { roi: "LHPPA" } ]
 */
export async function describeHdf5Rdms(
  input: FileInput,
  options: Pick<ReadHdf5RdmsOptions, "itemDescriptor" | "meta"> = {},
): Promise<Hdf5RdmsContent> {
  checkOptions(options, describeNames);
  const file = await openRdmsFile(input);
  try {
    const { items, rdms } = contentOf(file, options);
    return { items, nItems: file.nItems, metric: file.measure, rdms };
  } finally {
    await file.close();
  }
}

interface Content {
  readonly items: readonly string[] | undefined;
  readonly itemTable: Table | undefined;
  readonly rdms: readonly RdmMeta[];
  readonly names: readonly (string | undefined)[];
}

function contentOf(file: RdmsFile, { itemDescriptor, meta }: ReadHdf5RdmsOptions): Content {
  const labels = chooseLabels(file.itemDescriptors, file.name, itemDescriptor);
  const columns = [...file.itemDescriptors].filter(([name]) => name !== "index");
  return {
    items: labels?.items,
    itemTable: columns.length === 0 ? undefined : new Table(new Map(columns)),
    rdms: Array.from({ length: file.nRdms }, (_, at) => ({ ...metaOf(file, at), ...meta })),
    names: namesOf(file),
  };
}

function metaOf({ descriptors, rdmDescriptors }: RdmsFile, at: number): RdmMeta {
  const common = [...descriptors].filter(([, values]) => values.length === 1);
  const own = [...rdmDescriptors].filter(([name]) => name !== "index" && name !== "name");
  return Object.fromEntries([
    ...common.map(([name, values]) => [name, values[0]] as const),
    ...own.map(([name, values]) => [name, values[at]] as const),
  ]);
}

/** RDMs are called by their `name`, else by the first text that differs between them: the roi, or the layer. */
function namesOf({ rdmDescriptors, nRdms }: RdmsFile): readonly (string | undefined)[] {
  const texts = [...rdmDescriptors].filter(
    ([name, values]) =>
      values.every((value) => typeof value === "string") &&
      (name === "name" || new Set(values).size === nRdms),
  );
  const [, values] = texts.find(([name]) => name === "name") ?? texts[0] ?? [];
  return Array.from({ length: nRdms }, (_, at) => {
    const value = values?.[at];
    return typeof value === "string" && value !== "" ? value : undefined;
  });
}

function selected(
  file: RdmsFile,
  { rdms }: Content,
  { select }: ReadHdf5RdmsOptions,
): readonly number[] {
  const all = Array.from(rdms.keys());
  if (select === undefined) return all;
  const found = all.filter((at) =>
    typeof select === "function" ? select(rdms[at], at) : fits(file, rdms[at], select),
  );
  if (found.length > 0) return found;
  throw new InvalidArgument(
    "select",
    typeof select === "function" ? "a condition" : JSON.stringify(select),
    `none of the ${file.nRdms} RDMs of ${file.name} fits; describeHdf5Rdms says what there is`,
  );
}

function fits(file: RdmsFile, meta: RdmMeta, wanted: Readonly<Record<string, Wanted>>): boolean {
  return Object.entries(wanted).every(([name, values]) => {
    if (!Object.hasOwn(meta, name))
      throw new UnknownOption(`RDM descriptor of ${file.name}`, name, Object.keys(meta));
    const list: readonly unknown[] = Array.isArray(values) ? values : [values];
    return list.includes(meta[name]);
  });
}

async function readRow(
  file: RdmsFile,
  { items, itemTable, rdms, names }: Content,
  at: number,
  options: ReadHdf5RdmsOptions,
): Promise<Rdm> {
  const rdm = ownedRdm(await file.row(at), {
    items,
    itemTable,
    metric: file.measure,
    name: names[at],
    meta: rdms[at],
  });
  return options.items === undefined ? rdm : subset(rdm, options.items);
}
