import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { knownScores, meanOfKnown } from "../../stats/known-scores.ts";
import { quantileOf } from "../../stats/quantile.ts";
import type { ConfidenceInterval, EvalResultParts } from "../eval/eval-parts.ts";

/** Each model's score in every bootstrap sample where it has one, and the lower ceilings. */
export interface SampleScores {
  readonly models: readonly Float64Array[];
  readonly lowerCeilings: Float64Array | undefined;
}

/** Throws `InvalidArgument` for an evaluation that is no plain bootstrap. */
export function sampleScores({ kind, models, samples }: EvalResultParts): SampleScores {
  if (kind !== "bootstrap" && kind !== "bootstrapped cross-validation") {
    throw new InvalidArgument(
      "type",
      "bootstrap",
      `a ${kind} evaluation has no bootstrap samples to count; use evalBootstrap${kind === "dual bootstrap" ? ", or type t: the variance of a dual bootstrap is put together from three" : ""}`,
    );
  }
  const [nSamples, nModels, nValues] = samples.scores.shape;
  const { data } = samples.scores;
  return {
    models: models.map((_, m) =>
      Float64Array.from({ length: nSamples }, (_s, s) => {
        const at = (s * nModels + m) * nValues;
        return meanOfKnown(data.subarray(at, at + nValues));
      }),
    ),
    lowerCeilings: samples.ceilings && lowerCeilings(samples.ceilings),
  };
}

/** The lower ceiling of each sample, the mean where it has several. */
function lowerCeilings({ data, shape }: Matrix<Float64Array>): Float64Array {
  const [, nSamples, nValues] = shape;
  return Float64Array.from({ length: nSamples }, (_, s) =>
    meanOfKnown(data.subarray(s * nValues, (s + 1) * nValues)),
  );
}

/** Share of samples in which a value is at most zero, counting the data themselves as one more (Phipson & Smyth 2010). */
export function oneSidedP(values: Float64Array): number {
  const known = knownScores(values);
  if (known.length === 0) return NaN;
  return (known.filter((value) => value <= 0).length + 1) / (known.length + 1);
}

/** Twice the smaller of the shares on either side of zero. */
export function twoSidedP(values: Float64Array): number {
  return Math.min(1, 2 * Math.min(oneSidedP(values), oneSidedP(values.map((value) => -value))));
}

/** Percentiles of the samples; with one more sample at each infinity, as rsatoolbox has it. */
export function percentileInterval(parts: EvalResultParts, level: number): ConfidenceInterval {
  const cut = (1 - level) / 2;
  const sorted = sampleScores(parts).models.map((values) =>
    Float64Array.from([-Infinity, ...knownScores(values), Infinity]).sort(),
  );
  const bounds = {
    level,
    lower: Float64Array.from(sorted, (values) => quantileOf(values, cut)),
    upper: Float64Array.from(sorted, (values) => quantileOf(values, 1 - cut)),
  };
  if ([...bounds.lower, ...bounds.upper].every(Number.isFinite)) return bounds;
  throw new InvalidArgument(
    "level",
    level,
    `${parts.samples.scores.shape[0]} bootstrap samples are too few for it; draw at least ${Math.ceil(2 / cut)}`,
  );
}
