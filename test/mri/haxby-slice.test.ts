import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Rdm, readNifti, rsaNifti, type NiftiImage } from "../../src/index.ts";
import { clean } from "../../src/mri/masker/index.ts";

const folder = join(import.meta.dirname, "../../../shared/real-data/haxby-slice");
const isThere = existsSync(folder);

/** Each run detrended and divided by its standard deviation, every voxel by itself. */
function cleanRuns(image: NiftiImage, runs: readonly string[]): NiftiImage {
  const nVolumes = runs.length;
  const nVoxels = image.data.length / nVolumes;
  const data = image.data.slice();
  for (const run of new Set(runs)) {
    const volumes = [...runs.keys()].filter((volume) => runs[volume] === run);
    const rows = volumes.map((t) =>
      Float64Array.from({ length: nVoxels }, (_, v) => image.data[v * nVolumes + t]),
    );
    const cleaned = clean(rows, { detrend: true, standardize: "seed" }).data;
    volumes.forEach((t, row) => {
      for (let v = 0; v < nVoxels; v++) data[v * nVolumes + t] = cleaned[row * nVoxels + v];
    });
  }
  return { ...image, data };
}

test.skipIf(!isThere)(
  "the real Haxby slice gives the numbers of MNE-RSA (skipped where shared/real-data is absent)",
  async () => {
    const rows = readFileSync(join(folder, "attributes_literal.txt"), "utf8")
      .trim()
      .split(/\r?\n/)
      .map((line) => line.trim().split(/\s+/));
    const labels = rows.map(([category, run]) => `${category} ${run}`);
    const items = [...new Set(labels)].filter((label) => !label.startsWith("rest"));
    expect(items).toHaveLength(96);
    const category = items.map((item) => item.split(" ")[0]);
    const pairs = items.flatMap((_, i) =>
      items.slice(i + 1).map((_, j) => (category[i] === category[i + 1 + j] ? 0 : 1)),
    );
    const model = new Rdm(pairs, { items, name: "category" });
    const image = cleanRuns(
      await readNifti(join(folder, "bold.nii.gz")),
      rows.map(([, run]) => run),
    );
    const roiMask = await readNifti(join(folder, "mask.nii.gz"));
    for (const [rsaMetric, mean, max] of [
      ["spearman", 0.095737, 0.284925],
      ["kendall-tau-a", 0.03538, 0.105295],
    ] as const) {
      const maps = await rsaNifti(image, model, {
        labels,
        items: "common",
        roiMask,
        radiusMm: 10,
        rsaMetric,
        onProgress: false,
      });
      expect(maps.centres).toHaveLength(530);
      const row = maps.distribution().row(0);
      expect(row.mean).toBeCloseTo(mean, 6);
      expect(maps.peak()).toMatchObject({ voxel: [28, 14, 0] });
      expect(maps.peak().score).toBeCloseTo(max, 6);
    }
  },
);
