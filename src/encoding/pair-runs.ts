import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { isList } from "../core/gate/vector.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

/** How stimuli and responses of runs are paired. */
export interface PairRunsOptions {
  /** Volumes by which responses follow their stimuli; so many are dropped from each run. Default: 0. */
  readonly delayVolumes?: number;
}

const pairRunsNames: OptionNames<PairRunsOptions> = { delayVolumes: true };

/** Runs put together, row by row. */
export interface PairedRuns {
  /** nRows × nFeatures. */
  readonly stimuli: Matrix<Float64Array>;
  /** nRows × nTargets. */
  readonly responses: Matrix<Float64Array>;
  /** The run of each row, from 0; give it to `leaveOneRunOut` or `firDelays`. */
  readonly runs: Int32Array;
}

/**
 * Stimuli and responses of several runs as one, each response beside the stimulus that came `delayVolumes` before it in
 * the same run. The Miyawaki example's `run[2:]` and `stimuli[:-2]`.
 *
 * @param stimuli - of each run nVolumes × nFeatures.
 * @param responses - of each run nVolumes × nTargets, as from `NiftiMasker.transformRuns`.
 * @throws ShapeMismatch naming the run whose rows are not as many on both sides; InvalidArgument.
 * @example
 * import { pairRuns } from "tsrsa";
 * const paired = pairRuns([[[1], [2], [3]]], [[[10], [20], [30]]], { delayVolumes: 1 });
 * [paired.stimuli.data, paired.responses.data]; // [ Float64Array(2) [ 1, 2 ], Float64Array(2) [ 20, 30 ] ]
 */
export function pairRuns(
  stimuli: readonly MatrixLike[],
  responses: readonly MatrixLike[],
  options: PairRunsOptions = {},
): PairedRuns {
  checkOptions(options, pairRunsNames);
  const { delayVolumes: delay = 0 } = options;
  if (!Number.isInteger(delay) || delay < 0)
    throw new InvalidArgument("delayVolumes", delay, "give a whole number from 0");
  for (const [name, runs] of Object.entries({ stimuli, responses }))
    if (!isList(runs))
      throw new InvalidArgument(name, runs, "give a list with a matrix for each run");
  if (stimuli.length !== responses.length || stimuli.length === 0)
    throw new ShapeMismatch(
      `stimuli of ${responses.length} runs, one or more`,
      `of ${stimuli.length}`,
      "give both run by run, in the same order",
    );
  const x = stimuli.map((run, at) => toRows(run, `stimuli[${at}]`));
  const y = responses.map((run, at) => toRows(run, `responses[${at}]`));
  x.forEach(({ shape: [rows] }, run) => checkRun(run, rows, y[run].shape[0], delay));
  return {
    stimuli: stack(
      x.map((run) => part(run, 0, run.shape[0] - delay)),
      "stimuli",
    ),
    responses: stack(
      y.map((run) => part(run, delay, run.shape[0])),
      "responses",
    ),
    runs: Int32Array.from(
      x.flatMap(({ shape: [n] }, run) => new Array<number>(n - delay).fill(run)),
    ),
  };
}

type Rows = Matrix<Float64Array>;

function checkRun(run: number, nStimuli: number, nVolumes: number, delay: number): void {
  if (nStimuli !== nVolumes)
    throw new ShapeMismatch(
      `run ${run + 1}: a stimulus for each of ${nVolumes} volumes`,
      `${nStimuli}`,
      "give a row of stimuli for every volume, also for rest",
    );
  if (nVolumes > delay) return;
  throw new InvalidArgument(
    "delayVolumes",
    delay,
    `run ${run + 1} has ${nVolumes} volumes, so none would be left`,
  );
}

function part({ data, shape: [, width] }: Rows, first: number, last: number): Rows {
  return { data: data.subarray(first * width, last * width), shape: [last - first, width] };
}

function stack(runs: readonly Rows[], name: string): Rows {
  const width = runs[0].shape[1];
  const odd = runs.findIndex(({ shape }) => shape[1] !== width);
  if (odd >= 0)
    throw new ShapeMismatch(
      `run ${odd + 1}: ${width} columns of ${name}, as in run 1`,
      `${runs[odd].shape[1]}`,
      "mask all runs with one mask, and describe all stimuli by the same features",
    );
  const rows = runs.reduce((sum, { shape }) => sum + shape[0], 0);
  const data = new Float64Array(rows * width);
  let at = 0;
  for (const run of runs) {
    data.set(run.data, at);
    at += run.data.length;
  }
  return { data, shape: [rows, width] };
}
