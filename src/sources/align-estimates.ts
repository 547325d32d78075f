import { ShapeMismatch } from "../core/errors.ts";
import { cells } from "../core/gate/kinds.ts";
import type { OptionNames } from "../core/gate/options.ts";
import { alignByLabel, distinctLabels, type Alignment } from "../table/align.ts";
import type { Cell } from "../table/columns.ts";
import type { SourceEstimates } from "./source-estimates.ts";

/** Which item each estimate is of. */
export interface EstimateLabelOptions {
  /** One label an estimate. Default: each estimate is an item of its own, in order. */
  readonly labels?: ArrayLike<Cell>;
}

/** Their names, for the check of options. */
export const estimateLabelNames: OptionNames<EstimateLabelOptions> = { labels: cells };

/** The distinct items; numbers from 0 where nothing has a label. Throws `ShapeMismatch`. */
export function itemsOfEstimates(
  estimates: SourceEstimates,
  options: EstimateLabelOptions,
): string[] {
  return distinctLabels(labelsOf(estimates, options));
}

/** Join estimates to items. Throws `ItemMismatch`, `ShapeMismatch`. */
export function alignEstimates(
  estimates: SourceEstimates,
  options: EstimateLabelOptions,
  items?: readonly string[],
  unknown: "error" | "drop" = "error",
): Alignment {
  return alignByLabel(labelsOf(estimates, options), items, { unknown });
}

function labelsOf({ length }: SourceEstimates, { labels }: EstimateLabelOptions): ArrayLike<Cell> {
  if (labels === undefined) return Array.from({ length }, (_, at) => at);
  if (labels.length === length) return labels;
  throw new ShapeMismatch(`${length} labels, one an estimate`, `${labels.length}`);
}
