import { InvalidArgument } from "../core/errors.ts";
import { listOf, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { checkRuns } from "./segments.ts";

/** How features are delayed. */
export interface FirDelaysOptions {
  /** In volumes; 2 means that a response follows its stimulus by two volumes. Negative ones look ahead. */
  readonly delays: readonly number[];
  /** The run of each row: nothing crosses from one into another. Default: all rows are one run. */
  readonly runs?: ArrayLike<string | number>;
}

const firDelaysNames: OptionNames<FirDelaysOptions> = { delays: listOf(whole()), runs: true };

/**
 * Features once for each delay, side by side, so that a linear model finds the shape of the haemodynamic response (a
 * finite impulse response). Row t has the features of row t − delay; where a run has none they are 0. As the `Delayer`
 * of the voxelwise tutorials, which lets the end of a run leak into the next.
 *
 * @param stimuli - nRows × nFeatures.
 * @returns nRows × (nDelays · nFeatures): all features with the first delay, then with the second …
 * @throws InvalidArgument for delays that are not whole; ShapeMismatch.
 * @example
 * import { firDelays } from "tsrsa";
 * firDelays([[1], [2], [3]], { delays: [0, 1], runs: ["a", "a", "b"] }).data;
 * // Float64Array(6) [ 1, 0, 2, 1, 3, 0 ]
 */
export function firDelays(stimuli: MatrixLike, options: FirDelaysOptions): Matrix<Float64Array> {
  checkOptions(options, firDelaysNames);
  const { delays, runs } = options;
  const { data, shape } = toRows(stimuli);
  const [n, p] = shape;
  if (delays === undefined || delays.length === 0)
    throw new InvalidArgument("delays", delays, "give a list of volumes, as [2, 3, 4]");
  if (runs !== undefined) checkRuns(runs, n);
  const width = delays.length * p;
  const out = new Float64Array(n * width);
  const run = runOfRow(runs, n);
  for (let row = 0; row < n; row++)
    delays.forEach((delay, d) => {
      const from = row - delay;
      if (from < 0 || from >= n || run[from] !== run[row]) return;
      out.set(data.subarray(from * p, (from + 1) * p), row * width + d * p);
    });
  return { data: out, shape: [n, width] };
}

/** Stretches of equal labels, numbered: a label that comes again later is another run. */
function runOfRow(runs: ArrayLike<string | number> | undefined, n: number): Int32Array {
  const numbers = new Int32Array(n);
  for (let row = 1; row < n && runs !== undefined; row++)
    numbers[row] = numbers[row - 1] + (runs[row] === runs[row - 1] ? 0 : 1);
  return numbers;
}
