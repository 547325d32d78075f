import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openNifti, readNifti } from "../../../src/io/nifti/index.ts";
import { fixture } from "./fixtures.ts";

const folder = fileURLToPath(new URL("../../../../shared/real-data/", import.meta.url));
const here = existsSync(`${folder}haxby-slice/bold.nii.gz`);
if (!here) console.warn("no real data in ../shared/real-data: the tests of it are skipped");

/** What nibabel 5.4.2 reads; the hash is of `get_fdata()` in C order, little-endian float64. */
const known = JSON.parse(readFileSync(fixture("real-files.expected.json"), "utf8")) as {
  file: string;
  shape: number[];
  zooms: number[];
  affine: number[][];
  sha256: string;
}[];

describe.skipIf(!here)("real files", () => {
  test.each(known)("$file: every value and the affine are those of nibabel", async (wanted) => {
    const image = await readNifti(folder + wanted.file);
    expect([image.shape, image.zooms]).toEqual([wanted.shape, wanted.zooms]);
    image.affine
      .flat()
      .forEach((value, i) => expect(Math.abs(value - wanted.affine.flat()[i])).toBeLessThan(1e-12));
    const { buffer, byteOffset, byteLength } = image.data;
    const hash = createHash("sha256").update(new Uint8Array(buffer, byteOffset, byteLength));
    expect(hash.digest("hex")).toBe(wanted.sha256);
  });

  test("volumes of the Haxby slice read at random are columns of the whole", async () => {
    const path = `${folder}haxby-slice/bold.nii.gz`;
    const { data } = await readNifti(path);
    const reader = await openNifti(path);
    expect(reader.nVolumes).toBe(1452);
    for (const t of [1451, 7, 700, 701]) {
      const volume = await reader.readVolume(t);
      expect(volume.data).toEqual(Float64Array.from({ length: 800 }, (_, i) => data[i * 1452 + t]));
    }
    await reader.close();
  });
});
