import { InvalidArgument } from "../core/errors.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import type { Patch } from "../searchlight/index.ts";

/** Whether a patch is a single number, which has no pattern that `correlation` or `cosine` could compare. */
export function isLone(
  { series, samples }: Pick<Patch, "series"> & { readonly samples: readonly [number, number] },
  nChannels: number,
  metric: Metric | "crossnobis" = "correlation",
): boolean {
  if (metric !== "correlation" && metric !== "cosine") return false;
  return (series?.length ?? nChannels) * (samples[1] - samples[0]) < 2;
}

/**
 * What to say of the patches that are a single number: they are NaN, wherever they come in the order; undefined when
 * there are none. Throws `InvalidArgument` when there is nothing else.
 *
 * @param lone - the sensor of each such patch.
 * @param nPatches - how many patches there are in all.
 */
export function loneNote(
  lone: readonly string[],
  nPatches: number,
  metric: Metric | "crossnobis" = "correlation",
): string | undefined {
  if (lone.length === 0) return undefined;
  const why = `a single value, which has no pattern for ${String(metric)}`;
  if (lone.length === nPatches)
    throw new InvalidArgument(
      "metric",
      metric,
      `every patch is ${why}; give more sensors or a larger radius, or metric: "euclidean"`,
    );
  const sensors = [...new Set(lone)];
  const some = sensors.slice(0, 3).join(", ");
  const rest = sensors.length > 3 ? ` and ${sensors.length - 3} more` : "";
  return `${lone.length} of ${nPatches} patches are ${why}: they are NaN (around ${some}${rest})`;
}
