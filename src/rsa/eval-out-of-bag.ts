import { listOf, oneOf, repetitions } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { noteDraw } from "../core/run-record.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { meanOfKnown } from "../stats/known-scores.ts";
import { checkDraws, checkEnough, drawKind, drawSamples } from "./eval/draws.ts";
import type { BootstrapDraw, Resampled } from "./eval/eval-parts.ts";
import type { FoldFit } from "./eval/fold.ts";
import { leftInBlocks } from "./eval/left-blocks.ts";
import { foundIn, leftSamples, testedSizes } from "./eval/left-samples.ts";
import { evalNames, evalProblem, type EvalOptions, type ModelsInput } from "./eval/problem.ts";
import { EvalResult } from "./eval-result.ts";
import { weightFitters } from "./models/fit-theta.ts";

/** How to evaluate models on what a bootstrap does not draw. */
export interface EvalOutOfBagOptions extends EvalOptions, FoldFit, EngineJob {
  /** What is drawn, and so what is left to test. Default: `both`, with a single data RDM `items`. */
  readonly resample?: Resampled;
  /** Number of samples. Default: 1000. */
  readonly samples?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Draw these, and not by lot, as for `evalBootstrap`. */
  readonly draws?: readonly BootstrapDraw[];
}

const evalOutOfBagNames: OptionNames<EvalOutOfBagOptions> = {
  ...evalNames,
  resample: oneOf(["items", "rdms", "both"]),
  samples: repetitions(2),
  seed: true,
  draws: listOf(drawKind),
  by: oneOf(weightFitters, "fitter"),
  ridgeWeight: true,
  ...engineNames,
};

/**
 * Evaluate flexible models on what a bootstrap leaves: they are fitted to the items and data RDMs drawn (an item with its
 * own copy makes no pair) and scored on those not drawn, about 37 %. A sample that leaves fewer than 3 items, or no RDM,
 * has no score; `left` tells how many each left, and the notes how many samples were lost: of 12 items four are left.
 *
 * Scores spread more than the mean of a cross-validation would, so that they tell no standard error and no test, which
 * `evalBootstrapCrossval` gives. Agrees with `bootstrap_testset`, `_pattern` and `_rdm` of rsatoolbox for the first
 * model; there every model's column holds the first model's scores.
 *
 * @throws As `evalBootstrap`.
 * @example
 * import { evalOutOfBag, Rdm } from "tsrsa";
 * const subjects = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 2, 3, 4, 6, 5]].map((d) => new Rdm(d));
 * const draws = [{ rdms: [0, 0, 1] }, { rdms: [1, 2, 2] }];
 * const result = await evalOutOfBag(subjects[0], subjects, { resample: "rdms", draws, onProgress: false });
 * result.scores.data[1]; // 1
 */
export async function evalOutOfBag(
  models: ModelsInput,
  data: RdmInput,
  options: EvalOutOfBagOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalOutOfBagNames);
  const { resample, samples = 1000, seed = 0, draws, by, ridgeWeight, engine, ...how } = options;
  if (draws === undefined) noteDraw("evalOutOfBag", { ...options, samples, seed });
  const problem = evalProblem(models, data, how);
  const { models: all, groups, shape } = problem;
  const resampled = resample ?? (groups.count > 1 ? "both" : "items");
  checkEnough(problem, resampled);
  const drawn = checkDraws(draws) ?? drawSamples(problem, resampled, samples, seed);
  const { items, rdms } = testedSizes(drawn, groups, shape.nItems);
  const left = { items, rdms };
  const rows =
    engine === undefined
      ? await leftSamples(problem, drawn, { by, ridgeWeight })
      : await leftInBlocks(problem, drawn, { by, ridgeWeight }, engine);
  const found = rows.map((row) => foundIn(row, all));
  const scores = Float64Array.from(found.flatMap((sample) => sample.map(({ score }) => score)));
  const parameters = all.map((_, m) => found.map((sample) => sample[m].theta));
  const column = (m: number): Float64Array =>
    Float64Array.from({ length: drawn.length }, (_, s) => scores[s * all.length + m]);
  return new EvalResult({
    ...{ kind: "out-of-bag bootstrap", resampled },
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: groups.of.length,
    nItems: shape.nItems,
    ...{ draws: drawn, parameters, left },
    samples: {
      scores: { data: scores, shape: [drawn.length, all.length, 1] },
      means: Float64Array.from(all, (_, m) => meanOfKnown(column(m))),
      ceiling: undefined,
      ceilings: undefined,
    },
    notes: [...problem.notes, ...leftNotes(scores, left, all.length)],
  });
}

function leftNotes(
  scores: Float64Array,
  { items, rdms }: { items: Int32Array; rdms: Int32Array },
  nModels: number,
): string[] {
  const few = items.filter((n, s) => n < 3 || rdms[s] === 0).length;
  const undefinedScores = scores.filter(Number.isNaN).length - few * nModels;
  const mean = (counts: Int32Array): string => meanOfKnown(Float64Array.from(counts)).toFixed(1);
  return [
    `Samples left ${mean(items)} items and ${mean(rdms)} data RDMs to be tested, on average.`,
    ...(few === 0
      ? []
      : [
          `${few} of ${items.length} samples left fewer than 3 items, or no data RDM, and have no score.`,
        ]),
    ...(undefinedScores === 0
      ? []
      : [
          `${undefinedScores} of ${scores.length} scores are undefined (something was constant there) and were left out.`,
        ]),
    "Scores of samples tell no standard error and no test; evalBootstrapCrossval gives both.",
  ];
}
