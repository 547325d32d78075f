import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planBlocks, type BlockTask } from "../../src/engine/plan.ts";
import { runBlocks, runHere, type BlockRunner } from "../../src/engine/run-blocks.ts";
import { isTsrsaError } from "../../src/core/errors.ts";

const squares: BlockTask<{ add: number }, number> = {
  name: "squares",
  runBlock: ({ add }, block) => block * block + add,
};

test("results come in the order of blocks, from a plan that went through JSON too", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer(), async (nBlocks, add) => {
      const plan = planBlocks(squares, { add }, nBlocks);
      const expected = Array.from({ length: nBlocks }, (_, block) => block * block + add);
      expect(await runBlocks(plan, squares)).toEqual(expected);
      const copy = JSON.parse(JSON.stringify(plan)) as typeof plan;
      expect(await runBlocks(copy, squares)).toEqual(expected);
    }),
  );
});

test("known blocks are not run again", async () => {
  const ran: number[] = [];
  const task: BlockTask<null, number> = {
    name: "noting",
    runBlock: (_, block) => (ran.push(block), block),
  };
  const known = new Map([
    [0, 0],
    [2, 20],
  ]);
  expect(await runBlocks(planBlocks(task, null, 4), task, {}, { known })).toEqual([0, 1, 20, 3]);
  expect(ran).toEqual([1, 3]);
});

describe("a runner that loses blocks", () => {
  /** Hands over blocks backwards, and loses every second one each time. */
  const careless: BlockRunner = async function* (plan, task, blocks, job) {
    const kept = blocks.filter((_, i) => blocks.length === 1 || i % 2 === 0).reverse();
    yield* runHere(plan, task, kept, job);
  };

  test("is asked for them once more", async () => {
    const plan = planBlocks(squares, { add: 1 }, 2);
    expect(await runBlocks(plan, squares, {}, { runner: careless })).toEqual([1, 2]);
  });

  test("and fails when they stay lost", async () => {
    const plan = planBlocks(squares, { add: 1 }, 20);
    await expect(runBlocks(plan, squares, {}, { runner: careless })).rejects.toThrow(
      /15 of 20 blocks/,
    );
  });
});

test("progress counts blocks, and a cancelled job ends at the next", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const job = {
    signal: controller.signal,
    onProgress: ({ done }: { done: number }) => {
      seen.push(done);
      if (done === 3) controller.abort();
    },
  };
  await expect(runBlocks(planBlocks(squares, { add: 0 }, 9), squares, job)).rejects.toSatisfy(
    (error) => isTsrsaError(error, "CANCELLED"),
  );
  expect(seen).toEqual([1, 2, 3]);
});

test("a signal is heard between blocks that leave no time", async () => {
  const slow: BlockTask<null, number> = {
    name: "slow",
    runBlock: () => {
      const until = performance.now() + 10;
      while (performance.now() < until);
      return 1;
    },
  };
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 15);
  await expect(
    runBlocks(planBlocks(slow, null, 500), slow, { signal: controller.signal }),
  ).rejects.toThrow(/slow was cancelled/);
});

test("what a block throws comes out as it is", async () => {
  const broken: BlockTask<null, number> = {
    name: "broken",
    runBlock: () => {
      throw new RangeError("no such voxel");
    },
  };
  await expect(runBlocks(planBlocks(broken, null, 2), broken)).rejects.toThrow(RangeError);
});

test.each([NaN, Infinity, undefined, new Float64Array(2), new Date(0), { deep: [1n] }])(
  "a plan with %s is refused, as it would not survive JSON",
  (params) => {
    expect(() => planBlocks({ name: "any", runBlock: () => 0 }, params, 1)).toThrow(/plain data/);
  },
);

test("a plan of another task is refused", async () => {
  const other = { ...squares, name: "cubes" };
  await expect(runBlocks(planBlocks(squares, { add: 0 }, 1), other)).rejects.toThrow(
    /no plan of the task cubes/,
  );
});
