import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { noteDraw, type RunNotes } from "../../src/core/run-record.ts";
import {
  layOutInTime,
  layOutInVolume,
  layOutOnSurface,
  mantelTest,
  permutationTTest,
  random,
  randomFolds,
  Rdm,
  readCsv,
  rsaPower,
  simulateData,
  simulatePeople,
  summarizePeople,
} from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "run-record-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = Symbol.for("tsrsa.runRecord");
const store = globalThis as Record<symbol, unknown>;
beforeEach(() => delete store[key]);
const notes = () => store[key] as RunNotes;

test("a file that a reader opens is noted once, by its full path", async () => {
  const path = join(folder, "x.csv");
  writeFileSync(path, "a\n1\n");
  await readCsv(path);
  await readCsv(path);
  expect([...notes().files]).toEqual([path]);
});

test("calls that draw random numbers are noted with their options, defaults too", async () => {
  random(7);
  random(7);
  await mantelTest(new Rdm([1, 2, 3, 4, 5, 6]), new Rdm([2, 1, 3, 4, 6, 5]), { onProgress: false });
  await permutationTTest([[1], [2], [3]], { permutations: 100, seed: 3, onProgress: false });
  expect([...notes().draws.values()]).toEqual([
    { call: "random", options: { seed: 7 }, times: 2 },
    {
      call: "mantelTest",
      options: { method: "spearman", tail: "greater", permutations: 10_000, seed: 0 },
      times: 1,
    },
    {
      call: "permutation test",
      options: { tail: "both", permutations: 100, seed: 3 },
      times: 1,
    },
  ]);
});

test("what is no plain value is left out, and a thousand different calls are enough", () => {
  noteDraw("x", {
    seed: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
    list: ["a"],
  });
  expect([...notes().draws.values()][0].options).toEqual({ seed: 1, list: ["a"] });
  for (let seed = 0; seed < 2000; seed++) noteDraw("y", { seed });
  expect(notes().draws.size).toBe(1000);
});

test("every function that draws by a seed of its own is noted, and none that draws nothing", async () => {
  const laid = { data: Float64Array.of(1, 2), shape: [1, 2] };
  simulateData([1, 4, 2], { nChannels: 2 });
  simulatePeople([1, 4, 2], { nChannels: 2, people: 2, seed: 4 });
  layOutInTime(laid, { nTimes: 60, sfreqHz: 100 });
  layOutInTime(laid, { nTimes: 60, sfreqHz: 100, noise: 2 });
  layOutInVolume(laid, { shape: [2, 2, 1] });
  layOutOnSurface(laid, { nVertices: 3, vertices: [0, 2], seed: 6 });
  randomFolds({ nRdms: 5, nItems: 12, testItems: 4 });
  await summarizePeople([[1], [2], [3]], { interval: "bootstrap", onProgress: false });
  await summarizePeople([[1], [2], [3]], { interval: "t", onProgress: false });
  expect([...notes().draws.values()].map(({ call, options }) => [call, options.seed])).toEqual([
    ["simulateData", 0],
    ["simulatePeople", 4],
    ["layOutInTime", 0],
    ["layOutInVolume", 0],
    ["layOutOnSurface", 6],
    ["randomFolds", 0],
    ["summarizePeople", 0],
  ]);
});

test("simulated studies are one draw, however many sets", async () => {
  await rsaPower({ model: [1, 4, 2], nChannels: 3 }, { people: 3, sets: 3, onProgress: false });
  expect([...notes().draws.values()].map(({ call }) => call)).toEqual(["rsaPower"]);
});
