import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { onTwin } from "../cli/figure/answer.ts";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-encoding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface RunRecord {
  readonly status: string;
  readonly results: Record<string, number>;
  readonly claims: { readonly checked: number; readonly failed: readonly string[] };
  readonly exercises: { readonly passed: string[]; readonly failed: string[] };
  readonly figures: readonly string[];
}

async function run(name: string, ...args: string[]): Promise<RunRecord> {
  const out = join(folder, name);
  const { code, stderr } = await tsrsa(
    ["run", "--no-check", "notebooks/04-encoding", "--out", out, ...args],
    {
      env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" },
    },
  );
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord;
}

test("04-encoding recovers the planted visual cortex, and runs on a folder in the real layout", async () => {
  const { status, results, figures, claims, exercises } = await run(
    "demo",
    "-p",
    "permutations=50",
  );
  expect(status).toBe("ok");
  expect(results["best R²"]).toBeGreaterThan(0.3);
  // The four voxels of nilearn's example, in their columns, see their parts of the picture.
  expect(results["peak of voxel 1780"]).toEqual({ row: 4, column: 2 });
  expect(results["voxels predicted beyond chance"]).toBeGreaterThan(500);
  const [whole, dealt] = [
    "voxels not beyond chance, runs kept whole",
    "the same, volumes dealt at random",
  ].map((how) => results[`mean R² of ${how}`]);
  // What nothing drives seems better predicted when neighbours in time are trained on.
  expect(dealt).toBeGreaterThan(whole);
  expect(claims.checked).toBeGreaterThanOrEqual(11);
  expect(claims.failed).toEqual([]);
  expect(exercises).toMatchObject({ passed: { length: 4 }, failed: [] });
  expect(figures.filter((name) => name.endsWith(".svg"))).toHaveLength(10);
  const written = readFileSync(join(folder, "demo/04-encoding.ipynb"), "utf8");
  expect(checkNotebook(JSON.parse(written) as Ipynb)).toEqual([]);
  // The demo twin is in the tree of the archive: given as a folder it is what a user's own copy would be.
  const path = join(folder, "data/demo/miyawaki2008-v2");
  expect((await run("folder", "-p", "permutations=50", "-p", `data=${path}`)).results).toEqual(
    results,
  );
  const numbers = await onTwin("miyawaki2008-encoding", path);
  expect(numbers.get("volumes")).toBe(2860);
  expect(numbers.get("column of voxel (32, 10, 10)")).toBe(2131);
  expect(numbers.get("highest R²")).toBeCloseTo(results["best R²"], 12);
}, 600_000);
