import { DuplicateItem, UnknownOption } from "../../core/errors.ts";
import type { Descriptors } from "../../io/hdf5/index.ts";

/** Names under which labels of items are usually kept. */
const usualNames = [
  "image",
  "images",
  "item",
  "items",
  "stimulus",
  "stimuli",
  "stim",
  "label",
  "labels",
  "conds",
  "cond",
  "condition",
  "conditions",
  "filename",
  "file",
];

/** Which descriptor names the items, and its values as labels. */
export interface Labels {
  readonly descriptor: string;
  readonly items: readonly string[];
}

/**
 * The labels of the items: the descriptor asked for, else one with a usual name, else the first of distinct texts.
 * The row number that rsatoolbox always writes (`index`) is not taken unless asked for: it says nothing of which item
 * it is, and would match the items of two files by position.
 */
export function chooseLabels(
  descriptors: Descriptors,
  file: string,
  wanted?: string,
): Labels | undefined {
  if (wanted !== undefined) return distinct(wanted, named(descriptors, file, wanted));
  const usual = usualNames.filter((name) => descriptors.has(name));
  const texts = [...descriptors].flatMap(([name, values]) =>
    !usual.includes(name) && values.every((value) => typeof value === "string") ? name : [],
  );
  const found = [...usual, ...texts].find((name) => isDistinct(descriptors.get(name) ?? []));
  if (found !== undefined) return distinct(found, descriptors.get(found) ?? []);
  // With one of these there were labels meant, and they are wrong.
  return usual.length === 0 ? undefined : distinct(usual[0], descriptors.get(usual[0]) ?? []);
}

function named(descriptors: Descriptors, file: string, wanted: string) {
  const values = descriptors.get(wanted);
  if (values !== undefined) return values;
  throw new UnknownOption(`item descriptor of ${file}`, wanted, [...descriptors.keys()]);
}

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values.map(String)).size === values.length;
}

function distinct(descriptor: string, values: readonly unknown[]): Labels {
  const items = values.map(String);
  if (isDistinct(items)) return { descriptor, items };
  const first = new Map(items.map((item, at) => [item, at]));
  throw new DuplicateItem(
    [...new Set(items.filter((item, at) => first.get(item) !== at))],
    `the descriptor ${descriptor} does not tell the items apart; name another with itemDescriptor`,
  );
}
