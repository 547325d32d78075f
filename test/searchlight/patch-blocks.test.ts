import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";
import { random, scoreSearchlight, searchlightPatches } from "../../src/index.ts";
import { patchBlocks } from "../../src/searchlight/patch-blocks.ts";
import type { ScoreSearchlightOptions } from "../../src/searchlight/score-searchlight.ts";

const root = mkdtempSync(join(tmpdir(), "tsrsa-patch-blocks-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let nFolders = 0;

const draw = random(4);
const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, () => draw.normal());
const nItems = 6;
const models = [numbers(15), numbers(15)];
const quiet = { onProgress: false } as const;

/** A line of series, each near its neighbours. */
function positions(n: number): number[][] {
  return Array.from({ length: n }, (_, at) => [at, 0, 0]);
}

async function bothWays(
  shape: readonly number[],
  searchlight: Parameters<typeof searchlightPatches>[1],
  options: ScoreSearchlightOptions = {},
  change: (data: Float64Array) => void = () => {},
) {
  const patterns = { data: numbers(shape.reduce((a, b) => a * b, 1)), shape };
  change(patterns.data);
  const ofFold = options.crossValidated === true ? shape.slice(1) : shape;
  const patches = searchlightPatches(ofFold, searchlight);
  const call = (some: ScoreSearchlightOptions) =>
    scoreSearchlight(patterns, patches, models, { ...quiet, ...options, ...some });
  const folder = join(root, `run${nFolders++}`);
  await expect(call({ engine: { driver: "export", folder } })).rejects.toThrow("commands");
  const set = await openSet(folder);
  const n = 3;
  for (let k = n - 1; k >= 0; k--) await runChunk(set, [patchBlocks], k, n);
  const inBlocks = await call({ engine: { driver: "merge", folder } });
  return { here: (await call({})).scores, inBlocks: inBlocks.scores, nBlocks: set.blocks.length };
}

function expectSame({ here, inBlocks }: { here: Float64Array; inBlocks: Float64Array }): void {
  expect(inBlocks).toHaveLength(here.length);
  here.forEach((score, at) => {
    if (Number.isNaN(score)) expect(inBlocks[at]).toBeNaN();
    else expect(Math.abs(inBlocks[at] - score)).toBeLessThanOrEqual(1e-12);
  });
}

const line = { positions: positions(600), spatialRadius: 3.5 };

test("patches in space: blocks of 256 centres, as without", async () => {
  const found = await bothWays([nItems, 600], line);
  expect(found.nBlocks).toBe(3);
  expectSame(found);
});

test("windows in time, and windows in space and time", async () => {
  const time = await bothWays([nItems, 4, 300], { temporalRadius: 2 });
  expect(time.nBlocks).toBe(2);
  expectSame(time);
  const both = { positions: positions(9), spatialRadius: 1.5, temporalRadius: 3 };
  const placeByPlace = await bothWays([nItems, 9, 70], both);
  expect(placeByPlace.nBlocks).toBe(3);
  expectSame(placeByPlace);
});

test("one patch of all", async () => expectSame(await bothWays([nItems, 20], {})));

test("NaN, constant patterns, folds, other metrics and comparisons", async () => {
  const hole = (data: Float64Array): void => void data.fill(NaN, 40, 44).fill(0, 100, 130);
  expectSame(await bothWays([nItems, 300], line300, {}, hole));
  expectSame(await bothWays([nItems, 300], line300, { ignoreNan: true }, hole));
  expectSame(
    await bothWays([2, nItems, 300], line300, { crossValidated: true, metric: "correlation" }),
  );
  for (const rsaMetric of ["kendall-tau-a", "pearson", "regression"] as const)
    expectSame(await bothWays([nItems, 300], line300, { metric: "cityblock", rsaMetric }));
  const minkowski = { metric: "minkowski", metricOptions: { p: 3 } } as const;
  expectSame(await bothWays([nItems, 300], line300, minkowski));
});
const line300 = { positions: positions(300), spatialRadius: 2.5 };

test("what no other process could do is refused before any plan", async () => {
  const patterns = { data: numbers(nItems * 20), shape: [nItems, 20] };
  const patches = searchlightPatches(patterns.shape, {});
  const engine = { driver: "merge", folder: join(root, "none") } as const;
  const own = (a: ArrayLike<number>, b: ArrayLike<number>): number => Math.abs(a[0] - b[0]);
  const call = (options: ScoreSearchlightOptions) =>
    scoreSearchlight(patterns, patches, models, { ...quiet, ...options, engine });
  await expect(call({ metric: own })).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(call({ metric: "euclidian" as never })).rejects.toMatchObject({
    code: "UNKNOWN_OPTION",
  });
  await expect(call({ rsaMetric: "spaerman" as never })).rejects.toMatchObject({
    code: "UNKNOWN_OPTION",
  });
});
