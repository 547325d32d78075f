import { toVector } from "../../core/gate/vector.ts";
import { callback, text } from "../../core/gate/kinds.ts";
import { toRdm, type RdmLike } from "../rdm-list.ts";
import { ShapeMismatch } from "../../core/errors.ts";
import { ownedRdm } from "../owned.ts";
import type { Rdm } from "../rdm.ts";
import { describing } from "../take-items.ts";

/**
 * A new RDM with other dissimilarities in the same places; what is said of the RDM stays, but its metric is renamed.
 *
 * @param change - given a copy of the condensed dissimilarities, returns as many new ones.
 * @param metric - name of the new metric, given the old one. Default: `transformed …`.
 * @throws ShapeMismatch when the number of dissimilarities changes.
 * @example
 * import { Rdm, transformRdm } from "tsrsa";
 * transformRdm(new Rdm([1, 2, 4]), (d) => d.map(Math.log2)).condensed; // Float64Array(3) [ 0, 1, 2 ]
 */
export function transformRdm(
  rdm: RdmLike,
  change: (condensed: Float64Array) => Float64Array,
  metric: (name: string) => string = (name) => `transformed ${name}`,
): Rdm {
  callback(change, "change");
  callback(metric, "metric");
  const whole = toRdm(rdm);
  const condensed = toVector(change(whole.condensed.slice()), "what change gives");
  if (condensed.length !== whole.condensed.length)
    throw new ShapeMismatch(`${whole.condensed.length} dissimilarities`, `${condensed.length}`);
  return ownedRdm(condensed, {
    ...describing(whole),
    metric: checkedName(metric(whole.metric ?? "unknown metric")),
  });
}

function checkedName(name: string): string {
  text(name, "what metric gives");
  return name;
}
