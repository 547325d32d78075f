import type { SearchlightMetricOptions } from "../searchlight/index.ts";

/** What the metric takes, out of all options. */
export function metricOptionsOf(options: SearchlightMetricOptions): SearchlightMetricOptions {
  const { p, w, V, VI, base, regVar, regDenom, bounded, squareRoot } = options;
  const all = { p, w, V, VI, base, regVar, regDenom, bounded, squareRoot };
  // What is not given must be absent, so that defaults hold.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
