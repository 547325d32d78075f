import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openBids } from "../../../src/io/bids/index.ts";
import { readGifti, writeGifti } from "../../../src/io/index.ts";
import {
  joinResiduals,
  readBidsRuns,
  readVertexSeries,
  trialBetas,
  type GlmRun,
  type RunResiduals,
} from "../../../src/mri/index.ts";
import { Rdm } from "../../../src/rdm/rdm.ts";
import { random } from "../../../src/stats/random.ts";
import { rsaSurface, type HalfData } from "../../../src/surface/index.ts";
import { layOut, rawDescription } from "../../io/bids/lay-out.ts";

const formats = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const { arrays } = await readGifti(formats("whole.surf.gii.gz"));
const mesh = { points: arrays[0].values, triangles: arrays[1].values };
const surfaces = { left: mesh, right: mesh };
const [nMesh, nVolumes] = [162, 30];
const model = new Rdm([1, 2, 3], { items: ["a", "b", "c"], name: "idea" });
const quiet = { onProgress: false } as const;

function valuesOf(seed: number): Float64Array {
  const draw = random(seed);
  return Float64Array.from({ length: nMesh * nVolumes }, () => 100 + Math.fround(draw.normal()));
}

/** Of every run both halves, nMesh × nVolumes. */
const runs = [1, 2].map((run) => ({ L: valuesOf(run), R: valuesOf(10 + run) }));
const names = (hemi: "L" | "R") =>
  [1, 2].map(
    (run) => `sub-01/func/sub-01_task-x_run-${run}_hemi-${hemi}_space-fsaverage5_bold.func.gii`,
  );

async function tree(): Promise<string> {
  const root = layOut({
    "dataset_description.json": rawDescription,
    "task-x_events.tsv":
      "onset\tduration\ttrial_type\n4\t1\ta\n12\t1\tb\n20\t1\tc\n28\t1\tb\n36\t1\ta\n44\t1\tc\n",
    "task-x_bold.json": '{"RepetitionTime": 2}',
    ...Object.fromEntries([...names("L"), ...names("R")].map((name) => [name, ""])),
  });
  for (const hemi of ["L", "R"] as const)
    for (const [at, name] of names(hemi).entries())
      await writeGifti(join(root, name), {
        arrays: Array.from({ length: nVolumes }, (_, t) => ({
          intent: "TIME_SERIES",
          values: {
            data: Float32Array.from({ length: nMesh }, (_v, v) => runs[at][hemi][v * nVolumes + t]),
            shape: [nMesh],
          },
        })),
      });
  return root;
}

test("from GIFTI runs of both halves to crossnobis along the cortex, as from the numbers themselves", async () => {
  const data = await openBids(await tree());
  const [left, right] = await Promise.all(
    (["L", "R"] as const).map(async (hemisphere) => {
      const { runs: found } = await readBidsRuns(data, { task: "x", hemisphere });
      return trialBetas(found, { ...quiet, drift: "none" });
    }),
  );
  const residuals = joinResiduals(await left.residuals(quiet), await right.residuals(quiet));
  const how = { surfaces, radiusMm: 60, metric: "crossnobis", ...quiet } as const;
  const asked = { ...how, labels: left.items, folds: left.runs };
  const maps = await rsaSurface({ left, right }, model, { ...asked, noise: { residuals } });
  // Both halves as one row of voxels.
  const affine = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === j)));
  const { runs: found } = await readBidsRuns(data, { task: "x", hemisphere: "L" });
  const both = await trialBetas(
    found.map((run, at): GlmRun => {
      const values = Float64Array.of(...runs[at].L, ...runs[at].R);
      return { ...run, image: { data: values, shape: [2 * nMesh, 1, 1, nVolumes], affine } };
    }),
    { ...quiet, drift: "none" },
  );
  const rows = (from: number): HalfData => ({
    values: {
      data: both.data.slice(from * both.nVolumes, (from + nMesh) * both.nVolumes),
      shape: [nMesh, both.nVolumes],
    },
  });
  const bare = (await both.residuals(quiet)).map(({ data: own, shape, run, dof }) => ({
    ...{ data: own, shape, run, dof },
  }));
  const expected = await rsaSurface({ left: rows(0), right: rows(nMesh) }, model, {
    ...asked,
    noise: { residuals: bare },
  });
  expect(maps.scores.length).toBe(2 * nMesh);
  expect(maps.scores.some(Number.isNaN)).toBe(false);
  expect(new Set(maps.scores).size).toBeGreaterThan(2);
  maps.scores.forEach((score, at) => expect(score).toBeCloseTo(expected.scores[at], 12));
});

test("from CIFTI runs: vertices keep their numbers, the medial wall is NaN in the map", async () => {
  const read = (structure: string) =>
    readVertexSeries(formats("demo.dtseries.nii"), { structure });
  const events = { onset: [0, 0.72], duration: [0.1, 0.1], trial_type: ["a", "b"] };
  const later = { ...events, onset: [0.36, 1.44] };
  const fit = async (structure: string) => {
    const image = await read(structure);
    const two = [
      { image, events, name: "1" },
      { image, events: later, name: "2" },
    ];
    return trialBetas(two, { ...quiet, drift: "none" });
  };
  const [left, right] = [await fit("CORTEX_LEFT"), await fit("CORTEX_RIGHT")];
  const residuals = joinResiduals(await left.residuals(quiet), await right.residuals(quiet));
  const maps = await rsaSurface({ left, right }, new Rdm([1], { items: ["a", "b"], name: "one" }), {
    ...{ labels: left.items, folds: left.runs, surfaces, radiusMm: 40, rsaMetric: "cosine" },
    ...{ metric: "crossnobis", noise: { residuals }, ...quiet },
  });
  for (const [side, patterns] of [["left", left], ["right", right]] as const) {
    const map = maps.map("one")[side] ?? new Float64Array(0);
    expect(map.length).toBe(nMesh);
    const known = [...map.keys()].filter((vertex) => !Number.isNaN(map[vertex]));
    expect(known).toEqual([...patterns.voxels]);
  }
}); // prettier-ignore

test("patterns of voxels, halves of other runs and residuals of one half alone are refused", async () => {
  const image = {
    ...{ data: new Float64Array(8 * 20).map((_, at) => (at * 7) % 11), shape: [8, 1, 1, 20] },
    affine: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => 3 * Number(i === j))),
  };
  const events = { onset: [2, 10, 18], duration: [1, 1, 1], trial_type: ["a", "b", "c"] };
  const left = await trialBetas({ image, events, tr: 2 }, { ...quiet, drift: "none" });
  await expect(rsaSurface({ left }, model, { labels: left.items })).rejects.toThrow(
    /left: "values of voxels \(8 × 1 × 1\)".*rsaNifti/,
  );
  const [residuals] = await left.residuals(quiet);
  const other = (change: Partial<RunResiduals>) => [{ ...residuals, ...change }];
  expect(() => joinResiduals([residuals], [])).toThrow(/1 runs in both halves.*0/s);
  expect(() => joinResiduals([residuals], other({ run: "9" }))).toThrow(/run 1 of 20.*run 9/s);
  expect(() => joinResiduals([residuals], other({ dof: 3 }))).toThrow(/3 degrees of freedom/);
  expect(joinResiduals([residuals], [residuals])[0].shape).toEqual([20, 16]);
});
