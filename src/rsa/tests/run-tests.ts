import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import {
  adjustPValues,
  correctionWords,
  type PValueCorrection,
} from "../../stats/adjust-p-values.ts";
import { studentTUpperTail } from "../../stats/student-t.ts";
import type { EvalResultParts } from "../eval-result.ts";
import { oneSidedP, sampleScores, twoSidedP } from "./bootstrap-tests.ts";
import type { EvalTestOptions, EvalTests, EvalTestType, PValues } from "./eval-tests.ts";
import { signedRankP } from "./signed-rank.ts";

/** The three families of tests as they come, not corrected. */
interface RawTests {
  readonly zero: Float64Array;
  readonly ceiling: Float64Array | undefined;
  readonly pair: (i: number, j: number) => number;
}

const testsOf: Readonly<Record<EvalTestType, (parts: EvalResultParts) => RawTests>> = {
  t: tTests,
  bootstrap: bootstrapTests,
  ranksum: signedRankTests,
};

const words: Readonly<Record<EvalTestType, string>> = {
  t: "t tests (against 0 one-sided, else two-sided)",
  bootstrap: "bootstrap tests (between models two-sided, else one-sided)",
  ranksum: "Wilcoxon signed-rank tests (two-sided)",
};

/** All tests of one type. */
export function runTests(parts: EvalResultParts, options: EvalTestOptions): EvalTests {
  const { type = "t", correction = "fdr-bh" } = options;
  if (!Object.hasOwn(testsOf, type)) throw new UnknownOption("test", type, Object.keys(testsOf));
  const { zero, ceiling, pair } = testsOf[type](parts);
  return {
    type,
    correction,
    zero: corrected(zero, correction),
    ceiling: ceiling && corrected(ceiling, correction),
    pairwise: pairwise(parts.models.length, pair, correction),
    words: `${words[type]}, ${correctionWords(correction)}`,
  };
}

function corrected(p: Float64Array, correction: PValueCorrection): PValues {
  return { p, adjusted: adjustPValues(p, correction) };
}

/** Each pair is one test, found in both halves of the matrix. */
function pairwise(
  n: number,
  pair: (i: number, j: number) => number,
  correction: PValueCorrection,
): PValues {
  const pairs = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_, k) => [i, i + 1 + k] as const),
  );
  const p = Float64Array.from(pairs, ([i, j]) => pair(i, j));
  const adjusted = adjustPValues(p, correction);
  const square = (values: Float64Array): Float64Array => {
    const all = new Float64Array(n * n).fill(1);
    pairs.forEach(([i, j], k) => (all[i * n + j] = all[j * n + i] = values[k]));
    return all;
  };
  return { p: square(p), adjusted: square(adjusted) };
}

/** The least variance that counts: equal scores differ by rounding. */
const LEAST_VARIANCE = Number.EPSILON;

function tTests({ kind, models, samples, variances, notes }: EvalResultParts): RawTests {
  if (variances === undefined)
    throw new InvalidArgument(
      "type",
      "t",
      `a ${kind} evaluation has no variances here: ${notes.join(" ")}`,
    );
  const { means, ceiling } = samples;
  const n = models.length;
  const t = (value: number, variance: number): number =>
    value / Math.sqrt(Math.max(variance, LEAST_VARIANCE));
  const twoSided = (value: number, variance: number): number =>
    nanOr(value, variance, () =>
      Math.min(1, 2 * studentTUpperTail(Math.abs(t(value, variance)), variances.dof)),
    );
  const against = variances.ceiling;
  return {
    zero: means.map((value, m) =>
      nanOr(value, variances.models[m], () =>
        studentTUpperTail(t(value, variances.models[m]), variances.dof),
      ),
    ),
    ceiling:
      ceiling && against && means.map((value, m) => twoSided(value - ceiling.lower, against[m])),
    pair: (i, j) => twoSided(means[i] - means[j], variances.differences[i * n + j]),
  };
}

function nanOr(value: number, variance: number, p: () => number): number {
  return Number.isNaN(value) || Number.isNaN(variance) ? NaN : p();
}

/**
 * Shares of bootstrap samples. In rsatoolbox these raise for every bootstrap (issue 379).
 */
function bootstrapTests(parts: EvalResultParts): RawTests {
  const { models, lowerCeilings } = sampleScores(parts);
  return {
    zero: Float64Array.from(models, oneSidedP),
    ceiling:
      lowerCeilings &&
      Float64Array.from(models, (scores) => oneSidedP(minus(scores, lowerCeilings, 1))),
    pair: (i, j) => twoSidedP(minus(models[i], models[j], -1)),
  };
}

/** `sign` × (b − a). */
function minus(a: Float64Array, b: Float64Array, sign: number): Float64Array {
  return a.map((value, k) => sign * (b[k] - value));
}

function signedRankTests({ kind, models, samples }: EvalResultParts): RawTests {
  const [, , nRdms] = samples.scores.shape;
  if (kind !== "fixed")
    throw new InvalidArgument(
      "type",
      "ranksum",
      `it compares data RDMs, and a ${kind} evaluation keeps no score for each; use evalFixed, or type t`,
    );
  if (nRdms < 2)
    throw new InvalidArgument(
      "type",
      "ranksum",
      "one data RDM tells nothing of others; a test needs several",
    );
  const scoresOf = (m: number): Float64Array =>
    samples.scores.data.subarray(m * nRdms, (m + 1) * nRdms);
  const { ceiling } = samples;
  return {
    zero: Float64Array.from(models, (_, m) => signedRankP(scoresOf(m))),
    ceiling:
      ceiling &&
      Float64Array.from(models, (_, m) => signedRankP(scoresOf(m).map((s) => s - ceiling.lower))),
    pair: (i, j) => signedRankP(minus(scoresOf(i), scoresOf(j), -1)),
  };
}
