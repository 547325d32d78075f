import type { Rdm } from "../rdm/rdm.ts";
import { matchModels, type ModelItemOptions } from "../rsa/match-models.ts";
import {
  alignVolumes,
  itemsOfVolumes,
  type VolumeAlignment,
  type VolumeLabelOptions,
} from "./align-volumes.ts";

/** How rows of models are matched with volumes. */
export interface VolumeModelOptions extends VolumeLabelOptions, ModelItemOptions {}

/** Models with their rows in the order of the patterns. */
export interface MatchedVolumes {
  readonly models: readonly Rdm[];
  readonly alignment: VolumeAlignment;
}

/**
 * Join models and volumes by label; by number where `y` numbers them, by order where nothing has a label.
 *
 * @param models - undefined: volumes are matched with their items alone.
 */
export function matchVolumes(
  nVolumes: number,
  models: readonly Rdm[] | undefined,
  options: VolumeModelOptions,
): MatchedVolumes {
  if (models === undefined) {
    const list = typeof options.items === "object" ? options.items : undefined;
    const unknown = list === undefined ? "error" : "drop";
    return { models: [], alignment: alignVolumes(nVolumes, options, list, unknown) };
  }
  const by = options.labels !== undefined ? "label" : options.y !== undefined ? "number" : "order";
  const observed = { by, items: itemsOfVolumes(nVolumes, options), called: "volumes" } as const;
  const { models: aligned, items, unknown } = matchModels(models, observed, options);
  return { models: aligned, alignment: alignVolumes(nVolumes, options, items, unknown) };
}
