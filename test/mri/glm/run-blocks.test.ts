import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { EngineOptions } from "../../../src/engine/engine-options.ts";
import { openSet } from "../../../src/engine/open-set.ts";
import { runChunk } from "../../../src/engine/run-chunk.ts";
import { firstLevel, trialBetas, type GlmRun } from "../../../src/mri/glm/index.ts";
import { runFitBlocks } from "../../../src/mri/glm/run-blocks.ts";
import { storeVolumes } from "../../../src/mri/glm/stored-volumes.ts";
import type { DataSource } from "../../../src/mri/functional-data.ts";
import { openNifti } from "../../../src/io/nifti/index.ts";
import { chunkCounts, inChunks, newRunFolder } from "../../support/in-chunks.ts";
import { objectsMask, objectsRun } from "./objects.ts";

const works = [runFitBlocks];
const quiet = { onProgress: false } as const;
const mask = await objectsMask();
const urls = [await objectsRun("01"), await objectsRun("02")];

/** Runs named by path, as a command line names them; the second has a column less. */
const runs = urls.map((run, at): GlmRun => {
  const image = fileURLToPath(run.image as URL);
  return at === 0 ? { ...run, image } : { ...run, image, confounds: undefined };
});

type Call = (engine?: EngineOptions) => ReturnType<typeof firstLevel>;
const model =
  (list: readonly GlmRun[], more: object = {}): Call =>
  (engine) =>
    firstLevel(list, { mask, ...quiet, ...more, engine });

function numbersOf(fit: Awaited<ReturnType<Call>>) {
  const { betas, variances, rhos, dofs, runs: names } = fit;
  const { effect, variance, stat } = fit.contrast({ tree: 1, bird: -1 }).result;
  return { betas, variances, rhos, dofs, names, effect, variance, stat };
}

const here = numbersOf(await model(runs)());

test.each(chunkCounts)("runs are fitted to the same bits in %i chunks", async (n) => {
  const { result, nBlocks } = await inChunks(model(runs), works, n);
  expect(nBlocks).toBe(2);
  expect(numbersOf(result)).toEqual(here);
  expect(result.designs).toHaveLength(2);
});

test("signals in percent, independent noise, volumes left out", async () => {
  const some = runs.map((run) => ({
    ...run,
    sampleMask: Array.from({ length: 60 }, (_, at) => at).filter((at) => at % 17 !== 5),
  }));
  for (const signalScaling of ["percent", "percent-of-all"] as const) {
    const call = model(some, { signalScaling, noise: "ols" });
    expect(numbersOf((await inChunks(call, works, 2)).result)).toEqual(numbersOf(await call()));
  }
});

test("an image that is open, or in memory, is kept beside the plan", async () => {
  const image = await openNifti(runs[0].image as string);
  const call = model([{ ...runs[0], image }, urls[1]]);
  const found = numbersOf((await inChunks(call, works, 1)).result);
  numbersOf(await call()).stat.forEach((t, at) => expect(found.stat[at]).toBeCloseTo(t, 10));
  await image.close();
});

test.each([
  { method: "lss" },
  { method: "lss", noise: "ar1", kind: "t", others: "perCondition" },
  { method: "lsa" },
  { method: "lsa", noise: "ar1", kind: "t" },
] as const)("single trials by %o", async (how) => {
  const call = (engine?: EngineOptions) => trialBetas(runs, { mask, ...quiet, ...how, engine });
  const [whole, { result }] = [await call(), await inChunks(call, works, 2)];
  for (let trial = 0; trial < whole.nVolumes; trial++)
    expect(result.pattern(trial)).toEqual(whole.pattern(trial));
  expect([result.items, result.runs, result.notes]).toEqual([whole.items, whole.runs, whole.notes]);
  expect(result.table.names).toEqual(whole.table.names);
});

test("a file that was changed or taken away since the plan is refused, and another makes other blocks", async () => {
  const folder = newRunFolder();
  mkdirSync(folder);
  const image = join(folder, "bold.nii.gz");
  copyFileSync(runs[0].image as string, image);
  const call = model([{ ...runs[0], image }]);
  const driver = { driver: "export", folder } as const;
  await expect(call(driver)).rejects.toMatchObject({ code: "BLOCKS_MISSING" });
  copyFileSync(runs[1].image as string, image);
  const set = await openSet(folder);
  await expect(runChunk(set, works, 0, 1)).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(call(driver)).rejects.toMatchObject({ code: "BLOCKS_MISSING" });
  expect((await openSet(folder)).plans).toHaveLength(2);
  writeFileSync(image, "");
  await expect(runChunk(set, works, 0, 1)).rejects.toMatchObject({ code: "FILE_FORMAT" });
});

test("what is wrong with a model is said before anything is planned", async () => {
  const engine = { driver: "export", folder: newRunFolder() } as const;
  const events = { onset: [1e4], duration: [1], trial_type: ["never"] };
  await expect(model([{ ...runs[0], events }])(engine)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  await expect(openSet(engine.folder)).rejects.toMatchObject({ code: "MISSING_FILE" });
});

test("volumes that come some at a time are kept as time courses of the voxels wanted", async () => {
  const shape = [3, 1, 1, 5];
  const all = Float64Array.from({ length: 15 }, (_, at) => at);
  const part = (first: number, to: number) => ({
    ...{ first, nVolumes: to - first },
    data: [0, 1, 2].flatMap((v) => [...all.subarray(v * 5 + first, v * 5 + to)]),
  });
  const source = {
    header: { shape, affine: [] as unknown as number[][] },
    ...{ nVolumes: 5, voxels: undefined, runLengths: [5] },
    async *batches() {
      yield await Promise.resolve(part(0, 2));
      yield await Promise.resolve(part(2, 5));
    },
    close: async () => {},
  } as unknown as DataSource;
  const kept = await storeVolumes(new URL("file:///none.nii"), source, Int32Array.of(0, 2), quiet);
  expect(kept).toEqual({
    nVolumes: 5,
    series: Float64Array.of(0, 1, 2, 3, 4, 10, 11, 12, 13, 14),
  });
});
