import { UnknownOption } from "../core/errors.ts";
import { gramMetrics, type GramMetric } from "./kernels.ts";

/** Numbers by which the kernels know the metrics, as in `assembly/convert.ts`; the angles come first. */
export const CORRELATION = 0;
const COSINE = 1;

/** The number by which the kernels know a metric. Throws `UnknownOption`. */
export function metricNumber(metric: GramMetric): number {
  const number = gramMetrics.indexOf(metric);
  if (number < 0) throw new UnknownOption("metric", metric, gramMetrics);
  return number;
}

/** Angles between patterns, which a single number does not have. */
export function isAngle(metric: number): boolean {
  return metric <= COSINE;
}
