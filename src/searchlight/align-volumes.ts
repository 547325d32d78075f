import type { OptionNames } from "../core/gate/options.ts";
import { cells, either, flag, numbers, oneOf, whole } from "../core/gate/kinds.ts";
import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../core/errors.ts";
import { refuseLoneItems } from "../stats/refuse-lone-items.ts";
import { stratifiedKFold } from "../stats/folds.ts";
import { alignByLabel, distinctLabels, type Alignment } from "../table/align.ts";
import type { Cell } from "../table/columns.ts";

/** Which item each volume is of, and how volumes go into folds. */
export interface VolumeLabelOptions {
  /** One label per volume of the image: volumes of one label are averaged. Default: each volume is an item. */
  readonly labels?: ArrayLike<Cell>;
  /** Instead of labels: for each volume the number of its item, as in MNE-RSA before 0.10; items are sorted by number. */
  readonly y?: ArrayLike<number>;
  /** The volumes used, in any order; the others are left out. Labels and folds still speak of all volumes. */
  readonly volumes?: ArrayLike<number>;
  /** Cross-validate over this many folds, or as many as there are repeats (`"max"`). Default 1: none. */
  readonly nFolds?: number | "max";
  /** Instead of a number: the fold of each volume of the image, for example its run. */
  readonly folds?: ArrayLike<Cell>;
  /** Refuse items that are in one fold only. Default false: their cross-validated distances are NaN. */
  readonly strict?: boolean;
}

/** Names of these options, for the check of options. */
export const volumeLabelNames: OptionNames<VolumeLabelOptions> = {
  labels: cells,
  y: true,
  volumes: numbers,
  nFolds: either(whole(), oneOf(["max"])),
  folds: cells,
  strict: flag,
};

/** The place of each volume: fold × item. */
export interface VolumeAlignment {
  /** Labels of the items; undefined when each volume is one. */
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
  readonly nFolds: number;
  /** What the folds are called; their numbers from 1 where they were not given. */
  readonly foldNames: readonly string[];
  /** fold · nItems + item of each volume of the image; −1 for one that is left out. */
  readonly row: Int32Array;
  readonly nVolumesUsed: number;
  /** How many items of folds have no volume: they are NaN. */
  readonly nEmpty: number;
}

/** Join volumes to items and folds. Throws `ItemMismatch`, `ShapeMismatch`, `InvalidArgument`. */
export function alignVolumes(
  nVolumes: number,
  options: VolumeLabelOptions,
  items?: readonly string[],
  unknown: "error" | "drop" = "error",
): VolumeAlignment {
  const used = usedVolumes(nVolumes, options.volumes);
  const alignment = itemsOf(nVolumes, used, options, items, unknown);
  const kept = used.filter((_, at) => alignment.index[at] >= 0);
  const itemOf = alignment.index.filter((item) => item >= 0);
  const { foldOf, nFolds, foldNames } = foldsOf(
    nVolumes,
    kept,
    itemOf,
    alignment.items.length,
    options,
  );
  const nItems = alignment.items.length;
  const row = new Int32Array(nVolumes).fill(-1);
  kept.forEach((volume, at) => (row[volume] = foldOf[at] * nItems + itemOf[at]));
  if (options.strict === true && nFolds > 1) refuseLoneItems(alignment.items, itemOf, foldOf);
  const named = options.labels !== undefined || options.y !== undefined;
  return {
    items: named ? alignment.items : undefined,
    nItems,
    nFolds,
    foldNames: foldNames ?? Array.from({ length: nFolds }, (_, fold) => String(fold + 1)),
    row,
    nVolumesUsed: kept.length,
    nEmpty: nFolds * nItems - new Set(row.filter((at) => at >= 0)).size,
  };
}

/** The distinct items of the volumes used. */
export function itemsOfVolumes(nVolumes: number, options: VolumeLabelOptions): readonly string[] {
  const used = usedVolumes(nVolumes, options.volumes);
  return itemsOf(nVolumes, used, options, undefined, "error").items;
}

