import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-scans-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface RunRecord {
  readonly status: string;
  readonly results: Record<string, number>;
  readonly claims: { readonly checked: number; readonly failed: readonly string[] };
  readonly exercises: { readonly passed: string[]; readonly failed: string[] };
  readonly figures: readonly string[];
}

test("08-from-scans-to-patterns: averaging finds an effect everywhere, crossnobis only where it was planted", async () => {
  const out = join(folder, "out");
  const args = ["run", "notebooks/08-from-scans-to-patterns", "--no-check", "--out", out];
  const env = { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" };
  const { code, stderr } = await tsrsa(args, { env });
  expect([code, stderr]).toEqual([0, ""]);
  const record = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord;
  expect(record.status).toBe("ok");
  const { results } = record;
  expect(results["median score, averaged volumes"]).toBeGreaterThan(0.15);
  expect(Math.abs(results["median score, crossnobis"])).toBeLessThan(0.03);
  expect(results["median score of category where it was planted"]).toBeGreaterThan(0.45);
  for (const name of ["category", "animacy"])
    expect(results[`clusters of ${name}`]).toMatchObject({ p: 1 / 64 });
  expect(record.claims.checked).toBeGreaterThanOrEqual(5);
  expect(record.claims.failed).toEqual([]);
  expect(record.exercises).toMatchObject({ passed: { length: 5 }, failed: [] });
  expect(record.figures.filter((name) => name.endsWith(".svg")).length).toBeGreaterThan(11);
  const written = readFileSync(join(out, "08-from-scans-to-patterns.ipynb"), "utf8");
  expect(checkNotebook(JSON.parse(written) as Ipynb)).toEqual([]);
  expect(written).not.toContain("cannot be shown");
  expect(results["correlation of noise, voxels of one sphere"]).toBeGreaterThan(
    results["correlation of noise, more than 60 mm apart"] + 0.1,
  );
}, 240_000);
