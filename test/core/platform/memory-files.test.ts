import { afterEach, expect, test } from "vitest";
import { bytesOf } from "../../../src/core/platform/browser/files.ts";
import { listEntries, listFiles } from "../../../src/core/platform/browser/folders.ts";
import {
  MemoryFiles,
  useMemoryFiles,
} from "../../../src/core/platform/browser/memory/memory-files.ts";

const kept = new Map([
  ["/data/demo/set/complete.json", "{}"],
  ["/data/demo/set/sub-01/func/a.tsv", "onset"],
]);

/** A browser that kept files of an earlier visit. */
function laterVisit(): MemoryFiles {
  const files = new MemoryFiles({
    read: async (path) => {
      const text = kept.get(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    below: async (folder) => [...kept.keys()].filter((path) => path.startsWith(`${folder}/`)),
  });
  useMemoryFiles(files);
  return files;
}

afterEach(() => useMemoryFiles(new MemoryFiles()));

test("what an earlier visit kept is listed as it was when it was made", async () => {
  const files = laterVisit();
  expect(await listEntries("/data/demo/set")).toEqual(["complete.json", "sub-01"]);
  expect(await listFiles("/data/demo/set/")).toEqual(["complete.json"]);
  expect(await listEntries("/data/demo/set/sub-01/func")).toEqual(["a.tsv"]);
  files.write("/data/demo/set/sub-02/b.tsv", new Uint8Array(1));
  await files.read("/data/demo/set/complete.json");
  expect(await listEntries("/data/demo/set")).toEqual(["complete.json", "sub-01", "sub-02"]);
  await expect(listFiles("/data/demo/other")).rejects.toThrow("no file of this page lies there");
});

test("the size of a file in memory, of one that was kept, and of one the user gave", async () => {
  const files = laterVisit();
  files.write("/notebook/a.npy", new Uint8Array(7));
  files.write("/notebook/b.npy", new Blob(["12345678"]));
  expect(await bytesOf("a.npy")).toBe(7);
  expect(await bytesOf("/notebook/b.npy")).toBe(8);
  expect(await bytesOf("/data/demo/set/sub-01/func/a.tsv")).toBe(5);
  expect(await bytesOf("/data/demo/set/none")).toBe(0);
});
