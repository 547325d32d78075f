import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  asStrings,
  computeRdm,
  pearson,
  readImage,
  readNpz,
  stackImages,
} from "../../src/index.ts";

const folder = join(import.meta.dirname, "../../../shared/real-data/wakeman-faces/stimuli");

describe.skipIf(!existsSync(folder))(
  "the 450 real faces (skipped where shared/real-data is absent)",
  () => {
    test("their pixel RDM: 101,025 pairs, each 1 − Pearson's r, the tutorial's pair among them", async () => {
      const names = (await readNpz(join(folder, "faceapi_embeddings.npz"))).get("filenames");
      if (names === undefined) throw new Error("no filenames in the npz");
      const items = asStrings(names);
      const images = await Promise.all(items.map((item) => readImage(join(folder, item))));
      const rdm = computeRdm(stackImages(images), { items });
      expect([rdm.nItems, rdm.condensed.length]).toEqual([450, 101025]);
      expect(
        Math.abs(rdm.between("f001.bmp", "s001.bmp") - 0.4176835093510478),
      ).toBeLessThanOrEqual(1e-12);
      for (let k = 0; k < 200; k++) {
        const [i, j] = [(k * 37) % 450, (k * 53 + 1) % 450];
        const expected = i === j ? 0 : 1 - pearson(images[i].data, images[j].data);
        expect(Math.abs(rdm.at(i, j) - expected)).toBeLessThanOrEqual(1e-12);
      }
    });
  },
);
