import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { random, Rdm, rsaNifti, writeNifti } from "../../src/index.ts";
import { pythonWith } from "../support/python.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-nibabel-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const python = pythonWith("nibabel");

const load = `
import json, sys, nibabel
image = nibabel.load(sys.argv[1])
print(json.dumps({
    "affine": image.affine.tolist(),
    "shape": list(image.shape),
    "dtype": str(image.get_data_dtype()),
    "data": [None if v != v else float(v) for v in image.get_fdata().ravel().tolist()],
}))
`;

test.skipIf(python === undefined)(
  "a map that we write opens in nibabel with the same affine and values (skipped without nibabel)",
  async () => {
    const { normal } = random(5);
    // Oblique, with voxels of three sizes.
    const affine = [
      [1.8, -0.7, 0.1, -20.5],
      [0.6, 2.3, -0.4, 13.25],
      [-0.2, 0.5, 3.9, 7],
      [0, 0, 0, 1],
    ];
    const data = Float64Array.from({ length: 5 * 4 * 3 * 4 }, () => normal());
    const model = new Rdm([1, 2, 3, 4, 5, 6], { items: ["a", "b", "c", "d"], name: "model" });
    const options = { labels: ["a", "b", "c", "d"], radiusMm: 4, onProgress: false as const };
    const maps = await rsaNifti({ data, shape: [5, 4, 3, 4], affine }, model, options);
    const map = maps.map("model");
    const path = join(folder, "map.nii.gz");
    await writeNifti(path, map);
    const out = execFileSync(python ?? "", ["-c", load, path], { encoding: "utf8" });
    const theirs = JSON.parse(out) as { affine: number[][]; data: (number | null)[] };
    expect(theirs).toMatchObject({ shape: [5, 4, 3], dtype: "float32" });
    // The file holds the affine as float32.
    expect(theirs.affine).toEqual(affine.map((row) => row.map(Math.fround)));
    expect(theirs.data).toEqual(
      Array.from(map.data, (value) => (Number.isNaN(value) ? null : Math.fround(value))),
    );
  },
);
