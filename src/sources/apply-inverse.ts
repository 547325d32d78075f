import { InvalidArgument, Unsupported } from "../core/errors.ts";
import { flag, oneOf, positive, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions, type Pause } from "../core/job.ts";
import { matrix, type Matrix } from "../core/matrix.ts";
import type { Evoked } from "../meg/evoked.ts";
import type { Epochs } from "../meg/epochs.ts";
import { checkChannels } from "./check-channels.ts";
import { inverseKernel, type KernelOptions } from "./inverse-kernel.ts";
import { orientedKernel, type OrientedKernel } from "./oriented-kernel.ts";
import type { InverseOperator } from "./read-inverse.ts";
import { rowsOfLabel, type SourceLabel } from "./source-label.ts";
import { SourceEstimates } from "./source-estimates.ts";

/** How sources are estimated. */
export interface ApplyInverseOptions extends Pick<JobOptions, "signal"> {
  /** Default `dSPM`, as MNE's. eLORETA is not there. */
  readonly method?: KernelOptions["method"];
  /** Regularisation, 1 / SNR²: 1 / 9 is customary for averages, 1 for single epochs. Default 1 / 9. */
  readonly lambda2?: number;
  /**
   * What becomes of the three currents of a source with free orientation. Default `length`: the length of the three,
   * which is never negative; `normal`: the signed current away from the cortex; `vector`: all three. Sources of fixed
   * orientation have one signed current.
   */
  readonly orientation?: "length" | "normal" | "vector";
  /** How many epochs were averaged. Default: 1 for epochs, as many as it says for an evoked. */
  readonly nAverages?: number;
  /** Only the sources of this label. */
  readonly label?: SourceLabel;
  /** With `normal`: the mean direction of the cortex around each source, where the file knows it. Default true. */
  readonly patchNormals?: boolean;
}

const optionNames: OptionNames<ApplyInverseOptions> = {
  method: oneOf(["MNE", "dSPM", "sLORETA", "eLORETA"]),
  lambda2: (value, argument) => {
    if (!(typeof value === "number" && value >= 0 && Number.isFinite(value)))
      throw new InvalidArgument(argument, value, "give a number of at least 0, for example 1 / 9");
  },
  orientation: oneOf(["length", "normal", "vector"]),
  nAverages: positive,
  label: thing("{ hemisphere, vertices }", "vertices"),
  patchNormals: flag,
  signal: true,
};

const anInverse = thing(
  "an inverse operator, as readInverse gives it",
  "channels",
  "leads",
  "spaces",
);
const recording = thing("epochs or an evoked", "info", "times");

/**
 * Estimate the activity of sources from MEG or EEG: one estimate for each epoch, or one for an evoked. Channels are
 * taken by name, in the operator's order; those that it does not know are ignored. Agrees with
 * `mne.minimum_norm.apply_inverse_epochs` and `apply_inverse` to the float32 of the operator, except that a diagonal
 * noise covariance is divided by the number of averages once.
 *
 * @throws ItemMismatch naming channels that the data lack; InvalidArgument for EEG without average reference, for
 *   `normal` where there is no cortex or one direction, and sLORETA without regularisation; Unsupported for eLORETA;
 *   Cancelled.
 * @example
 * import { applyInverse, readEvokeds, readInverse } from "tsrsa";
 * async function sources(evokedPath: string, inversePath: string) {
 *   const [evoked] = await readEvokeds(evokedPath);
 *   return applyInverse(evoked, await readInverse(inversePath), { orientation: "normal" });
 * }
 */
export async function applyInverse(
  data: Epochs | Evoked,
  inverse: InverseOperator,
  options: ApplyInverseOptions = {},
): Promise<SourceEstimates> {
  recording(data, "data");
  anInverse(inverse, "inverse");
  checkOptions(options, optionNames);
  const { method = "dSPM", lambda2 = 1 / 9, nAverages = averagesOf(data) } = options;
  if ((method as string) === "eLORETA")
    throw new Unsupported("eLORETA is not there", 'use "MNE", "dSPM" or "sLORETA"');
  checkChannels(data.info, inverse);
  const pause = pauses(options.signal, "applyInverse");
  const kernel = orientedKernel(
    inverse,
    inverseKernel(inverse, { method, lambda2, nAverages }),
    options,
  );
  const { rows, vertices } = rowsOfLabel(inverse.spaces, options.label);
  const { times } = data;
  const recorded = await recordedOf(data, inverse.channels);
  const kind =
    inverse.spaces.length === 1 && inverse.spaces[0].kind !== "surface" ? "volume" : "surface";
  return new SourceEstimates({
    data: await multiply(recorded, kernel, rows, pause),
    vertices,
    kind,
    tminS: times[0],
    tstepS: 1 / data.info.sfreqHz,
    subject: inverse.spaces[0].subject,
  });
}

function averagesOf(data: Epochs | Evoked): number {
  return "nAverages" in data ? data.nAverages : 1;
}

/** What is estimated from each epoch: the product with the kernel, and the length of three currents where wanted. */
async function multiply(
  { values, nTimes }: Recorded,
  { kernel, perSource, length, noiseNorm }: OrientedKernel,
  rows: Int32Array,
  pause: Pause,
): Promise<Matrix<Float64Array>> {
  const each = length ? 1 : perSource;
  const size = kernel.shape[1] * nTimes;
  const nEpochs = values.length / size;
  const result = new Float64Array(nEpochs * rows.length * each * nTimes);
  for (let epoch = 0, to = 0; epoch < nEpochs; epoch++) {
    const recorded = values.subarray(epoch * size, (epoch + 1) * size);
    for (const source of rows) {
      const out = result.subarray(to, (to += each * nTimes));
      estimate(kernel, recorded, nTimes, source * perSource, perSource, length, out);
      if (noiseNorm !== undefined) scale(out, noiseNorm[source]);
      if (pause.due()) await pause.turn();
    }
  }
  return matrix(result, [nEpochs, rows.length, ...(each === 3 ? [3] : []), nTimes]);
}

function scale(values: Float64Array, factor: number): void {
  for (let at = 0; at < values.length; at++) values[at] *= factor;
}

/** The currents of one source: rows of the kernel times the data. */
function estimate(
  kernel: Matrix<Float64Array>,
  values: Float64Array,
  nTimes: number,
  firstRow: number,
  nRows: number,
  length: boolean,
  out: Float64Array,
): void {
  const nChannels = kernel.shape[1];
  const row = new Float64Array(nTimes);
  for (let r = 0; r < nRows; r++) {
    const sum = length ? row.fill(0) : out.subarray(r * nTimes, (r + 1) * nTimes);
    for (let c = 0; c < nChannels; c++) {
      const weight = kernel.data[(firstRow + r) * nChannels + c];
      const from = c * nTimes;
      for (let t = 0; t < nTimes; t++) sum[t] += weight * values[from + t];
    }
    if (length) for (let t = 0; t < nTimes; t++) out[t] += sum[t] * sum[t];
  }
  if (length) for (let t = 0; t < nTimes; t++) out[t] = Math.sqrt(out[t]);
}

/** Epochs × the operator's channels × times. */
interface Recorded {
  readonly values: Float64Array;
  readonly nTimes: number;
}

async function recordedOf(data: Epochs | Evoked, channels: readonly string[]): Promise<Recorded> {
  const picked = data.pick(channels);
  const { data: values } = "nAverages" in picked ? picked.data : await picked.read();
  return { values, nTimes: data.times.length };
}
