import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import type { Ipynb } from "../../kernel/notebook/ipynb.ts";
import { tsrsa } from "../cli/tsrsa.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-encoding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface RunRecord {
  readonly status: string;
  readonly results: Record<string, number>;
  readonly figures: readonly string[];
}

async function run(name: string, ...args: string[]): Promise<RunRecord> {
  const out = join(folder, name);
  const { code, stderr } = await tsrsa(["run", "notebooks/04-encoding", "--out", out, ...args], {
    env: { TSRSA_DATA_DIR: join(folder, "data"), TSRSA_OFFLINE: "1" },
  });
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord;
}

test("04-encoding recovers the planted visual cortex, and runs on a folder in the real layout", async () => {
  const { status, results, figures } = await run("demo");
  expect(status).toBe("ok");
  expect(results["best cross-validated R²"]).toBeGreaterThan(0.3);
  expect(results["median distance of the neighbours' peaks, in pixels"]).toBeLessThanOrEqual(3);
  expect(results["voxels predicted beyond chance"]).toBeGreaterThan(500);
  const [whole, dealt] = ["runs kept whole", "volumes dealt at random"].map(
    (how) => results[`mean R² where nothing is seen, ${how}`],
  );
  // What nothing drives seems better predicted when neighbours in time are trained on.
  expect(dealt).toBeGreaterThan(whole);
  expect(figures.filter((name) => name.endsWith(".svg"))).toHaveLength(9);
  const written = readFileSync(join(folder, "demo/04-encoding.ipynb"), "utf8");
  expect(checkNotebook(JSON.parse(written) as Ipynb)).toEqual([]);
  // The demo twin is in the tree of the archive: given as a folder it is what a user's own copy would be.
  const path = join(folder, "data/demo/miyawaki2008-v1");
  expect((await run("folder", "-p", `data=${path}`)).results).toEqual(results);
}, 600_000);
