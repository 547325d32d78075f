import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-pairs-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Scores {
  readonly r2: number;
  readonly spearman: number;
}

test("05-image-pairs: a leaky split scores high, also on random numbers; by picture it does not", async () => {
  const sizes = { nImages: 90, epochs: 2, cnnEpochs: 1, hiddenUnits: 16 };
  const { code, stderr } = await tsrsa(
    [
      ...["run", "notebooks/05-image-pairs", "--out", join(folder, "out")],
      ...Object.entries(sizes).flatMap(([name, value]) => ["-p", `${name}=${value}`]),
    ],
    { env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" } },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(folder, "out", "run.json"), "utf8")) as {
    status: string;
    results: Record<string, Scores & { p: number; lower: number; upper: number }>;
  };
  const { results } = record;
  expect(record.status).toBe("ok");
  expect(results["kernel ridge, by pair (leaky)"].r2).toBeGreaterThan(0.3);
  expect(results["kernel ridge, by picture"].r2).toBeLessThan(0.2);
  expect(results["random numbers, by pair (leaky)"].r2).toBeGreaterThan(0.15);
  expect(results["random numbers, by picture"].r2).toBeLessThan(0.05);
  expect(results["permutation test, kernel ridge by picture"].p).toBeLessThan(0.05);
  const ceiling = results["noise ceiling over participants"];
  expect(ceiling.lower).toBeLessThan(ceiling.upper);
}, 240_000);
