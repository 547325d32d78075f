import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { evalFixed } from "../../src/rsa/index.ts";
import { rsaPower, type RsaPowerOptions } from "../../src/simulate/index.ts";
import { powerBlocks } from "../../src/simulate/power/power-blocks.ts";

const root = mkdtempSync(join(tmpdir(), "tsrsa-power-blocks-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const quiet = { onProgress: false } as const;
const items = ["d", "a", "c", "b", "e"];
const model = new Rdm([1, 4, 5, 5, 5, 2, 4, 5, 1, 2], { items });
const pilot = { model, nChannels: 6, noise: 6, person: 0.5, runs: 2 };
const grid = { people: [4, 9, 6], items: [4, 5], runs: [1, 3], effect: [0, 1], seed: 3 };

/** What a test of one's own finds that computes the same. */
function byHand(options: RsaPowerOptions, type: "t" | "ranksum", method: "spearman" | "corr") {
  return rsaPower(pilot, {
    ...options,
    test: async ({ model: expected, rdms }) =>
      (await evalFixed(expected, rdms, { method, ...quiet })).test({ type }).zero.p[0],
  });
}

describe("a test of ours", () => {
  test("draws the largest study once, and finds what a test of one's own finds in studies drawn anew", async () => {
    const options = { ...grid, sets: 6, alpha: 0.2, ...quiet };
    const usual = await rsaPower(pilot, options);
    expect(usual.plans).toEqual((await byHand(options, "t", "spearman")).plans);
    const many = { ...options, effect: 1, items: 5 };
    const ranks = await rsaPower(pilot, { ...many, test: "ranksum", method: "corr" });
    expect(ranks.plans).toEqual((await byHand(many, "ranksum", "corr")).plans);
    expect(ranks.plans).not.toEqual((await byHand(many, "t", "spearman")).plans);
    expect(ranks.words()).toContain(
      "a two-sided Wilcoxon signed-rank test over people of the score corr",
    );
    expect(usual.words()).toContain("a one-sided t test over people of Spearman's correlation");
  });

  test("in blocks, in any number of chunks, it gives the same numbers; more sets and another alpha take what is there", async () => {
    for (const one of [
      model,
      new Rdm(model.condensed.map(Math.sqrt), { items, metric: "euclidean" }),
    ]) {
      const options = { people: [6, 4], effect: [0, 1], sets: 23, seed: 3, ...quiet };
      const call = (more: object) =>
        rsaPower({ ...pilot, model: one, nChannels: 4 }, { ...options, ...more });
      const folder = mkdtempSync(join(root, "run"));
      await expect(call({ engine: { driver: "export", folder } })).rejects.toThrow("commands");
      const set = await openSet(folder);
      for (const k of [2, 0, 1]) await runChunk(set, [powerBlocks], k, 3);
      const direct = await call({});
      const merged = await call({ engine: { driver: "merge", folder } });
      expect(merged.toTable().rows()).toEqual(direct.toTable().rows());
      expect(merged.words()).toBe(direct.words());
      const other = { alpha: 0.3, sets: 20 };
      expect((await call({ ...other, engine: { driver: "merge", folder } })).plans).toEqual(
        (await call(other)).plans,
      );
      const seed = call({ seed: 4, engine: { driver: "merge", folder } });
      await expect(seed).rejects.toMatchObject({ code: "BLOCKS_MISSING" });
    }
  });

  test("stops in the middle of a set", async () => {
    const stop = new AbortController();
    const running = rsaPower(pilot, {
      ...{ ...grid, sets: 1e5, signal: stop.signal },
      onProgress: ({ done }) => done === 5 && stop.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("what can never be found, or not in blocks, is refused", () => {
  const call = (more: object) =>
    rsaPower(pilot, { people: 8, effect: 1, sets: 2, ...quiet, ...more });

  test("signed ranks of few people, comparisons without chance, names that are none", async () => {
    await expect(call({ test: "ranksum", people: 5 })).rejects.toThrow(
      "never have a p below 0.0625",
    );
    await expect(call({ test: "ranksum", people: 5, alpha: 0.0625 })).rejects.toThrow("never");
    expect((await call({ test: "ranksum", people: 6 })).plans).toHaveLength(1);
    await expect(call({ method: "bures_metric" })).rejects.toThrow("no chance");
    await expect(call({ method: "bures" })).rejects.toThrow("no chance");
    for (const method of ["cosine", "cosine_cov"]) {
      await expect(call({ method, runs: [1, 2] })).rejects.toThrow("distances of one run");
      expect((await call({ method, runs: 2 })).plans).toHaveLength(1);
    }
    await expect(call({ method: "spearmann" })).rejects.toThrow("spearman");
    await expect(call({ test: "rank-sum" })).rejects.toThrow("ranksum");
    await expect(call({ test: 3 })).rejects.toThrow("test");
  });

  test("tests and sources of one's own stay here, and compare as they do", async () => {
    const engine = { driver: "merge", folder: root };
    const own = { test: () => 0.01 };
    await expect(call({ ...own, engine })).rejects.toThrow("in this process");
    await expect(call({ ...own, method: "corr" })).rejects.toThrow("in this process");
    const source = { people: 3, sets: 1, test: "t", ...quiet } as never;
    await expect(rsaPower(() => 1, source)).rejects.toThrow("a function");
  });
});
