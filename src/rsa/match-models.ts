import { InvalidArgument, sample, ShapeMismatch } from "../core/errors.ts";
import { toLabels } from "../core/gate/label.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { withItems } from "../rdm/with.ts";

/** How rows of models are matched with observations: epochs, volumes, evokeds. */
export interface ModelItemOptions {
  /** Labels of the rows of models that carry none. */
  readonly modelItems?: readonly string[];
  /** `"all"` (default): data and models must have the same items. `"common"`: those they share. A list: these. */
  readonly items?: "all" | "common" | readonly string[];
}

/** What is known of the observations before models are matched with them. */
export interface Observed {
  /**
   * How their items are known: by label; by number, as `y` gives them; or by order, where nothing names them. Labels
   * decide wherever there are some: a number or an order only says which row of unlabelled models is meant.
   */
  readonly by: "label" | "number" | "order";
  /** The distinct items in their own order. */
  readonly items: readonly string[];
  /** What observations are called in messages: `epochs`, `volumes`. */
  readonly called: string;
}

/** Models with their rows in one order, and how observations are to be joined to them. */
export interface MatchedModels {
  readonly models: readonly Rdm[];
  /** The items of the rows; undefined where observations keep their own order. */
  readonly items: readonly string[] | undefined;
  /** What to do with an observation of another label. */
  readonly unknown: "error" | "drop";
}

/**
 * Match models with observations. Labels come first: labelled models are joined with each other, and with labelled
 * observations, by name. Without labels of the observations rows are matched by number or order, which is refused
 * where it would put labelled rows next to others.
 *
 * @throws InvalidArgument, ItemMismatch, ShapeMismatch, UnknownItem.
 */
export function matchModels(
  models: readonly Rdm[],
  observed: Observed,
  options: ModelItemOptions,
): MatchedModels {
  if (models.length === 0) throw new InvalidArgument("models", "no RDM", "give at least one");
  const named = models.map((model) =>
    model.items === undefined && options.modelItems !== undefined
      ? withItems(model, options.modelItems)
      : model,
  );
  const matched =
    observed.by === "label"
      ? byLabel(named, observed, options)
      : byPlace(named, observed, options.items);
  refuseOneItem(matched.models[0].nItems);
  return matched;
}

/** A wrong word is told by `alignRdms`. */
function labelsOf(items: ItemChoice): ItemChoice {
  return typeof items === "string" ? items : toLabels(items);
}

function byLabel(
  models: readonly Rdm[],
  observed: Observed,
  { items = "all" }: ModelItemOptions,
): MatchedModels {
  if (models.some((model) => model.items === undefined))
    throw new InvalidArgument(
      "models",
      "without labels",
      `pass items to computeRdm, or modelItems here, so that rows can be matched with the labels of the ${observed.called}`,
    );
  const choice = items === "common" ? commonItems(models, observed) : labelsOf(items);
  if (choice.length === 0) throw new InvalidArgument("items", "none", "name at least two");
  const aligned = alignRdms(models, choice);
  return {
    models: aligned,
    items: aligned[0].items,
    unknown: items === "all" ? "error" : "drop",
  };
}

function commonItems(models: readonly Rdm[], { items, called }: Observed): readonly string[] {
  const sets = [new Set(items), ...models.map((model) => new Set(model.items))];
  const first = models[0].items ?? [];
  const common = first.filter((item) => sets.every((set) => set.has(item)));
  if (common.length >= 2) return common;
  const share = common.length === 0 ? "no label" : `only the label ${JSON.stringify(common[0])}`;
  throw new InvalidArgument(
    "items",
    "common",
    `${called} and models share ${share}, and two make the first pair (the ${called} have ${sample(items, 2)}, ` +
      `the first model ${sample(first, 2)}); check that they are spelled the same way`,
  );
}

function byPlace(
  models: readonly Rdm[],
  observed: Observed,
  items: ModelItemOptions["items"],
): MatchedModels {
  if (items !== undefined && items !== "all")
    throw new InvalidArgument(
      "items",
      items,
      `${observed.called} have no labels to choose by; pass labels`,
    );
  const labelled = models.filter((model) => model.items !== undefined);
  if (observed.by === "order" && labelled.length > 0)
    throw new InvalidArgument(
      "labels",
      "none, while the models have some",
      `pass labels, one for each of the ${observed.called}; where they have the order of the models: labels: model.items`,
    );
  checkSizes(models, observed);
  return { models: inOneOrder(models, labelled, observed), items: undefined, unknown: "error" };
}

/** Labels that are the observations' numbers are matched as labels; others only with each other. */
function inOneOrder(
  models: readonly Rdm[],
  labelled: readonly Rdm[],
  observed: Observed,
): readonly Rdm[] {
  if (labelled.length === 0) return models;
  const own = labelled[0].items ?? [];
  const numbers = new Set(observed.items);
  const wanted = own.every((item) => numbers.has(item)) ? observed.items : own;
  if (labelled.length === models.length) {
    alignRdms(models);
    return alignRdms(models, wanted);
  }
  const inOrder = labelled.every(({ items = [] }) =>
    wanted.every((item, at) => items[at] === item),
  );
  if (inOrder) return models;
  throw new InvalidArgument(
    "models",
    `${labelled.length} of ${models.length} with labels, in another order`,
    "label the others with withItems(rdm, items), so that their rows can be matched by name",
  );
}

function checkSizes(models: readonly Rdm[], { by, items, called }: Observed): void {
  const odd = models.find((model) => model.nItems !== items.length);
  if (odd === undefined) return;
  throw new ShapeMismatch(
    `models of ${items.length} items, as many as ${by === "number" ? "y numbers" : `there are ${called}`}`,
    `one of ${odd.nItems}`,
    "use labels, which are matched by name",
  );
}

function refuseOneItem(nItems: number): void {
  if (nItems >= 2) return;
  throw new InvalidArgument(
    "items",
    `${nItems} item`,
    "there is no pair to compare; give observations of at least two items (three for a correlation)",
  );
}
