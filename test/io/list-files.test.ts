import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InvalidArgument, MissingFile } from "../../src/core/index.ts";
import { listFiles } from "../../src/io/index.ts";

const folder = mkdtempSync(join(tmpdir(), "list-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("files and folders, run2 before run10, and only those that match", async () => {
  for (const name of ["run10.csv", "run2.csv", "run1.csv"]) writeFileSync(join(folder, name), "");
  mkdirSync(join(folder, "subj1"));
  expect(await listFiles(folder)).toEqual(["run1.csv", "run2.csv", "run10.csv", "subj1"]);
  expect(await listFiles(folder, /^subj\d+$/g)).toEqual(["subj1"]);
  expect(await listFiles(join(folder, "subj1"))).toEqual([]);
});

test("a folder that is not there is named; a glob is no pattern", async () => {
  await expect(listFiles(join(folder, "none"))).rejects.toThrow(MissingFile);
  await expect(listFiles(folder, "*.csv" as unknown as RegExp)).rejects.toThrow(InvalidArgument);
});
