import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cleanVolumes, Rdm, readNifti, rsaNifti } from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../../shared/real-data/haxby-slice");
const isThere = existsSync(folder);

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
    const image = await cleanVolumes(join(folder, "bold.nii.gz"), {
      runs: rows.map(([, run]) => run),
      detrend: true,
    });
    const mask = await readNifti(join(folder, "mask.nii.gz"));
    const options = { labels, items: "common", radiusMm: 10, onProgress: false } as const;
    // The reference has the mask as centres only: at its edge spheres reach voxels that hold nothing but 0.
    for (const [rsaMetric, mean, max] of [
      ["spearman", 0.095737, 0.284925],
      ["kendall-tau-a", 0.03538, 0.105295],
    ] as const) {
      const maps = await rsaNifti(image, model, { ...options, roiMask: mask, rsaMetric });
      expect(maps.centres).toHaveLength(530);
      const row = maps.distribution().row(0);
      expect(row.mean).toBeCloseTo(mean, 6);
      expect(maps.peak()).toMatchObject({ voxel: [28, 14, 0] });
      expect(maps.peak().score).toBeCloseTo(max, 6);
    }
    // Of scipy's pdist and rankdata on the voxels of the mask alone.
    const inside = await rsaNifti(image, model, { ...options, brainMask: mask });
    expect(inside.distribution().row(0).mean).toBeCloseTo(0.09450057429040903, 12);
    expect(inside.peak().score).toBeCloseTo(0.28492487739519007, 12);
  },
);
