import { expect, test } from "vitest";
import { computeEngine } from "../../../src/compute/compute-engine.ts";
import { Cancelled } from "../../../src/core/errors.ts";
import type { JobProgress } from "../../../src/core/job.ts";
import { firstLevel, trialBetas, type GlmRun } from "../../../src/mri/index.ts";
import { random } from "../../../src/stats/random.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const [nVoxels, nVolumes] = [1301, 120];
const next = random(5);
const data = Float64Array.from({ length: nVoxels * nVolumes }, () => 100 + next.normal());
const image = { data, shape: [nVoxels, 1, 1, nVolumes], affine };
const at = Array.from({ length: 22 }, (_, k) => k);
const events = {
  onset: at.map((k) => 6 + 10 * k),
  duration: at.map(() => 1),
  trial_type: at.map((k) => `c${(k * 7) % 3}`),
};
const run: GlmRun = { image, events };
const options = { tr: 2, onProgress: false } as const;

/** Bit for bit; comparing long lists number by number takes seconds. */
function expectSame(a: Float64Array, b: Float64Array): void {
  expect(a.length).toBe(b.length);
  expect(
    Buffer.compare(
      new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
      new Uint8Array(b.buffer, b.byteOffset, b.byteLength),
    ),
  ).toBe(0);
}

/** Models of one run on one thread, then on several that are there. */
async function onBoth<Found>(fit: (jobs: number) => Promise<Found>): Promise<[Found, Found]> {
  const alone = await fit(1);
  await (await computeEngine.pool())?.ready(2);
  return [alone, await fit(3)];
}

test.each(["ols", "ar1"] as const)(
  "a first-level model (%s) has the same bits on any number of threads",
  async (noise) => {
    const [alone, together] = await onBoth((jobs) =>
      firstLevel([run, { ...run, name: "again" }], { ...options, noise, jobs }),
    );
    for (const r of [0, 1]) {
      expectSame(together.betas[r].data, alone.betas[0].data);
      expectSame(together.variances[r], alone.variances[0]);
      expectSame(together.rhos[r], alone.rhos[0]);
    }
    const residuals = await together.residuals({ onProgress: false, jobs: 3 });
    expectSame(residuals[1].data, (await alone.residuals({ onProgress: false, jobs: 1 }))[0].data);
  },
);

test.each(["lss", "lsa"] as const)(
  "single trials (%s), and what they leave, have the same bits on any number of threads",
  async (method) => {
    const [alone, together] = await onBoth((jobs) => trialBetas(run, { ...options, method, jobs }));
    for (const trial of at) expectSame(together.pattern(trial), alone.pattern(trial));
    const [left] = await together.residuals({ onProgress: false, jobs: 3 });
    expectSame(left.data, (await alone.residuals({ onProgress: false, jobs: 1 }))[0].data);
  },
);

test("what trials leave is at right angles to the model, in every voxel", async () => {
  const betas = await trialBetas(run, options);
  const [{ data: left, shape }] = await betas.residuals({ onProgress: false });
  expect(shape).toEqual([nVolumes, nVoxels]);
  for (const voxel of [0, 1, 650, nVoxels - 1]) {
    let [sum, size] = [0, 0];
    for (let t = 0; t < nVolumes; t++) {
      sum += left[t * nVoxels + voxel];
      size += left[t * nVoxels + voxel] ** 2;
    }
    expect(Math.abs(sum)).toBeLessThan(1e-9);
    expect(size).toBeGreaterThan(nVolumes / 3);
  }
});

test("progress goes from 0 to all within a run, too", async () => {
  const told: JobProgress[] = [];
  await firstLevel([run, { ...run, name: "b" }], {
    tr: 2,
    onProgress: (progress) => told.push(progress),
  });
  expect(told.map(({ done }) => done)).toEqual([45, 50, 95, 100]);
  expect(told.every(({ total }) => total === 100)).toBe(true);
});

test("Stop ends a fit within its run, and the next fit is none the worse", async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = ({ done }: JobProgress): void => {
    told.push(done);
    stop.abort();
  };
  const fit = firstLevel([run, { ...run, name: "b" }], { tr: 2, onProgress, signal: stop.signal });
  await expect(fit).rejects.toThrow(Cancelled);
  expect(told.every((done) => done <= 50)).toBe(true);
  const trials = trialBetas(run, { ...options, signal: AbortSignal.abort() });
  await expect(trials).rejects.toThrow(Cancelled);
  const after = await firstLevel(run, options);
  expect(after.betas[0].data.every(Number.isFinite)).toBe(true);
});

test("volumes in memory together of which none counts are passed over", async () => {
  const half = { data: data.subarray(0, (nVoxels * nVolumes) / 2), affine };
  const small = { ...half, shape: [nVoxels, 1, 1, nVolumes / 2] };
  const sampleMask = Array.from({ length: nVolumes / 2 }, (_, k) => nVolumes / 2 + k);
  const fit = (image: GlmRun["image"]) => firstLevel({ image, events, sampleMask }, options);
  const found = await fit([small, small]);
  const joined = new Float64Array(nVoxels * nVolumes);
  for (let v = 0; v < nVoxels; v++) {
    const own = small.data.subarray((v * nVolumes) / 2, ((v + 1) * nVolumes) / 2);
    joined.set(own, v * nVolumes);
    joined.set(own, v * nVolumes + nVolumes / 2);
  }
  const expected = await fit({ ...image, data: joined });
  expectSame(found.betas[0].data, expected.betas[0].data);
});
