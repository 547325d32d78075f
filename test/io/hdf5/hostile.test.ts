import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isTsrsaError, readHdf5Rdms } from "../../../src/index.ts";
import { openHdf5 } from "../../../src/io/index.ts";
import { Hdf5Worker } from "../../../src/io/hdf5/worker.ts";
import { mutate, seeded } from "../mutate.ts";

const fixtures = new URL("../../fixtures/hdf5/hostile/", import.meta.url);
const pathOf = (name: string) => new URL(name, fixtures).pathname;
const bytesOf = (name: string) => new Uint8Array(readFileSync(pathOf(name)));

async function readAll(input: string | Uint8Array): Promise<unknown> {
  const file = await openHdf5(input);
  try {
    return await file.read("/dissimilarities");
  } finally {
    await file.close().catch(() => {});
  }
}

describe("files that name other files", () => {
  test.each(["external-storage.h5", "external-link.h5", "virtual.h5"])("%s", async (name) => {
    for (const input of [pathOf(name), bytesOf(name)]) {
      await expect(readAll(input)).rejects.toMatchObject({ code: "UNSUPPORTED" });
      await expect(readHdf5Rdms(input)).rejects.toThrow(/another file/);
    }
  });

  test("a link in the place of a group", async () => {
    await expect(readHdf5Rdms(pathOf("external-group.h5"))).rejects.toThrow(/other\.h5/);
  });

  test("HDF5 sees no other file of this machine, even one that it is asked for by its path", async () => {
    const worker = new Hdf5Worker("test");
    try {
      await worker.call("open", "test", { bytes: bytesOf("external-storage.h5") });
      const args = { path: "/dissimilarities", offset: [0, 0], count: [1, 6], nBytes: 48 };
      await expect(worker.call("read", "/dissimilarities", args)).rejects.toThrow(/etc\/hostname/);
    } finally {
      worker.release();
    }
  });
});

describe("files that claim too much", () => {
  test.each(["huge.h5", "huge-chunked.h5"])("%s: 80 GB in 11 kB", async (name) => {
    await expect(readAll(pathOf(name))).rejects.toThrow(/at most \d+ bytes of values/);
  });

  test("chunks of a gigabyte", async () => {
    await expect(readAll(pathOf("big-chunks.h5"))).rejects.toMatchObject({
      code: expect.stringMatching(/UNSUPPORTED|FILE_FORMAT/) as string,
    });
  });

  test("a link to itself", async () => {
    await expect(readAll(pathOf("loop.h5"))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });

  test("a filter that HDF5 does not have", async () => {
    await expect(readAll(pathOf("lzf.h5"))).rejects.toThrow(/filter "lzf"/);
  });
});

describe("damage", () => {
  test("a failed checksum or a broken chunk is an error, never numbers out of uninitialised memory", async () => {
    for (const name of ["fletcher.h5", "gzip.h5"]) {
      const bytes = bytesOf(name);
      bytes[inLastChunk(name, bytes)] ^= 0x55;
      await expect(readAll(bytes), name).rejects.toMatchObject({ code: "FILE_FORMAT" });
      // The first row is whole, and the file goes on to be readable.
      const file = await openHdf5(bytes);
      await expect(file.read("/dissimilarities")).rejects.toThrow();
      const first = await file.read("/dissimilarities", { start: [0, 0], count: [1, 6] });
      expect(first.shape).toEqual([1, 6]);
      await file.close();
    }
  });

  test("cut anywhere: an error", async () => {
    const bytes = bytesOf("fletcher.h5");
    for (let at = 0; at < bytes.length; at += 3100) {
      const failed = await readAll(bytes.slice(0, at)).catch((error: unknown) => error);
      expect(isTsrsaError(failed, "FILE_FORMAT"), String(at)).toBe(true);
    }
  });

  test("24 damaged copies of a file with checksums: the same numbers, or a typed error", async () => {
    const whole = bytesOf("fletcher.h5");
    const good = (await readHdf5Rdms(whole)).map((rdm) => Array.from(rdm.condensed));
    const next = seeded(11);
    let [same, errors] = [0, 0];
    for (let n = 0; n < 24; n++) {
      try {
        const rdms = await readHdf5Rdms(mutate(whole, next));
        // A byte of a name or a label may change unseen; numbers and their number may not.
        expect(rdms.map((rdm) => Array.from(rdm.condensed))).toEqual(good);
        same++;
      } catch (error) {
        if (!isTsrsaError(error)) throw error;
        errors++;
      }
    }
    expect(errors).toBeGreaterThan(4);
    expect(same).toBeGreaterThan(4);
  }, 60_000);

  test("a call that never returns is given up after 3 s of processor time, and the next file is read", async () => {
    const bytes = new Uint8Array(readFileSync(new URL("../basic.h5", fixtures)));
    // Where the texts of an attribute are, HDF5 now goes round in a ring.
    bytes[18251] = 17;
    const file = await openHdf5(bytes);
    const start = process.cpuUsage();
    await expect(file.attribute("/grp/sub", "names")).rejects.toThrow(
      /no end after 3 s of processor time/,
    );
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(6);
    await expect(file.keys("/grp")).rejects.toThrow(/crash or hang/);
    await file.close();
    expect((await readHdf5Rdms(bytesOf("gzip.h5"))).length).toBe(2);
  }, 120_000);
});

/** A byte in the middle of the second row's chunk. */
function inLastChunk(name: string, bytes: Uint8Array): number {
  const wanted = name === "gzip.h5" ? [0x78, 0x5e] : [...new Uint8Array(Float64Array.of(7).buffer)];
  const found = bytes.findLastIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
  if (found < 0) throw new Error("no chunk");
  return found + 20;
}
