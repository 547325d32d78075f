// %% [markdown]
// # Rows of the bench, in Node and in a page
// The public calls of the library at the sizes of docs/bench.md; the milliseconds of each are its result.

// %%
import {
  Rdm,
  compareRdms,
  computeRdm,
  crossValidateRidge,
  epochsFromArray,
  report,
  rsaEpochs,
  rsaNifti,
} from "tsrsa";

let state = 1;
function noise(length: number): Float64Array {
  const next = () => (state = (Math.imul(state, 48271) >>> 0) % 2147483647);
  return Float64Array.from({ length }, () => next() / 2147483647 - 0.5);
}
async function measure(name: string, work: () => unknown, rounds = 3) {
  await work();
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    await work();
    least = Math.min(least, performance.now() - begin);
  }
  report(name, least);
}
const silent = { onProgress: false } as const;

// %%
const features = { data: noise(450 * 512), shape: [450, 512] };
await measure("RDM, 450 items × 512 features", () => computeRdm(features), 20);

// %%
const epochs = epochsFromArray(
  { data: noise(450 * 26 * 243), shape: [450, 26, 243] },
  { sfreqHz: 200, tminS: -0.2 },
);
const labels = Array.from({ length: 450 }, (_, k) => `face ${k}`);
const models = [0, 1].map((m) => new Rdm(noise(101_025), { items: labels, name: `model ${m}` }));
await measure("199 windows of 450 items, 26 channels, two models", () =>
  rsaEpochs(epochs, models, { labels, temporalRadiusS: 0.11, ...silent }),
);

// %%
const size = [40, 48, 34];
const volume = { data: noise(36 * 65_280), shape: [...size, 36] };
const affine = [
  [3, 0, 0, -60],
  [0, 3, 0, -70],
  [0, 0, 3, -50],
  [0, 0, 0, 1],
];
const inside = (_: number, k: number) => {
  const [x, y, z] = [Math.floor(k / 1632), Math.floor(k / 34) % 48, k % 34];
  const far = [2 * x - 39, (2 * y - 47) / 1.2, (2 * z - 33) / 0.85];
  return Number(Math.hypot(...far) < 33.5);
};
const brainMask = {
  data: Float64Array.from({ length: 65_280 }, inside),
  shape: size,
  affine,
};
const categories = [0, 1, 2].map((m) => new Rdm(noise(630), { name: `model ${m}` }));
await measure("spheres of 36 items, radius 10 mm, three models", () =>
  rsaNifti({ ...volume, affine }, categories, { radiusMm: 10, brainMask, ...silent }),
);

// %%
const stimuli = { data: noise(2860 * 100), shape: [2860, 100] };
const responses = { data: noise(2860 * 1000), shape: [2860, 1000] };
await measure("ridge, 10 folds, 2,860 × 100 → 1,000 voxels", () =>
  crossValidateRidge(stimuli, responses, { alpha: 100, folds: 10, ...silent }),
);

// %%
const many = Array.from({ length: 40 }, () => new Rdm(noise(101_025)));
await measure("40 × 40 RDMs of 450 items, Spearman", () =>
  compareRdms(many, many, { method: "spearman", ...silent }),
);
