import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { categoryColours } from "../colour/palette.ts";
import { parseColour, type Rgb } from "../colour/parse-colour.ts";

/** The category of each item: in the order of the items, or by its label. */
export type Categories = readonly string[] | ((item: string) => string);

/** Items of one category that follow each other. */
export interface Run {
  readonly category: string;
  readonly from: number;
  /** One past the last. */
  readonly to: number;
}

/** The category of each item of an RDM. Throws `ShapeMismatch`, or `InvalidArgument` for an RDM without labels. */
export function categoriesOf(rdm: Rdm, categories: Categories): readonly string[] {
  if (typeof categories === "function") {
    if (rdm.items !== undefined) return rdm.items.map((item) => String(categories(item)));
    throw new InvalidArgument(
      "categories",
      "a function of the item's label",
      "this RDM has no labels; give one category per item, in order",
    );
  }
  if (categories.length === rdm.nItems) return categories;
  throw new ShapeMismatch(
    `${rdm.nItems} categories, one per item`,
    `${categories.length}`,
    "give one category per item in the RDM's order, or a function of the item's label",
  );
}

/** A colour for each category, in the order they first occur. Throws `InvalidArgument` when there are too many. */
export function colourCategories(names: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(names)];
  if (distinct.length > categoryColours.length)
    throw new InvalidArgument(
      "categories",
      `${distinct.length} different ones`,
      `colours tell at most ${categoryColours.length} apart; group the items more coarsely`,
    );
  return new Map(distinct.map((name, at) => [name, categoryColours[at]]));
}

/** The stretches of equal category, in order. */
export function runsOf(categories: readonly string[]): Run[] {
  const starts = categories.flatMap((name, at) =>
    at === 0 || name !== categories[at - 1] ? [at] : [],
  );
  return starts.map((from, i) => ({
    category: categories[from],
    from,
    to: starts[i + 1] ?? categories.length,
  }));
}

/** The colour of each item's category. */
export function itemColours(
  categories: readonly string[],
  colours: ReadonlyMap<string, string>,
): Rgb[] {
  return categories.map((name) => parseColour(colours.get(name) ?? "#000"));
}
