import { InvalidArgument } from "../../core/errors.ts";
import type { MetricParams } from "./metric.ts";

/** Which metrics use each parameter. */
const users: Readonly<Record<keyof MetricParams, readonly string[]>> = {
  p: ["minkowski"],
  w: ["minkowski"],
  V: ["seuclidean"],
  VI: ["mahalanobis", "crossnobis"],
  base: ["jensenshannon"],
};

/**
 * A parameter that a metric does not use would be ignored without a word: the numbers would not be those asked for.
 * Throws `InvalidArgument`, which names the metrics that use it.
 */
export function refuseUnusedParams(metric: unknown, params: MetricParams): void {
  for (const name of Object.keys(users) as (keyof MetricParams)[]) {
    if (params[name] === undefined) continue;
    if (typeof metric === "string" && users[name].includes(metric)) continue;
    throw new InvalidArgument(
      name,
      `given with ${typeof metric === "function" ? "a metric of your own" : String(metric)}`,
      `only ${users[name].join(" and ")} ${users[name].length > 1 ? "use" : "uses"} it; take such a metric, or leave ${name} out`,
    );
  }
}
