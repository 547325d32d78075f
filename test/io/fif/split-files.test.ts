import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readFifEpochs } from "../../../src/io/fif/read-epochs.ts";
import { fixture } from "./fixtures.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tsrsa-fif-"));
});
afterEach(() => rm(folder, { recursive: true }));

const place = (source: string, name: string) => copyFile(fixture(source), join(folder, name));

test("renamed parts are found by the first file's new name", async () => {
  await place("double-epo.fif", "subject-epo.fif");
  await place("double-epo-1.fif", "subject-epo-1.fif");
  const renamed = await readFifEpochs(join(folder, "subject-epo.fif"));
  expect(renamed).toEqual(await readFifEpochs(fixture("double-epo.fif")));
});

test("a missing part is named, under both names it may have", async () => {
  await place("double-epo.fif", "subject-epo.fif");
  const read = readFifEpochs(join(folder, "subject-epo.fif"));
  await expect(read).rejects.toMatchObject({ code: "MISSING_FILE" });
  await expect(read).rejects.toThrow(/double-epo-1\.fif; .*subject-epo\.fif goes on in it/);
  await expect(read).rejects.toThrow(/or as subject-epo-1\.fif/);
});

test("a part of another recording is refused", async () => {
  await place("double-epo.fif", "double-epo.fif");
  await place("single-epo.fif", "double-epo-1.fif");
  const read = readFifEpochs(join(folder, "double-epo.fif"));
  await expect(read).rejects.toMatchObject({ code: "FILE_FORMAT" });
  await expect(read).rejects.toThrow(/another recording/);
});

test("a part that goes on in itself is refused", async () => {
  await place("double-epo.fif", "double-epo.fif");
  await place("double-epo.fif", "double-epo-1.fif");
  const read = readFifEpochs(join(folder, "double-epo.fif"));
  await expect(read).rejects.toThrow(/a file not read before/);
});

test("bytes of a first part alone are refused", async () => {
  const read = readFifEpochs(new Uint8Array(await readFile(fixture("double-epo.fif"))));
  await expect(read).rejects.toMatchObject({ code: "MISSING_FILE" });
});
