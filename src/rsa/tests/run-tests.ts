import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import {
  adjustPValues,
  correctionWords,
  type PValueCorrection,
} from "../../stats/adjust-p-values.ts";
import { differencesOf, isNoVariance } from "../../stats/known-scores.ts";
import { studentTUpperTail } from "../../stats/student-t.ts";
import type { EvalResultParts } from "../eval/eval-parts.ts";
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

const evalTestNames: OptionNames<EvalTestOptions> = { type: true, correction: true };

/** All tests of one type. */
export function runTests(parts: EvalResultParts, options: EvalTestOptions): EvalTests {
  checkOptions(options, evalTestNames);
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

function tTests({
  kind,
  models,
  samples,
  variances,
  notes,
  comparison,
}: EvalResultParts): RawTests {
  if (variances === undefined)
    throw new InvalidArgument(
      "type",
      "t",
      `a ${kind} evaluation has no variances here: ${notes.join(" ")}`,
    );
  const { means, ceiling } = samples;
  const { dof } = variances;
  const n = models.length;
  const against = variances.ceiling;
  return {
    zero: means.map((value, m) =>
      comparison?.zero === "equals" ? NaN : oneSidedT(value, variances.models[m], value, dof),
    ),
    ceiling:
      ceiling &&
      against &&
      means.map((value, m) => twoSidedT(value, ceiling.lower, against[m], dof)),
    pair: (i, j) => twoSidedT(means[i], means[j], variances.differences[i * n + j], dof),
  };
}

/** `NaN` without a variance: scores that are all the same tell nothing of others. */
function oneSidedT(value: number, variance: number, size: number, dof: number): number {
  if (Number.isNaN(value) || Number.isNaN(variance) || isNoVariance(variance, size)) return NaN;
  return studentTUpperTail(value / Math.sqrt(variance), dof);
}

function twoSidedT(a: number, b: number, variance: number, dof: number): number {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return Math.min(1, 2 * oneSidedT(Math.abs(a - b), variance, size, dof));
}

/**
 * Shares of bootstrap samples. In rsatoolbox these raise for every bootstrap (issue 379).
 */
function bootstrapTests(parts: EvalResultParts): RawTests {
  const { models, lowerCeilings } = sampleScores(parts);
  const hasChance = parts.comparison?.zero !== "equals";
  const isDistance = parts.comparison?.direction === "distance";
  return {
    zero: Float64Array.from(models, (scores) => (hasChance ? oneSidedP(scores) : NaN)),
    ceiling:
      lowerCeilings &&
      Float64Array.from(models, (scores) =>
        oneSidedP(
          isDistance ? differencesOf(scores, lowerCeilings) : differencesOf(lowerCeilings, scores),
        ),
      ),
    pair: (i, j) => twoSidedP(differencesOf(models[i], models[j])),
  };
}

function signedRankTests({ kind, models, samples, comparison }: EvalResultParts): RawTests {
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
    zero: Float64Array.from(models, (_, m) =>
      comparison?.zero === "equals" ? NaN : signedRankP(scoresOf(m)),
    ),
    ceiling:
      ceiling &&
      Float64Array.from(models, (_, m) =>
        signedRankP(differencesOf(scoresOf(m), new Float64Array(nRdms).fill(ceiling.lower))),
      ),
    pair: (i, j) => signedRankP(differencesOf(scoresOf(i), scoresOf(j))),
  };
}
