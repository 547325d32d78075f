import type { Random } from "../../../src/core/random.ts";
import { sidePixels, type Run } from "./design.ts";
import { nVoxels } from "./grid.ts";
import type { VisualBrain } from "./brain.ts";

/** How much of a picture's response is seen after 1, 2 and 3 volumes. */
const response = [0.1, 0.7, 0.2];
const noiseSd = 9;
/** How strongly a whole bright field is answered, in SDs of the noise. */
const strength = 3;
/** The answer to any picture at all, in the same unit. */
const onset = 0.25;
const memory = 0.3;

/** A time series of volumes: C order, the time course of one voxel together; 0 outside the mask. */
export function boldOf(brain: VisualBrain, run: Run, random: Random): Float64Array {
  const { nVolumes } = run;
  const data = new Float64Array(nVoxels * nVolumes);
  brain.voxels.forEach((voxel, v) => {
    const row = data.subarray(voxel * nVolumes, (voxel + 1) * nVolumes);
    noiseAndDrift(row, random);
    const weights = brain.weights[v];
    if (weights !== undefined) addResponse(row, run, weights, brain.gains[v]);
    for (let t = 0; t < nVolumes; t++) row[t] = brain.signal[v] + noiseSd * row[t];
  });
  return data;
}

function addResponse(row: Float64Array, run: Run, weights: Float64Array, gain: number): void {
  const drive = Float64Array.from(row, (_, t) => gain * driveAt(run, t, weights));
  for (let t = 0; t < row.length; t++)
    for (let lag = 1; lag <= response.length; lag++)
      if (t >= lag) row[t] += response[lag - 1] * drive[t - lag];
}

/** Weights are row-major, pictures column-major. */
function driveAt({ pixels }: Run, t: number, weights: Float64Array): number {
  const picture = pixels.subarray(t * weights.length, (t + 1) * weights.length);
  if (picture[0] < 0) return 0;
  let bright = 0;
  for (let i = 0; i < sidePixels; i++)
    for (let j = 0; j < sidePixels; j++)
      bright += weights[i * sidePixels + j] * picture[i + sidePixels * j];
  return strength * bright + onset;
}

function noiseAndDrift(row: Float64Array, random: Random): void {
  const fresh = Math.sqrt(1 - memory ** 2);
  const [level, slope] = [2 * random.normal(), 1.5 * random.normal()];
  let value = random.normal();
  for (let t = 0; t < row.length; t++) {
    row[t] = value + level + (slope * 2 * t) / row.length;
    value = memory * value + fresh * random.normal();
  }
}
