import { noteDraw } from "../core/run-record.ts";
import { nextTurn } from "#platform/threads";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { random } from "../core/random.ts";
import { fdr, type FdrResult } from "../stats/fdr.ts";
import { responseRows, type Responses } from "./regression-input.ts";
import { checkRuns } from "./segments.ts";

/** How the significance of predictions is tested. */
export interface ScoreSignificanceOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Rows that are moved together; longer than the responses' memory of themselves. Default: 10. */
  readonly blockLength?: number;
  /** The run of each row; blocks end where runs end. Default: all rows are one. */
  readonly runs?: ArrayLike<string | number>;
  /** Default: 1000. */
  readonly permutations?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** The share of false discoveries accepted. Default: 0.05. */
  readonly alpha?: number;
}

const scoreSignificanceNames: OptionNames<ScoreSignificanceOptions> = {
  blockLength: true,
  runs: true,
  permutations: true,
  seed: true,
  alpha: true,
  ...jobNames,
};

/** Which targets are predicted better than by chance. */
export interface ScoreSignificance {
  /** Correlation of prediction and response; NaN where one is constant, and then nothing is tested. */
  readonly correlation: Float64Array;
  /** One-sided p values, corrected for nothing. */
  readonly pValues: Float64Array;
  readonly fdr: FdrResult;
  readonly method: string;
}

/**
 * Are responses predicted better than by chance? The rows of the predictions are shuffled in blocks, which keeps most of
 * their slowness in time, and the correlation is computed again for each shuffle: p = (1 + shuffles at least as good) /
 * (1 + shuffles). Many targets are corrected by the false discovery rate. Shuffling single rows would call slow noise
 * significant.
 *
 * @param observed - responses, nRows × nTargets, or one target as a list.
 * @param predicted - predictions of left-out rows (`crossValidatedPredictions`), of the same shape.
 * @throws ShapeMismatch; InvalidArgument for NaN or fewer than five blocks; Cancelled.
 * @example
 * import { scoreSignificance } from "tsrsa";
 * const signal = Array.from({ length: 200 }, (_, t) => [Math.sin(t * t)]);
 * const test = await scoreSignificance(signal, signal, { permutations: 99 });
 * test.pValues[0]; // 0.01
 */
export async function scoreSignificance(
  observed: Responses,
  predicted: Responses,
  options: ScoreSignificanceOptions = {},
): Promise<ScoreSignificance> {
  checkOptions(options, scoreSignificanceNames);
  const { permutations = 1000, seed = 0, alpha = 0.05 } = options;
  noteDraw("scoreSignificance", { permutations, seed, alpha });
  if (!Number.isInteger(permutations) || permutations < 1)
    throw new InvalidArgument("permutations", permutations, "give a whole number, 1000 or more");
  const [y, n, width] = standardised(observed);
  const [fit, rows, columns] = standardised(predicted);
  if (rows !== n || columns !== width)
    throw new ShapeMismatch(`predictions of ${n} × ${width}`, `${rows} × ${columns}`);
  const blocks = blocksOf(n, options);
  const { permutation } = random(seed);
  const orders = Array.from({ length: permutations }, () =>
    Int32Array.from(Array.from(permutation(blocks.length)).flatMap((block) => blocks[block])),
  );
  const inOrder = Int32Array.from({ length: n }, (_, row) => row);
  const correlation = new Float64Array(width);
  const beyond = new Float64Array(width);
  const line = reporter(options, "targets tested", width);
  for (let first = 0; first < width; first += tileWidth) {
    const last = Math.min(first + tileWidth, width);
    const [some, predictedSome] = [y, fit].map((data) => columnsOf(data, n, width, first, last));
    const observedHere = correlate(some, predictedSome, inOrder);
    correlation.set(observedHere, first);
    for (const order of orders)
      correlate(some, predictedSome, order).forEach((r, j) => {
        // Rounding must not part values that are the same.
        if (r >= observedHere[j] - 1e-12) beyond[first + j]++;
      });
    line.update(last);
    await nextTurn();
    throwIfCancelled(options.signal, "testing predictions");
  }
  line.finish();
  const pValues = beyond.map((count, j) =>
    Number.isNaN(correlation[j]) ? NaN : (1 + count) / (1 + permutations),
  );
  const corrected = fdr(pValues, { alpha });
  const length = options.blockLength ?? defaultBlock;
  const method = `${permutations} shuffles of blocks of ${length} rows, seed ${seed}; ${corrected.method}`;
  return { correlation, pValues, fdr: corrected, method };
}

const defaultBlock = 10;

/** Columns of mean 0 and length 1; a constant one becomes NaN. */
function standardised(responses: Responses): [Float64Array, number, number] {
  const { data, shape } = responseRows(responses);
  const [n, width] = shape;
  if (!data.every(Number.isFinite))
    throw new InvalidArgument(
      "observed or predicted",
      "NaN",
      "test only rows that a fold predicted",
    );
  const out = Float64Array.from(data);
  for (let j = 0; j < width; j++) {
    let [mean, squares] = [0, 0];
    for (let row = 0; row < n; row++) mean += (data[row * width + j] - data[j]) / n;
    for (let row = 0; row < n; row++) {
      out[row * width + j] = data[row * width + j] - data[j] - mean;
      squares += out[row * width + j] ** 2;
    }
    const length = Math.sqrt(squares);
    for (let row = 0; row < n; row++) out[row * width + j] /= length;
  }
  return [out, n, width];
}

/** Targets tested at a time: their columns stay in the processor's cache through all shuffles. */
const tileWidth = 32;

/** Some columns, row by row. */
function columnsOf(
  data: Float64Array,
  n: number,
  width: number,
  first: number,
  last: number,
): Float64Array {
  const part = new Float64Array(n * (last - first));
  for (let row = 0; row < n; row++)
    part.set(data.subarray(row * width + first, row * width + last), row * (last - first));
  return part;
}

function correlate(y: Float64Array, fit: Float64Array, order: Int32Array): Float64Array {
  const width = y.length / order.length;
  const sums = new Float64Array(width);
  for (let row = 0, a = 0; row < order.length; row++)
    for (let j = 0, b = order[row] * width; j < width; j++, a++, b++) sums[j] += y[a] * fit[b];
  return sums;
}

function blocksOf(n: number, options: ScoreSignificanceOptions): number[][] {
  const { blockLength = defaultBlock, runs } = options;
  if (!Number.isInteger(blockLength) || blockLength < 1)
    throw new InvalidArgument("blockLength", blockLength, "give a whole number of rows");
  if (runs !== undefined) checkRuns(runs, n);
  const blocks: number[][] = [];
  for (let row = 0; row < n; row++) {
    const last = blocks.at(-1);
    const goesOn = runs === undefined || (row > 0 && runs[row] === runs[row - 1]);
    if (last !== undefined && goesOn && last.length < blockLength) last.push(row);
    else blocks.push([row]);
  }
  if (blocks.length >= 5) return blocks;
  throw new InvalidArgument(
    "blockLength",
    blockLength,
    `${n} rows are ${blocks.length} blocks, too few to shuffle; give shorter ones`,
  );
}
