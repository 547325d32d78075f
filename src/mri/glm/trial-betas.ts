import { checkOptions } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { JobOptions } from "../../core/job.ts";
import type { RunSpace } from "./opened-run.ts";
import { Patterns } from "./patterns.ts";
import { toRuns, type GlmRun } from "./run-input.ts";
import { residualsOfSpan } from "./span-residuals.ts";
import { fitEachRun } from "./fit-each-run.ts";
import { layOutTrials, type FittedTrials } from "./fit-trials.ts";
import { trialBetasNames, type TrialBetasOptions } from "./trial-options.ts";
import { trialTable } from "./trial-table.ts";

/**
 * A pattern for every single trial: `rdmNifti` and `rsaNifti` take the result as they take an image, with
 * `labels: betas.items` and `folds: betas.runs`. Its table has the trial, its item and run, and all columns of the
 * events. Repeated items stay apart; they are averaged where RDMs are made.
 *
 * Volumes are gone through once, whatever the number of trials. Agrees with nilearn's `run_glm` of a design a trial.
 * With derivatives the amplitude is the first column of a trial. `lsa` says how much each trial's variance is inflated
 * by the others, and refuses more than ten thousandfold.
 *
 * @param runs - one run or several, in the voxels of one mask; `item` names the column of their items.
 * @throws InvalidArgument for trials that cannot be told apart, naming them, and as {@link firstLevel}.
 * @example
 * import { trialBetas } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const data = Float64Array.from({ length: 40 }, (_, t) => 100 + (t % 10 === 4 ? 2 : 0) + (t % 3));
 * const run = {
 *   image: { data, shape: [1, 1, 1, 40], affine },
 *   events: { onset: [4, 24, 44], duration: [1, 1, 1], trial_type: ["dog", "cat", "dog"] },
 * };
 * const betas = await trialBetas(run, { tr: 2 });
 * [betas.nVolumes, betas.items]; // [ 3, [ "dog", "cat", "dog" ] ]
 */
export async function trialBetas(
  runs: GlmRun | readonly GlmRun[],
  options: TrialBetasOptions = {},
): Promise<Patterns> {
  checkOptions(options, trialBetasNames);
  if (options.hrf === "fir")
    throw new InvalidArgument(
      "hrf",
      "fir",
      "a trial has one amplitude; take a response with a shape",
    );
  const list = toRuns(runs);
  const { fits, space } = await fitEachRun(list, options, (source, run, name) =>
    layOutTrials(source, run, name, options),
  );
  return patternsOf(list, fits, space);
}

function patternsOf(
  runs: readonly GlmRun[],
  fitted: readonly FittedTrials[],
  space: RunSpace,
): Patterns {
  return new Patterns({
    values: fitted.flatMap(({ values }) => values),
    table: trialTable(fitted),
    voxels: space.voxels,
    header: space.header,
    notes: fitted.flatMap(({ notes }) => notes),
    residuals: (job: JobOptions) => residualsOfSpan(runs, fitted, space, job),
  });
}
