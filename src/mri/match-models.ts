import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { alignRdms } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { withItems } from "../rdm/with.ts";
import { alignVolumes, type VolumeAlignment, type VolumeLabelOptions } from "./align-volumes.ts";

/** How rows of models are matched with volumes. */
export interface ModelItemOptions extends VolumeLabelOptions {
  /** Labels of the rows of models that carry none. */
  readonly modelItems?: readonly string[];
  /** `"all"` (default): data and models must have the same items. `"common"`: those they share. A list: these. */
  readonly items?: "all" | "common" | readonly string[];
}

/** Models with their rows in the order of the patterns. */
export interface MatchedModels {
  readonly models: readonly Rdm[];
  readonly alignment: VolumeAlignment;
}

/** Join models and volumes by label; by number where `y` numbers them, by order where nothing has a label. */
export function matchModels(
  nVolumes: number,
  models: readonly Rdm[],
  options: ModelItemOptions,
): MatchedModels {
  if (models.length === 0) throw new InvalidArgument("models", "no RDM", "give at least one");
  const named = models.map((model) =>
    model.items === undefined && options.modelItems !== undefined
      ? withItems(model, options.modelItems)
      : model,
  );
  if (options.labels === undefined) refuseChoice(options.items);
  if (options.y !== undefined) return byNumber(nVolumes, models, options);
  if (options.labels === undefined) return byOrder(nVolumes, named, options);
  if (named.some((model) => model.items === undefined)) {
    throw new InvalidArgument(
      "models",
      "without labels",
      "pass items to computeRdm, or modelItems here, so that rows can be matched with the labels of the volumes",
    );
  }
  const aligned = alignRdms(named, choiceOf(nVolumes, named, options));
  const unknown = options.items === undefined || options.items === "all" ? "error" : "drop";
  return { models: aligned, alignment: alignVolumes(nVolumes, options, aligned[0].items, unknown) };
}

function refuseChoice(items: ModelItemOptions["items"]): void {
  if (items === undefined || items === "all") return;
  throw new InvalidArgument("items", items, "volumes have no labels to choose by; pass labels");
}

function choiceOf(
  nVolumes: number,
  models: readonly Rdm[],
  options: ModelItemOptions,
): "all" | readonly string[] {
  const { items = "all" } = options;
  if (items !== "common") return items;
  const observed = alignVolumes(nVolumes, { ...options, nFolds: 1, folds: undefined }).items;
  const sets = [new Set(observed), ...models.map((model) => new Set(model.items))];
  const common = (models[0].items ?? []).filter((item) => sets.every((set) => set.has(item)));
  if (common.length > 0) return common;
  throw new InvalidArgument(
    "items",
    "common",
    "volumes and models share no label; check that they are spelled the same way",
  );
}

function byNumber(
  nVolumes: number,
  models: readonly Rdm[],
  options: ModelItemOptions,
): MatchedModels {
  const alignment = alignVolumes(nVolumes, options);
  checkSizes(models, alignment.nItems, "as many as y numbers");
  return { models, alignment };
}

function byOrder(
  nVolumes: number,
  models: readonly Rdm[],
  options: ModelItemOptions,
): MatchedModels {
  if (models.some((model) => model.items !== undefined))
    throw new InvalidArgument(
      "labels",
      "none, while the models have some",
      "pass labels, one per volume; where volumes have the order of the models: labels: model.items",
    );
  const alignment = alignVolumes(nVolumes, options);
  checkSizes(models, alignment.nItems, "as many as there are volumes");
  return { models, alignment };
}

function checkSizes(models: readonly Rdm[], nItems: number, why: string): void {
  const odd = models.find((model) => model.nItems !== nItems);
  if (odd === undefined) return;
  throw new ShapeMismatch(
    `models of ${nItems} items, ${why}`,
    `one of ${odd.nItems}`,
    "use labels, which are matched by name",
  );
}
