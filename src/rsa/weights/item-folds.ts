import { InvalidArgument, UnknownItem } from "../../core/errors.ts";
import { random } from "../../stats/random.ts";

/** Which items are left out together; the rest trains. */
export type ItemFolds = number | readonly (readonly (string | number)[])[];

/** A fold: items that are left out together. */
export interface FoldPairs {
  /** Numbers of its items, ascending. */
  readonly items: Int32Array;
  /** Pairs that are tested. */
  readonly test: Int32Array;
  /** Blocks of the pairs that are trained on. */
  readonly train: readonly number[];
}

/** Items in folds, and their pairs in blocks: which folds the two items of a pair lie in. */
export interface PairFolds {
  readonly folds: readonly FoldPairs[];
  /** For each pair the number of its block. */
  readonly blockOf: Int32Array;
  readonly nBlocks: number;
}

/** Pairs of one item with itself are none: a fold of so many items has three pairs, with which a correlation is defined. */
const LEAST_ITEMS = 3;

/**
 * Which fold each item is in.
 *
 * @param folds - how many (default: five items or more each, at most five), or the items of each, by label or number.
 * @throws InvalidArgument for a fold too small, or items in no fold or in two; UnknownItem.
 */
export function foldOfItems(
  folds: ItemFolds | undefined,
  items: readonly string[] | undefined,
  nItems: number,
  seed: number,
): Int32Array {
  if (folds !== undefined && typeof folds !== "number") return givenFolds(folds, items, nItems);
  const count = folds ?? Math.max(2, Math.min(5, Math.floor(nItems / 5)));
  if (count < 2 || count * LEAST_ITEMS > nItems)
    throw new InvalidArgument(
      "itemFolds",
      count,
      `give 2 to ${Math.floor(nItems / LEAST_ITEMS)}: a fold of fewer than ${LEAST_ITEMS} of the ${nItems} items has too few pairs of its own`,
    );
  const order = random(seed).permutation(nItems);
  const foldOf = new Int32Array(nItems);
  order.forEach((item, at) => (foldOf[item] = at % count));
  return foldOf;
}

function givenFolds(
  folds: readonly (readonly (string | number)[])[],
  items: readonly string[] | undefined,
  nItems: number,
): Int32Array {
  const foldOf = new Int32Array(nItems).fill(-1);
  const isList: (value: unknown) => boolean = Array.isArray;
  const strange = isList(folds) ? folds.find((members) => !isList(members)) : folds;
  if (strange !== undefined || folds.includes(undefined as never))
    throw new InvalidArgument("itemFolds", strange, "give a list of the items of each fold");
  folds.forEach((members, fold) => {
    if (members.length < LEAST_ITEMS)
      throw new InvalidArgument(
        `itemFolds[${fold}]`,
        `${members.length} items`,
        `give at least ${LEAST_ITEMS}, whose pairs can be correlated`,
      );
    for (const member of members) {
      const at = placeOf(member, items, nItems);
      if (foldOf[at] !== -1)
        throw new InvalidArgument("itemFolds", member, "it stands twice; give each item one fold");
      foldOf[at] = fold;
    }
  });
  const left = foldOf.indexOf(-1);
  if (left !== -1)
    throw new InvalidArgument(
      "itemFolds",
      items?.[left] ?? left,
      "it is in no fold; give each item one",
    );
  if (folds.length < 2) throw new InvalidArgument("itemFolds", "1 fold", "give at least two");
  return foldOf;
}

function placeOf(
  member: string | number,
  items: readonly string[] | undefined,
  nItems: number,
): number {
  if (items !== undefined) {
    const at = items.indexOf(String(member));
    if (at === -1) throw new UnknownItem(String(member), items);
    return at;
  }
  if (typeof member === "number" && Number.isInteger(member) && member >= 0 && member < nItems)
    return member;
  throw new InvalidArgument(
    "folds",
    member,
    `items without labels are numbers from 0 to ${nItems - 1}`,
  );
}

/**
 * The pairs of folds of items. Trained on: pairs whose items both lie outside of a fold. Tested: those whose items both
 * lie in it; with `"any"` also those with one item in it.
 */
export function pairFolds(foldOf: Int32Array, testPairs: "within" | "any"): PairFolds {
  const nItems = foldOf.length;
  const nFolds = foldOf.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const blocks: [number, number][] = [];
  const blockAt = new Int32Array(nFolds * nFolds);
  for (let a = 0; a < nFolds; a++)
    for (let b = a; b < nFolds; b++) {
      blockAt[a * nFolds + b] = blockAt[b * nFolds + a] = blocks.length;
      blocks.push([a, b]);
    }
  const blockOf = new Int32Array((nItems * (nItems - 1)) / 2);
  for (let i = 0, pair = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, pair++)
      blockOf[pair] = blockAt[foldOf[i] * nFolds + foldOf[j]];
  const pairs = Int32Array.from(blockOf.keys());
  const isTest = (fold: number, [a, b]: readonly [number, number]): boolean =>
    testPairs === "within" ? a === fold && b === fold : a === fold || b === fold;
  return {
    folds: Array.from({ length: nFolds }, (_, fold) => ({
      items: Int32Array.from(foldOf.keys()).filter((item) => foldOf[item] === fold),
      test: pairs.filter((pair) => isTest(fold, blocks[blockOf[pair]])),
      train: [...blocks.keys()].filter((at) => !blocks[at].includes(fold)),
    })),
    blockOf,
    nBlocks: blocks.length,
  };
}
