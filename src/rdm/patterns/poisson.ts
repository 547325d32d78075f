import { InvalidArgument } from "../../core/errors.ts";

/** What is assumed of counts before any was seen, which keeps logarithms of 0 away. */
export interface PoissonPrior {
  /** The count expected beforehand. Default 1. */
  readonly priorMean?: number;
  /** How many measurements that expectation is worth. Default 0.1. */
  readonly priorWeight?: number;
}

/** Counts drawn towards the prior. Throws `InvalidArgument` for counts or a prior below 0. */
export function withPrior(
  counts: Float64Array,
  { priorMean = 1, priorWeight = 0.1 }: PoissonPrior,
): Float64Array {
  if (!(priorMean >= 0 && priorWeight >= 0))
    throw new InvalidArgument("prior", `${priorMean}, ${priorWeight}`, "give values of 0 or more");
  const negative = counts.find((value) => value < 0);
  if (negative !== undefined)
    throw new InvalidArgument("rows", negative, "poisson takes counts or rates, none below 0");
  return counts.map((value) => (value + priorMean * priorWeight) / (1 + priorWeight));
}

export function logs(values: Float64Array): Float64Array {
  return values.map(Math.log);
}
