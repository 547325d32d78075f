import { expect, test } from "vitest";
import type { EngineOptions } from "../../src/engine/engine-options.ts";
import {
  evalBootstrapCrossval,
  evalOutOfBag,
  fixedModel,
  interpolatedModel,
  mantelTest,
  random,
  Rdm,
  selectModel,
  weightedModel,
  withMeta,
} from "../../src/index.ts";
import { evalBootstrap } from "../../src/rsa/eval-bootstrap.ts";
import { bootstrapBlocks } from "../../src/rsa/eval/bootstrap-blocks.ts";
import { leftBlocks } from "../../src/rsa/eval/left-blocks.ts";
import { splitBlocks } from "../../src/rsa/eval/split-blocks.ts";
import { permutationBlocks } from "../../src/rsa/mantel/permutation-blocks.ts";
import { chunkCounts, inChunks } from "../support/in-chunks.ts";

const draw = random(7);
const nItems = 9;
const same = (value: number): number => value;
const rdm = (change: (value: number, at: number) => number = same): Rdm =>
  new Rdm(Array.from({ length: (nItems * (nItems - 1)) / 2 }, (_, at) => change(draw.next(), at)));
const some = (n: number): Rdm[] => Array.from({ length: n }, () => rdm());

const data = some(4);
const models = [
  fixedModel(some(2), { name: "fixed" }),
  selectModel(some(3), { name: "one of three" }),
  weightedModel(some(2), { name: "weighted" }),
  interpolatedModel(some(3), { name: "on the way" }),
];
const works = [splitBlocks, leftBlocks, bootstrapBlocks, permutationBlocks];

const known = new Map<string, unknown>();

/** Compares with what the call gives at one go, which is worked out once for a name. */
async function expectSame<T>(
  call: (engine?: EngineOptions) => Promise<T>,
  n: number,
  blocks = 2,
  name = String(known.size),
) {
  if (!known.has(name)) known.set(name, await call());
  const { result, nBlocks } = await inChunks(call, works, n);
  expect(nBlocks).toBe(blocks);
  expect(result).toEqual(known.get(name));
  return result;
}

const quiet = { onProgress: false } as const;
const how = { method: "corr", seed: 3, ...quiet } as const;

test.each(chunkCounts)("samples that are cross-validated are the same in %i chunks", async (n) => {
  const result = await expectSame(
    (engine) =>
      evalBootstrapCrossval(models, data, { ...how, samples: 12, kItems: 2, kRdms: 1, engine }),
    n,
    2,
    "split",
  );
  expect(result.notes.join(" ")).toContain("too few different items");
});

test.each(chunkCounts)("samples scored on what they left are the same in %i chunks", async (n) => {
  const result = await expectSame(
    (engine) => evalOutOfBag(models, data, { ...how, samples: 30, engine }),
    n,
    2,
    "left",
  );
  expect(result.parameters?.[2].filter((theta) => theta !== undefined).length).toBeGreaterThan(5);
});

test.each([1, 64])(
  "a bootstrap and a permutation test, whose seed is theirs, too: %i",
  async (n) => {
    await expectSame(
      (engine) => evalBootstrap(models[0], data, { ...how, samples: 30, engine }),
      n,
    );
    await expectSame(
      (engine) => mantelTest(data[0], data[1], { permutations: 300, seed: 2, ...quiet, engine }),
      n,
    );
  },
);

test("random sets, gaps, groups, draws and fitters of one's own choice", async () => {
  const gap = (value: number, at: number): number => (at === 4 ? NaN : value);
  const groups = Array.from({ length: 6 }, (_, at) => withMeta(rdm(gap), { subject: at >> 1 }));
  const options = { ...how, ignoreNan: true, groupBy: "subject", samples: 11 } as const;
  await expectSame(
    (engine) => evalBootstrapCrossval(models, groups, { ...options, testItems: 3, engine }),
    2,
  );
  await expectSame((engine) => evalOutOfBag(models, groups, { ...options, engine }), 2, 1);
  // Into how many parts RDMs are split by default follows from their groups.
  const many = Array.from({ length: 18 }, (_, at) =>
    withMeta(rdm(), { subject: Math.floor(at / 6) }),
  );
  const split = { ...how, groupBy: "subject", resample: "rdms", kItems: 1, samples: 6 } as const;
  await expectSame((engine) => evalBootstrapCrossval(models[0], many, { ...split, engine }), 1, 1);
  const draws = [{ items: [0, 1, 2, 3, 4, 5] }, { items: [3, 3, 4, 5, 6, 7, 8] }];
  await expectSame(
    (engine) =>
      evalOutOfBag(models[2], data, {
        ...{
          ...how,
          draws,
          resample: "items",
          by: "regress-nonnegative",
          ridgeWeight: 0.1,
          engine,
        },
      }),
    2,
    1,
  );
});

test("a sample that leaves nothing to be tested has no score and no parameters", async () => {
  const draws = [{ rdms: [0, 1, 2, 3] }, { rdms: [0, 0, 1, 2] }];
  const { scores, parameters } = await expectSame(
    (engine) => evalOutOfBag(models, data, { ...how, draws, resample: "rdms", engine }),
    1,
    1,
  );
  expect(parameters?.map(([none]) => none)).toEqual(models.map(() => undefined));
  expect(parameters?.map(([, theta]) => theta?.length)).toEqual([0, 1, 2, 3]);
  expect(scores.data.slice(0, 4).every(Number.isNaN)).toBe(true);
  expect(scores.data.slice(4).some(Number.isNaN)).toBe(false);
});