function usedVolumes(nVolumes: number, volumes: ArrayLike<number> | undefined): Int32Array {
  if (volumes === undefined) return Int32Array.from({ length: nVolumes }, (_, at) => at);
  const used = new Set<number>();
  for (let at = 0; at < volumes.length; at++) {
    const volume = volumes[at];
    if (!Number.isInteger(volume) || volume < 0 || volume >= nVolumes || used.has(volume))
      throw new InvalidArgument(
        `volumes[${at}]`,
        volume,
        `give each volume once, from 0 to ${nVolumes - 1}`,
      );
    used.add(volume);
  }
  if (used.size === 0) throw new InvalidArgument("volumes", "none", "give at least one");
  return Int32Array.from(used);
}

function itemsOf(
  nVolumes: number,
  used: Int32Array,
  { labels, y }: VolumeLabelOptions,
  items: readonly string[] | undefined,
  unknown: "error" | "drop",
): Alignment {
  if (labels !== undefined && y !== undefined)
    throw new InvalidArgument("y", "given with labels", "pass one of the two");
  const given = labels ?? y;
  if (given === undefined) return eachItsOwn(used.length);
  checkLength(given, nVolumes, "labels");
  const ofUsed = Array.from(used, (volume) => given[volume]);
  if (items !== undefined && unknown === "error") refuseOthers(ofUsed, items);
  return alignByLabel(ofUsed, items, { unknown });
}

function eachItsOwn(n: number): Alignment {
  const index = Int32Array.from({ length: n }, (_, at) => at);
  return { items: Array.from(index, String), index, counts: new Int32Array(n).fill(1) };
}

/** Volumes of rest are the rule, so the error says how to leave them out. */
function refuseOthers(labels: readonly Cell[], items: readonly string[]): void {
  const known = new Set(items);
  const found = distinctLabels(labels);
  const extra = found.filter((label) => !known.has(label));
  const present = new Set(found);
  const missing = items.filter((item) => !present.has(item));
  if (extra.length === 0 || missing.length > 0) return;
  throw new ItemMismatch(
    [],
    extra,
    'volumes have labels that are no item of the models: leave them out on purpose with items: "common" or volumes',
  );
}

interface FoldAssignment {
  readonly foldOf: ArrayLike<number>;
  readonly nFolds: number;
  readonly foldNames?: readonly string[];
}

function foldsOf(
  nVolumes: number,
  kept: Int32Array,
  itemOf: Int32Array,
  nItems: number,
  { nFolds, folds }: VolumeLabelOptions,
): FoldAssignment {
  if (folds !== undefined) {
    if (nFolds !== undefined)
      throw new InvalidArgument("nFolds", nFolds, "folds are given; pass one of the two");
    checkLength(folds, nVolumes, "folds");
    return givenFolds(Array.from(kept, (volume) => folds[volume]));
  }
  const n = nFolds === "max" ? Math.max(1, Math.floor(kept.length / nItems)) : (nFolds ?? 1);
  if (n === 1) return { foldOf: new Int32Array(kept.length), nFolds: 1 };
  const foldOf = new Int32Array(kept.length);
  stratifiedKFold(itemOf, n).forEach(({ test }, fold) => test.forEach((at) => (foldOf[at] = fold)));
  return { foldOf, nFolds: n };
}

function givenFolds(folds: readonly Cell[]): FoldAssignment {
  const { index, items } = alignByLabel(folds);
  if (items.length >= 2) return { foldOf: index, nFolds: items.length, foldNames: items };
  throw new InvalidArgument(
    "folds",
    `one fold, ${JSON.stringify(items[0])}`,
    "cross-validation needs at least two; leave folds out for none",
  );
}

function checkLength(values: ArrayLike<Cell>, nVolumes: number, what: string): void {
  if (values.length === nVolumes) return;
  throw new ShapeMismatch(
    `${nVolumes} ${what}, one per volume of the image`,
    `${values.length}`,
    `choose among volumes with volumes, and give ${what} for all`,
  );
}
