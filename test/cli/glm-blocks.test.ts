import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { runSubmit } from "../../cli/work/blocks/submit.ts";
import { works } from "../../cli/work/blocks/works.ts";
import { runGlmBids } from "../../cli/work/glm-bids.ts";
import type { GlmArguments } from "../../cli/work/glm.ts";
import { openSet } from "../../src/engine/open-set.ts";
import { runChunk } from "../../src/engine/run-chunk.ts";

const root = mkdtempSync(join(tmpdir(), "tsrsa-glm-blocks-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const bids = fileURLToPath(new URL("../fixtures/bids/objects", import.meta.url));

/** All files below a folder, with what is in them. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => /\.(nii\.gz|tsv)$/.test(path))
      .map((path) => [path.slice(folder.length), readFileSync(path).toString("base64")]),
  );
}

test("one line plans the runs of everyone in a data set, and another writes what one go writes", async () => {
  const said: GlmArguments = {
    ...{ bids, task: "objects", resolution: "2", hrf: "glover", trials: "lss", json: true },
    out: join(root, "here"),
  };
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await runGlmBids(said);
  const there = { ...said, out: join(root, "there"), runDir: join(root, "run") };
  await expect(runGlmBids({ ...there, engine: "export" })).rejects.toThrow("tsrsa submit");
  const missing = { code: "BLOCKS_MISSING" };
  await expect(runGlmBids({ ...there, engine: "plan" })).rejects.toMatchObject(missing);
  const set = await openSet(join(root, "run"));
  expect(set.plans).toHaveLength(2);
  await expect(runSubmit(join(root, "run"), { engine: "export" })).rejects.toMatchObject(missing);
  for (const k of [1, 0]) await runChunk(set, works, k, 2);
  await runGlmBids({ ...there, engine: "merge" });
  log.mockRestore();
  const [here, merged] = [filesOf(said.out), filesOf(there.out)];
  expect(here.size).toBe(4);
  expect(merged).toEqual(here);
});
