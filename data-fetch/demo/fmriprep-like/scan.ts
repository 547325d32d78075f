import type { Random } from "../../../src/core/random.ts";
import type { FunctionalHead } from "../haxby-like/anatomy.ts";
import { functionalGrid, nVoxels, type Point } from "../haxby-like/grids.ts";
import { nVolumes, responseCourses, type Trial } from "./experiment.ts";
import { standardised, type Motion } from "./motion.ts";
import type { PlantedCodes } from "./planted.ts";

/** SD of the noise, in units of the signal (about 1000 in the brain). */
const noiseSd = 12;
const nShared = 5;
/** How much of each volume's own and shared noise is left in the next. */
const memory = { own: 0.3, shared: 0.75 };

/** The volumes of one run: C order, the time course of one voxel together. */
export function scanOf(
  head: FunctionalHead,
  { patterns }: PlantedCodes,
  trials: readonly Trial[],
  motion: Motion,
  random: Random,
): Float64Array {
  const data = new Float64Array(nVoxels(functionalGrid) * nVolumes);
  const courses = responseCourses(trials);
  const shared = [...sharedNoise(random), ...motionNoise(motion, random)];
  head.voxels.forEach((voxel, v) => {
    const row = data.subarray(voxel * nVolumes, (voxel + 1) * nVolumes);
    autoregressive(row, memory.own, 0.8, random);
    for (const { course, weight } of shared) addScaled(row, course, weight(head.centres[v]));
    courses.forEach((course, item) => addScaled(row, course, patterns[item][v]));
    addDrift(row, random);
    for (let t = 0; t < nVolumes; t++) row[t] = head.signal[voxel] + noiseSd * row[t];
  });
  return data;
}

interface SharedCourse {
  readonly course: Float64Array;
  readonly weight: (at: Point) => number;
}

function addScaled(row: Float64Array, course: Float64Array, weight: number): void {
  for (let t = 0; t < row.length; t++) row[t] += weight * course[t];
}

function autoregressive(row: Float64Array, left: number, sd: number, random: Random): void {
  const fresh = Math.sqrt(1 - left ** 2);
  let value = random.normal();
  for (let t = 0; t < row.length; t++) {
    row[t] = sd * value;
    value = left * value + fresh * random.normal();
  }
}

/** Slow noise that neighbouring voxels have in common, as of breath and heartbeat. */
function sharedNoise(random: Random): SharedCourse[] {
  return Array.from({ length: nShared }, () => {
    const course = new Float64Array(nVolumes);
    autoregressive(course, memory.shared, 1, random);
    return { course, weight: wave(0.55, 16, random) };
  });
}

/** A head that moves changes every signal, one place up and another down. */
function motionNoise(motion: Motion, random: Random): SharedCourse[] {
  return standardised(motion).map((course) => ({ course, weight: wave(0.3, 30, random) }));
}

/** A weight that goes up and down through the brain. */
function wave(size: number, lengthMm: number, random: Random): (at: Point) => number {
  const k = [0, 1, 2].map(() => random.normal() / lengthMm);
  const phase = 2 * Math.PI * random.next();
  return ([x, y, z]) => size * Math.cos(k[0] * x + k[1] * y + k[2] * z + phase);
}

/** Each run begins at a level of its own, and drifts. */
function addDrift(row: Float64Array, random: Random): void {
  const [level, slope, bend] = [2, 1.2, 0.5].map((sd) => sd * random.normal());
  for (let t = 0; t < row.length; t++) {
    const at = (2 * t) / row.length - 1;
    row[t] += level + slope * at + bend * (at * at - 1 / 3);
  }
}
