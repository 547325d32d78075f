import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { RunFolder } from "../../src/engine/run-folder.ts";

const files = vi.hoisted(() => ({ fail: false }));
vi.mock(import("#platform/files"), async (original) => {
  const real = await original();
  return {
    ...real,
    writePath: (...given: Parameters<typeof real.writePath>) =>
      files.fail ? Promise.reject(new Error("ENOENT: rename")) : real.writePath(...given),
  };
});
const root = mkdtempSync(join(tmpdir(), "tsrsa-writer-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a writer whose half file was taken away has lost nothing where the block is there, whole", async () => {
  const folder = new RunFolder(root);
  const values = Float64Array.of(1, 2, 3);
  await folder.writeBlock("a", values);
  files.fail = true;
  await folder.writeBlock("a", values);
  await expect(folder.writeBlock("b", values)).rejects.toThrow("ENOENT");
  await expect(folder.writeBlock("a", Float64Array.of(1, 2))).rejects.toThrow("ENOENT");
});
