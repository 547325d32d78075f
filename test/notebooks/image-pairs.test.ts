import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reproduceImagePairs } from "../../cli/work/figure/nsd-image-pairs.ts";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-pairs-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("05-image-pairs: a leaky split scores high, also on random numbers; by picture it does not", async () => {
  const sizes = { nImages: 90, epochs: 2, cnnEpochs: 1, hiddenUnits: 16 };
  const { code, stderr } = await tsrsa(
    [
      ...["run", "--no-check", "notebooks/05-image-pairs", "--out", join(folder, "out")],
      ...Object.entries(sizes).flatMap(([name, value]) => ["-p", `${name}=${value}`]),
    ],
    { env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" } },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(folder, "out", "run.json"), "utf8")) as {
    status: string;
    results: Record<string, number | { lower: number; upper: number }>;
    claims: { checked: number; failed: string[] };
    exercises: { passed: string[]; failed: string[] };
    seeds: object;
    parameters: object;
  };
  expect(record.status).toBe("ok");
  expect(record.claims.failed).toEqual([]);
  expect(record.exercises).toMatchObject({ passed: { length: 4 }, failed: [] });
  expect(record.claims.checked).toBeGreaterThanOrEqual(12);
  expect(record.seeds).toMatchObject({ pairDataset: 1, random: 7, pairPermutationTest: 1 });
  const { results } = record;
  const number = (name: string) => Number(results[name]);
  expect(number("kernel ridge, by pair (leaky), R²")).toBeGreaterThan(0.3);
  expect(number("kernel ridge, by picture, R²")).toBeLessThan(0.2);
  expect(number("random numbers, by pair (leaky), R²")).toBeGreaterThan(0.15);
  expect(number("random numbers, by picture, R²")).toBeLessThan(0.05);
  expect(number("its p, pictures permuted")).toBeLessThan(0.05);
  // Networks train after npm ci alone.
  expect(number("best CNN by picture, R²")).toBeLessThan(0.1);
  const ceiling = results["noise ceiling over participants"] as { lower: number; upper: number };
  expect(ceiling.lower).toBeLessThan(ceiling.upper);
  const twin = join(folder, "data/demo/algonauts2023-v1");
  const { comparisons, figures } = await reproduceImagePairs(twin, { nImages: 40, epochs: 1 });
  const computed = new Map(comparisons.map((one) => [one.what, one.computed ?? NaN]));
  expect(computed.get("pictures")).toBe(40);
  expect(computed.get("ρ of embeddings and all regions, 1 − r")).toBeGreaterThan(0.05);
  expect(computed.get("R² of the Siamese CNN, linear")).toBeLessThan(0.3);
  expect(computed.get("V1, largest 1 − r")).toBeGreaterThan(1);
  expect([...computed.values()].some(Number.isNaN)).toBe(false);
  expect(figures.size).toBe(2);
}, 240_000);
