import { expect, test } from "vitest";
import { random } from "../../../src/core/random.ts";
import { openSet } from "../../../src/engine/open-set.ts";
import type { EngineOptions } from "../../../src/engine/engine-options.ts";
import { runChunk } from "../../../src/engine/run-chunk.ts";
import type { Matrix } from "../../../src/core/matrix.ts";
import {
  permutationClusterTest,
  type PermutationClusterOptions,
} from "../../../src/stats/permutation/permutation-cluster-test.ts";
import { relabellingBlocks } from "../../../src/stats/permutation/relabelling-blocks.ts";
import { chunkCounts, inChunks, newRunFolder } from "../../support/in-chunks.ts";

const { normal } = random(26);
function sample(n: number, nPositions: number, effect = 0): Matrix<Float64Array> {
  const data = Float64Array.from(
    { length: n * nPositions },
    (_, k) => normal() + (k % nPositions > nPositions / 2 ? effect : 0),
  );
  return { data, shape: [n, nPositions] };
}

const works = [relabellingBlocks];
const first = sample(13, 20, 1.2);
const second = sample(9, 20);

/** A test in as many chunks as there are, beside one without. */
async function both(data: Matrix, options: PermutationClusterOptions, n = 3) {
  const call = (engine?: EngineOptions) =>
    permutationClusterTest(data, { onProgress: false, seed: 4, ...options, engine });
  return { here: await call(), ...(await inChunks(call, works, n)) };
}

test.each(chunkCounts)("%i chunks give the test that is made at one go", async (n) => {
  const { here, result, nBlocks } = await both(first, { permutations: 730 }, n);
  expect(nBlocks).toBe(8);
  expect(here.significant).toHaveLength(1);
  expect(result).toEqual(here);
});

test("two samples, every way, one-sided, sizes, TFCE, places left out", async () => {
  const cases: readonly (readonly [Matrix, PermutationClusterOptions])[] = [
    [first, { versus: second, permutations: 350 }],
    [sample(8, 12, 1), { tail: "greater", clusterStatistic: "size", permutations: 256 }],
    [sample(4, 12), { versus: sample(5, 12), permutations: 126 }],
    [first, { tfce: true, permutations: 230, exclude: [3] }],
  ];
  for (const [data, options] of cases) {
    const { here, result } = await both(data, options);
    expect(result).toEqual(here);
    expect(here.exact).toBe([256, 126].includes(options.permutations ?? 0));
  }
});

test("positions without variance are known in every block, also of two samples", async () => {
  const flat = (data: Matrix<Float64Array>, value: number): Matrix<Float64Array> => ({
    shape: data.shape,
    data: data.data.map((own, k) => (k % 20 === 5 ? value : own)),
  });
  // Each sample is the same there, but not a mixture of both: what the data are decides, in every block.
  for (const versus of [undefined, flat(second, 9)]) {
    const how = { versus, permutations: 350, thresholdT: 0.5 };
    const { here, result } = await both(flat(first, 0.1), how);
    expect(here.t.data[5]).toBeNaN();
    expect(result).toEqual(here);
  }
});

test("steps down ask for blocks once more, as the second step knows what the first found", async () => {
  const folder = newRunFolder();
  const call = (engine?: EngineOptions) =>
    permutationClusterTest(first, {
      ...{ permutations: 250, stepDownP: 0.05, onProgress: false, engine },
    });
  const here = await call();
  expect(here.method).toContain("2 steps down");
  for (const nBlocks of [3, 6]) {
    await expect(call({ driver: "export", folder })).rejects.toMatchObject({
      code: "BLOCKS_MISSING",
    });
    const set = await openSet(folder);
    expect(set.blocks).toHaveLength(nBlocks);
    await runChunk(set, works, 0, 1);
  }
  expect(await call({ driver: "merge", folder })).toEqual(here);
});

test("another alpha takes the blocks that are there", async () => {
  const folder = newRunFolder();
  const call = (alpha: number, driver: "export" | "merge") =>
    permutationClusterTest(first, {
      ...{ tfce: true, permutations: 40, alpha, engine: { driver, folder }, onProgress: false },
    });
  await expect(call(0.05, "export")).rejects.toThrow("commands");
  await runChunk(await openSet(folder), works, 0, 1);
  expect((await call(0.01, "merge")).alpha).toBe(0.01);
});
