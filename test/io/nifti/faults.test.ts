import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { FileFormatError, TsrsaError } from "../../../src/core/errors.ts";
import { niftiBytes, openNifti, readNifti } from "../../../src/io/nifti/index.ts";
import { mutate, seeded } from "../mutate.ts";
import { affine, changed, good, refused, roundedQuaternion, sound } from "./bad-files.ts";
import { bytesOf } from "./fixtures.ts";
import { checkSound } from "./sound.ts";

const limitMs = 5000;

/** Fails instead of hanging. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${limitMs} ms`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

describe("a file that lies or is damaged is refused with what is wrong:", () => {
  test("there are more than the 37 that other readers were tried on", () => {
    expect(refused.length).toBeGreaterThan(60);
    expect(new Set(refused.map(([, bytes]) => Buffer.from(bytes).toString("hex"))).size).toBe(
      refused.length,
    );
  });

  test.each(refused)("%s", async (_, bytes, message) => {
    const error = await inTime(readNifti(bytes)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileFormatError);
    expect((error as FileFormatError).message).toMatch(message);
    expect((error as FileFormatError).message).toMatch(
      /^\(bytes in memory\): .+: expected .+, found .+; .+/s,
    );
  });

  test.each(refused)("%s, packed", async (_, bytes) => {
    await expect(inTime(readNifti(gzipSync(bytes)))).rejects.toMatchObject({ code: "FILE_FORMAT" });
  });
});

describe("a file that only looks odd is read right:", () => {
  test.each(sound)("%s", async (_, bytes) => {
    const image = await inTime(readNifti(bytes));
    const wanted = await readNifti(good);
    expect(image.data).toEqual(wanted.data);
    expect([image.shape, image.zooms, image.affine]).toEqual([
      wanted.shape,
      wanted.zooms,
      wanted.affine,
    ]);
  });

  test("a unit quaternion that rounding made longer than 1 gives a rotation", async () => {
    const { affine, zooms } = await readNifti(roundedQuaternion);
    for (const axis of [0, 1, 2])
      expect(Math.hypot(...affine.slice(0, 3).map((row) => row[axis]))).toBeCloseTo(
        zooms[axis],
        12,
      );
  });

  test("a damaged qform beside an sform counts as none", async () => {
    const bytes = changed((view) => {
      view.setInt16(252, 1, true);
      view.setFloat32(256, NaN, true);
    });
    const image = await readNifti(bytes);
    expect(image.qform).toBeUndefined();
    expect(image.affine).toEqual((await readNifti(good)).affine);
  });
});

async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    checkSound(await inTime(readNifti(bytes)));
    return "read";
  } catch (error) {
    if (!(error instanceof TsrsaError)) throw error;
    return error.code;
  }
}

const samples = [
  "be_int16.nii",
  "int32_slope0_ext.nii",
  "nifti2_f32.nii.gz",
  "int16_scl_4d.nii.gz",
];

describe.each(samples)("%s", (name) => {
  const whole = bytesOf(name);

  test("cut anywhere, it is refused", async () => {
    const random = seeded(1);
    const lengths = [0, 1, 2, 10, 347, 348, 351, 352, whole.length - 1, whole.length - 8];
    for (let i = 0; i < 100; i++) lengths.push(Math.floor(random() * whole.length));
    for (const length of lengths.filter((n) => n < whole.length))
      expect(await outcome(whole.subarray(0, length))).toBe("FILE_FORMAT");
  });

  test("of 500 damaged copies each is refused, or sound; where a checksum covers it, right", async () => {
    const random = seeded(2);
    const wanted = await readNifti(whole);
    const seen = new Map<string, number>();
    for (let i = 0; i < 500; i++) {
      const bytes = mutate(whole, random);
      const code = await outcome(bytes);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      if (code === "read" && name.endsWith(".gz"))
        expect((await readNifti(bytes)).data).toEqual(wanted.data);
    }
    expect([...seen.keys()].sort()).toEqual(
      name.endsWith(".gz") && seen.get("read") === undefined
        ? ["FILE_FORMAT"]
        : ["FILE_FORMAT", "read"],
    );
  });
});

describe("bombs", () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-nifti-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const member = gzipSync(new Uint8Array(1 << 26));
  const zeros = (mebibytes: number) => Array<Uint8Array>(mebibytes / 64).fill(member);
  const write = (name: string, ...parts: Uint8Array[]) => {
    writeFileSync(join(folder, name), Buffer.concat(parts));
    return join(folder, name);
  };

  // Grown memory of the process while `work` runs, in MiB.
  async function grown(work: () => Promise<unknown>): Promise<number> {
    const before = process.memoryUsage.rss();
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
    await work();
    clearInterval(timer);
    return (Math.max(most, process.memoryUsage.rss()) - before) / 2 ** 20;
  }

  test("512 MiB and 4 GiB behind a good image are refused at once and with little memory", async () => {
    for (const mebibytes of [512, 4096]) {
      const path = write("bomb.nii.gz", gzipSync(good), ...zeros(mebibytes));
      const start = performance.now();
      const memory = await grown(() =>
        expect(readNifti(path)).rejects.toThrow(
          /packed bytes after the last voxel: expected at most/,
        ),
      );
      expect(performance.now() - start).toBeLessThan(1000);
      expect(memory).toBeLessThan(128);
    }
  });

  test("a header that tells of 2 GB is refused before they are allocated, when the file holds less", async () => {
    const header = changed((view) =>
      [3, 1000, 1000, 1000].forEach((n, i) => view.setInt16(40 + 2 * i, n, true)),
    );
    const path = write(
      "claim.nii.gz",
      gzipSync(header),
      ...zeros(1024),
      gzipSync(new Uint8Array(7)),
    );
    const memory = await grown(() =>
      expect(readNifti(path)).rejects.toThrow(/size of the file: expected 2000000352 bytes/),
    );
    expect(memory).toBeLessThan(128);
  });

  test("one volume of a packed image of more than 4 GiB is read right, and its checksum verified", async () => {
    // (1024, 1024, 1, 4160) of uint8: 4 GiB and 64 MiB. The last member holds the last volumes.
    const header = changed((view) => {
      [4, 1024, 1024, 1, 4160].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
      view.setInt16(70, 2, true);
      view.setInt16(72, 8, true);
    }).subarray(0, 352);
    const last = new Uint8Array(1 << 26);
    last[last.length - 1] = 7;
    last[last.length - 1024 * 1024 + 5] = 9;
    const path = write("big.nii.gz", gzipSync(header), ...zeros(4096), gzipSync(last));
    const reader = await openNifti(path);
    const memory = await grown(async () => {
      const { data } = await reader.readVolume(4159);
      expect(data.length).toBe(1024 * 1024);
      expect([data[5 * 1024], data.at(-1), data.reduce((a, b) => a + b)]).toEqual([9, 7, 16]);
    });
    expect(memory).toBeLessThan(256);
    await reader.close();
  });
});

test("a file that failed its checksum once fails again, however it is read", async () => {
  const random = seeded(3);
  const data = Float64Array.from({ length: 600_000 }, () => Math.floor(random() * 200));
  const bytes = niftiBytes({ data, shape: [100, 100, 10, 6], affine }, { datatype: "uint8" });
  const packed = changed((_, copy) => void (copy[copy.length - 6] ^= 1), gzipSync(bytes));
  const reader = await openNifti(packed);
  for (let i = 0; i < 3; i++) await expect(reader.readVolume(0)).rejects.toThrow(/gzip data/);
  await expect(reader.readAll()).rejects.toThrow(/gzip data/);
  await reader.close();
});

describe("a pair", () => {
  const header = bytesOf("pair_u16.hdr");
  const voxels = bytesOf("pair_u16.img");

  test.each([
    [
      "with its voxels cut short",
      header,
      voxels.subarray(0, 119),
      /size of the file: expected 120 bytes.* found 119/,
    ],
    ["with packed voxels cut short", header, gzipSync(voxels.subarray(0, 100)), /bytes 0 to 120/],
    ["with no voxels at all", header, new Uint8Array(0), /size of the file/],
    ["with a header cut short", header.subarray(0, 347), voxels, /bytes 0 to 348/],
    [
      "with a bomb for a header",
      gzipSync(Buffer.concat([header, new Uint8Array(1 << 26)])),
      voxels,
      /packed bytes after/,
    ],
    ["whose header is a single file", good, voxels, /magic: expected "ni1"/],
  ])("%s is refused", async (_, head, body, message) => {
    await expect(inTime(readNifti(head, { voxels: body }))).rejects.toThrow(message);
  });

  test("of which one file is missing is refused with what to do", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tsrsa-nifti-"));
    writeFileSync(join(folder, "a.hdr"), header);
    writeFileSync(join(folder, "b.img"), voxels);
    await expect(readNifti(join(folder, "a.hdr"))).rejects.toThrow(
      /no file .*a\.img; .*put both in one folder/,
    );
    await expect(readNifti(join(folder, "b.img"))).rejects.toThrow(/no file .*b\.hdr/);
    writeFileSync(join(folder, "a.img.gz"), gzipSync(voxels));
    expect((await readNifti(join(folder, "a.hdr"))).shape).toEqual([5, 4, 3]);
    rmSync(folder, { recursive: true });
  });
});

test("a fault in a file on disk names its path", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsrsa-nifti-"));
  const path = join(folder, "bad.nii");
  writeFileSync(path, good.subarray(0, 400));
  for (let i = 0; i < 50; i++)
    await expect(readNifti(path)).rejects.toThrow(`${path}: size of the file`);
  rmSync(folder, { recursive: true });
});
