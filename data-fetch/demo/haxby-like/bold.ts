import type { Random } from "../../../src/core/random.ts";
import type { FunctionalHead } from "./anatomy.ts";
import { categories, responseCourses, runVolumes } from "./design.ts";
import { functionalGrid, nVoxels, type Point } from "./grids.ts";
import type { PlantedBrain } from "./planted.ts";

/** SD of the noise, in units of the signal (about 1000 in the brain). */
const noiseSd = 14;
/** How much of each volume's noise is left in the next. */
const memory = 0.35;
const nShared = 6;

/** A time series of volumes: C order, the time course of one voxel together. */
export function boldOf(
  head: FunctionalHead,
  { patterns }: PlantedBrain,
  design: readonly string[],
  random: Random,
): Float64Array {
  const nVolumes = design.length;
  const data = new Float64Array(nVoxels(functionalGrid) * nVolumes);
  const courses = responseCourses(design);
  const shared = sharedNoise(nVolumes, random);
  head.voxels.forEach((voxel, v) => {
    const row = data.subarray(voxel * nVolumes, (voxel + 1) * nVolumes);
    ownNoise(row, random);
    shared.forEach(({ course, weight }) => addScaled(row, course, weight(head.centres[v])));
    categories.forEach((category, c) => addScaled(row, courses.get(category), patterns[c][v]));
    addDrift(row, random);
    for (let t = 0; t < nVolumes; t++) row[t] = head.signal[voxel] + noiseSd * row[t];
  });
  return data;
}

function addScaled(row: Float64Array, course: Float64Array | undefined, weight: number): void {
  if (course === undefined || weight === 0) return;
  for (let t = 0; t < row.length; t++) row[t] += weight * course[t];
}

function ownNoise(row: Float64Array, random: Random): void {
  const fresh = Math.sqrt(1 - memory ** 2);
  let value = random.normal();
  for (let t = 0; t < row.length; t++) {
    row[t] = 0.85 * value;
    value = memory * value + fresh * random.normal();
  }
}

/** Slow noise that neighbouring voxels have in common, as of breath and heartbeat. */
function sharedNoise(nVolumes: number, random: Random) {
  return Array.from({ length: nShared }, () => {
    const course = new Float64Array(nVolumes);
    let value = random.normal();
    for (let t = 0; t < nVolumes; t++) {
      course[t] = value;
      value = 0.7 * value + 0.71 * random.normal();
    }
    const wave = [0, 1, 2].map(() => random.normal() / 25);
    const phase = 2 * Math.PI * random.next();
    const weight = ([x, y, z]: Point) =>
      0.25 * Math.cos(wave[0] * x + wave[1] * y + wave[2] * z + phase);
    return { course, weight };
  });
}

/** Each run begins at a level of its own, and drifts. */
function addDrift(row: Float64Array, random: Random): void {
  for (let start = 0; start < row.length; start += runVolumes) {
    const [level, slope, bend] = [2, 1.6, 0.4].map((sd) => sd * random.normal());
    for (let t = 0; t < runVolumes; t++) {
      const at = (2 * t) / runVolumes - 1;
      row[start + t] += level + slope * at + bend * (at * at - 1 / 3);
    }
  }
}
