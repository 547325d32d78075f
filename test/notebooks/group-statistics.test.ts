import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-group-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("07-group-statistics: sixteen people, pixels before FaceNet, clusters in time and on the cortex", async () => {
  const { code, stderr } = await tsrsa(
    [
      ...["run", "--no-check", "notebooks/07-group-statistics", "--out", join(folder, "out")],
      ...["-p", "permutations=250"],
    ],
    { env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" } },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(folder, "out", "run.json"), "utf8")) as {
    status: string;
    results: Record<string, number>;
    claims: { checked: number; failed: string[] };
    exercises: { passed: string[]; failed: string[] };
    figures: string[];
  };
  expect(record.status).toBe("ok");
  expect(record.claims.failed).toEqual([]);
  expect(record.claims.checked).toBeGreaterThanOrEqual(7);
  expect(record.exercises).toMatchObject({ passed: { length: 5 }, failed: [] });
  const { results } = record;
  expect(results.people).toBe(16);
  expect(results["peak of pixels, s"]).toBeLessThan(results["peak of FaceNet, s"]);
  // Planted: pixels early and at the back, FaceNet later and below: the difference has clusters of both signs.
  expect(results["largest t"]).toBeGreaterThan(5);
  expect(results["smallest t"]).toBeLessThan(-5);
  expect(results["significant clusters"]).toBeGreaterThan(0);
  // One-sided, pixels above FaceNet, as in the tutorial: the cluster is early, where the pixels are.
  expect(results["threshold 4: begins, s"]).toBeLessThan(0.15);
  // All 32,768 ways: a share of them.
  expect((results["its p, exact"] * 32_768) % 1).toBe(0);
  expect(record.figures.filter((name) => name.endsWith(".svg")).length).toBeGreaterThanOrEqual(7);
}, 240_000);
