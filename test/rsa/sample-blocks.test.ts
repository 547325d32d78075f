import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";
import type { EngineOptions } from "../../src/engine/engine-options.ts";
import { evalBootstrap, mantelTest, random, Rdm, withMeta } from "../../src/index.ts";
import { bootstrapBlocks } from "../../src/rsa/eval/bootstrap-blocks.ts";
import { permutationBlocks } from "../../src/rsa/mantel/permutation-blocks.ts";

const root = mkdtempSync(join(tmpdir(), "tsrsa-sample-blocks-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let nFolders = 0;

const draw = random(11);
function rdms(
  count: number,
  nItems: number,
  name: string,
  change = (v: number[]): number[] => v,
): Rdm[] {
  const nPairs = (nItems * (nItems - 1)) / 2;
  return Array.from(
    { length: count },
    (_, at) =>
      new Rdm(change(Array.from({ length: nPairs }, () => draw.next())), { name: `${name}${at}` }),
  );
}

/** What a call gives here, and when its blocks were computed by others. */
async function bothWays<T>(call: (engine?: EngineOptions) => Promise<T>): Promise<[T, T, number]> {
  const folder = join(root, `run${nFolders++}`);
  await expect(call({ driver: "export", folder })).rejects.toMatchObject({
    code: "BLOCKS_MISSING",
  });
  const set = await openSet(folder);
  for (const k of [2, 0, 1]) await runChunk(set, [bootstrapBlocks, permutationBlocks], k, 3);
  return [await call(), await call({ driver: "merge", folder }), set.blocks.length];
}

const quiet = { onProgress: false } as const;

test.each(["dual", "items", "rdms", "both"] as const)(
  "bootstrap of %s: the samples of blocks are those of one go",
  async (resample) => {
    const data = rdms(4, 9, "s");
    const models = rdms(2, 9, "m");
    const [here, inBlocks, nBlocks] = await bothWays((engine) =>
      evalBootstrap(models, data, { resample, samples: 60, seed: 3, engine, ...quiet }),
    );
    expect(nBlocks).toBe(3);
    expect(inBlocks.scores.data).toHaveLength(here.scores.data.length);
    here.scores.data.forEach((score, at) =>
      expect(inBlocks.scores.data[at]).toBeCloseTo(score, 12),
    );
    expect(inBlocks.noiseCeiling).toEqual(here.noiseCeiling);
    expect(inBlocks.notes).toEqual(here.notes);
  },
);

test("gaps, groups, few items (samples left out) and draws of one's own", async () => {
  const gap = (v: number[]): number[] => v.map((value, at) => (at === 3 ? NaN : value));
  const data = rdms(4, 5, "s", gap).map((rdm, at) => withMeta(rdm, { subject: at >> 1 }));
  const models = rdms(1, 5, "m");
  const options = { samples: 60, seed: 1, ignoreNan: true, groupBy: "subject", ...quiet } as const;
  const [here, inBlocks] = await bothWays((engine) =>
    evalBootstrap(models, data, { ...options, engine }),
  );
  expect(here.notes.join(" ")).toContain("were left out");
  expect(inBlocks.notes).toEqual(here.notes);
  expect(inBlocks.scores.data).toEqual(here.scores.data);
  const others = rdms(3, 5, "t");
  const draws = [{ items: [0, 1, 2, 3, 3] }, { items: [4, 3, 2, 1, 0] }, { rdms: [1, 0] }];
  const [own, ownInBlocks] = await bothWays((engine) =>
    evalBootstrap(models, others, { draws, resample: "items", engine, ...quiet }),
  );
  expect(ownInBlocks.scores.data).toEqual(own.scores.data);
});

test("permutations of a Mantel test are the same in blocks, drawn by lot or all", async () => {
  for (const n of [9, 6]) {
    const [a, b] = rdms(2, n, "r");
    const [here, inBlocks] = await bothWays((engine) =>
      mantelTest(a, b, { permutations: 800, seed: 5, engine, ...quiet }),
    );
    expect(here.exact).toBe(n === 6);
    expect(inBlocks).toEqual(here);
  }
});

test("a comparison of one's own is refused: other processes do not have it", async () => {
  const own = {
    name: "own",
    direction: "similarity",
    zero: "chance",
    prepare: (v: Float64Array) => v,
    score: (a: unknown, b: unknown) => (a === b ? 1 : 0),
  } as const;
  const engine = { driver: "merge", folder: join(root, "none") } as const;
  await expect(
    evalBootstrap(rdms(1, 6, "m"), rdms(3, 6, "s"), {
      method: own as never,
      samples: 4,
      engine,
      ...quiet,
    }),
  ).rejects.toMatchObject({ code: "UNSUPPORTED" });
});
