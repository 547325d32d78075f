import { library, normal } from "./data.mjs";

const { designMatrix } = await library("mri/index.js");

/** Volumes, and voxels in the mask, of the note's data set: 64 × 64 × 36 × 200 with a third of them brain. */
export const [nVolumes, nVoxels, trS] = [200, 52_131, 2];

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

/** Volumes with noise that follows on that of the volume before: a time course a voxel, as images lie in memory. */
export function boldSeries() {
  const data = normal(nVoxels * nVolumes, 21);
  for (let start = 0; start < data.length; start += nVolumes) {
    for (let t = 1; t < nVolumes; t++) data[start + t] += 0.3 * data[start + t - 1];
    for (let t = 0; t < nVolumes; t++) data[start + t] += 100;
  }
  return { data, shape: [nVoxels, nVolumes] };
}

/** A row of voxels as an image. */
export function imageOf(bold) {
  return { data: bold.data, shape: [nVoxels, 1, 1, nVolumes], affine };
}

/** So many events of so many conditions, one each `gapS` seconds. */
export function eventsOf(nEvents, nConditions, gapS) {
  const at = Array.from({ length: nEvents }, (_, k) => k);
  return {
    onset: at.map((k) => 4 + gapS * k),
    duration: at.map(() => 1),
    trial_type: at.map((k) => `c${(k * 7) % nConditions}`),
  };
}

/** Six courses of a head that moves. */
export function motion() {
  const noise = normal(6 * nVolumes, 23);
  return Object.fromEntries(
    Array.from({ length: 6 }, (_, k) => [
      `motion_${k}`,
      noise.slice(k * nVolumes, (k + 1) * nVolumes),
    ]),
  );
}

/** The model of a row, and its columns for the other side. */
export function modelOf(events) {
  const model = { tr: trS, highPassHz: 1 / 128 };
  const design = designMatrix(events, { ...model, nVolumes, confounds: motion() });
  return { model, design: { data: design.data, shape: [...design.shape] } };
}
