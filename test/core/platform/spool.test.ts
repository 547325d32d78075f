import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSpool } from "../../../src/core/platform/node/spool.ts";
import { compareRdmFiles, openRdmFile } from "../../../src/index.ts";
import { npyBytes } from "../../../src/io/npy/index.ts";

const before = process.env.TMPDIR;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tsrsa-room-"));
  process.env.TMPDIR = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(process.platform === "win32")(
  "what is put aside has no name: it is gone however the process ends, and nobody else opens it",
  async () => {
    const spool = await openSpool(100);
    await spool.append(Uint8Array.of(1, 2, 3));
    await spool.append(Uint8Array.of(4));
    expect(readdirSync(folder)).toEqual([]);
    expect(await spool.read(1, 3)).toEqual(Uint8Array.of(2, 3, 4));
    await spool.close();
  },
);

test("where there is no room for it, that is said before anything is written", async () => {
  await expect(openSpool(2 ** 60)).rejects.toMatchObject({ code: "DISK_FULL" });
  expect(readdirSync(folder)).toEqual([]);
});

test("a comparison that is stopped leaves nothing on the disk", async () => {
  const values = Float64Array.from({ length: 4950 }, (_, k) => Math.sin(k));
  const [a, b] = await Promise.all([1, 2].map(() => openRdmFile(npyBytes(values))));
  const stop = new AbortController();
  stop.abort();
  const comparing = compareRdmFiles(a, [b], { maxBytes: 2 ** 16, signal: stop.signal });
  await expect(comparing).rejects.toMatchObject({ code: "CANCELLED" });
  expect(readdirSync(folder)).toEqual([]);
  expect(await compareRdmFiles(a, [b], { maxBytes: 2 ** 16 })).toEqual(Float64Array.of(1));
});
