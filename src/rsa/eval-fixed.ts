import { checkOptions } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { largestOf } from "../core/extremes.ts";
import { reporter } from "../core/progress.ts";
import { knownScores, meanOfKnown } from "../stats/known-scores.ts";
import { compared } from "./eval/compared.ts";
import type { EvalVariances, NoiseCeiling } from "./eval/eval-parts.ts";
import {
  evalProblem,
  type EvalOptions,
  type EvalProblem,
  evalNames,
  type ModelsInput,
} from "./eval/problem.ts";
import type { RdmGroups } from "./eval/rdm-groups.ts";
import { covarianceMatrix, mapSpread, spreadOf } from "./eval/spread.ts";
import { EvalResult } from "./eval-result.ts";

/**
 * Evaluate models as they are on every data RDM (of a subject, a session …): the mean score of each model, its standard
 * error over the RDMs, the noise ceiling, and t tests with n − 1 degrees of freedom. It speaks of other subjects who see
 * the same items; of other items as well speaks `evalBootstrap`.
 *
 * Items are matched by label. Agrees with `eval_fixed` of rsatoolbox (0.3), but for a constant RDM (`NaN` here, 0 and
 * misplaced scores there) and for a single data RDM: there is then no noise ceiling (1.0 there), no error and no test,
 * and the result's `notes` say so.
 *
 * @param models - RDMs, or models made of several. A flexible model must be fitted before, on other data:
 *   `model.predict(theta)`.
 * @throws ItemMismatch when labels differ; InvalidArgument for `NaN` in different places, two models of one name, or a
 *   model without its parameters; ShapeMismatch; UnknownOption; Cancelled.
 * @example
 * import { evalFixed, Rdm } from "tsrsa";
 * const subjects = [[1, 2, 3], [1, 3, 2], [2, 3, 4]].map((d) => new Rdm(d));
 * const model = new Rdm([1, 2, 3], { name: "size" });
 * const result = await evalFixed(model, subjects, { method: "corr", onProgress: false });
 * result.means[0].toFixed(3); // '0.833'
 */
export async function evalFixed(
  models: ModelsInput,
  data: RdmInput,
  options: EvalOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalNames);
  const problem = evalProblem(models, data, options);
  const { data: vectors, models: all, job, shape } = problem;
  const line = reporter(job, "evaluating models", 2);
  const predictions = all.map((model) => model.predict().condensed);
  const { scores, ceiling } = await compared({ ...problem, predictions }, job);
  line.update(1);
  const found = await ceiling(new Float64Array(vectors.length).fill(1));
  line.update(2);
  line.finish();
  const columns = all.map((_, m) =>
    groupMeans(
      Float64Array.from(vectors, (_v, i) => scores[i * all.length + m]),
      problem.groups,
    ),
  );
  return new EvalResult({
    kind: "fixed",
    method: problem.comparison.name,
    comparison: problem.comparison,
    models: problem.modelNames,
    nRdms: vectors.length,
    nItems: shape.nItems,
    samples: {
      scores: { data: flat(columns), shape: [1, all.length, problem.groups.count] },
      means: Float64Array.from(columns, meanOfKnown),
      ceiling: Number.isNaN(found.lower) ? undefined : found,
      ceilings: undefined,
    },
    variances: variancesOver(columns, found),
    notes: [
      ...problem.notes,
      ...undefinedNotes(problem, scores),
      ...fewNotes(problem, columns, found),
    ],
  });
}

/** Mean score of each group. */
function groupMeans(scores: Float64Array, groups: RdmGroups): Float64Array {
  return Float64Array.from({ length: groups.count }, (_, group) =>
    meanOfKnown(scores.filter((_, i) => groups.of[i] === group)),
  );
}

function flat(columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns.flatMap((column) => [...column]));
}

/** Variances of means over RDMs; the ceiling counts as fixed. Undefined when fewer than two RDMs have scores. */
function variancesOver(
  columns: readonly Float64Array[],
  found: NoiseCeiling,
): EvalVariances | undefined {
  const counts = columns.map((column) => knownScores(column).length);
  const n = largestOf(counts);
  if (n < 2) return undefined;
  const { models, differences } = mapSpread([spreadOf(columns, undefined)], (value) => value / n);
  return {
    models,
    differences,
    ceiling: Number.isNaN(found.lower) ? undefined : models,
    covariance: scaled(covarianceMatrix(columns), 1 / n),
    dof: n - 1,
  };
}

function scaled(
  { data, shape }: EvalVariances["covariance"],
  factor: number,
): EvalVariances["covariance"] {
  return { data: data.map((value) => value * factor), shape };
}

/** Scores that models do not have, one sentence for each model that lacks some with data RDMs that another has. */
function undefinedNotes({ data, modelNames }: EvalProblem, scores: Float64Array): string[] {
  const nModels = modelNames.length;
  const ofRdm = data.map((_, i) => scores.subarray(i * nModels, (i + 1) * nModels));
  const telling = ofRdm.filter((row) => knownScores(row).length > 0);
  const counted = telling.length > 0 ? telling : ofRdm;
  return modelNames.flatMap((name, m) => {
    const lost = counted.filter((row) => Number.isNaN(row[m])).length;
    if (lost === 0) return [];
    const which = lost === counted.length ? "any data RDM" : `${lost} of ${data.length} data RDMs`;
    return [`${name} has no score with ${which}: what is constant agrees with nothing.`];
  });
}

/** What fewer than two RDMs cannot tell. */
function fewNotes(
  { groups }: EvalProblem,
  columns: readonly Float64Array[],
  { lower }: NoiseCeiling,
): string[] {
  const n = largestOf(columns.map((column) => knownScores(column).length));
  if (n > 1) return [];
  const cause = groups.count > 1 ? "Fewer than two data RDMs have scores" : "One data RDM";
  return [
    `${cause}: how much ${Number.isNaN(lower) ? "RDMs differ is not known, so there is no noise ceiling," : "scores differ is not known, so there is"} no standard error and no test; ` +
      'give one RDM for each subject, or resample the items with evalBootstrap(…, { resample: "items" }).',
  ];
}
