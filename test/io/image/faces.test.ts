import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readImage, stackImages } from "../../../src/io/image/index.ts";
import { asMatrix, asStrings, parseNpy, readNpz } from "../../../src/io/npy/index.ts";

const folder = fileURLToPath(
  new URL("../../../../shared/real-data/wakeman-faces/stimuli/", import.meta.url),
);
const present = existsSync(folder);
if (!present) console.log("skipped: the real face stimuli are not on this machine");

/** 1 − Pearson's r, in the plainest way. */
function correlationDistance(a: Uint8Array, b: Uint8Array): number {
  const mean = (x: Uint8Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - meanA, b[i] - meanB];
    [ab, aa, bb] = [ab + da * db, aa + da * da, bb + db * db];
  });
  return 1 - ab / Math.sqrt(aa * bb);
}

describe.skipIf(!present)("the real face stimuli", () => {
  const names = present ? readdirSync(folder).filter((name) => name.endsWith(".bmp")) : [];

  test("1 − r of two stimuli is the value MNE-RSA's tutorial prints", async () => {
    const [face, scrambled] = await Promise.all(
      ["f001.bmp", "s001.bmp"].map((name) => readImage(folder + name)),
    );
    expect(correlationDistance(face.data, scrambled.data)).toBeCloseTo(0.4176835093510478, 12);
  });

  test("all 450 are grey, 162 rows × 128 columns", async () => {
    const images = [];
    for (const name of names.sort()) images.push(await readImage(folder + name));
    expect(stackImages(images).shape).toEqual([450, 162, 128]);
  });

  test("the embeddings name every image", async () => {
    const arrays = await readNpz(`${folder}faceapi_embeddings.npz`);
    const files = asStrings(arrays.get("filenames") ?? parseNpy(new Uint8Array()));
    expect([...files].sort()).toEqual(names.sort());
    const embeddings = asMatrix(arrays.get("embeddings") ?? parseNpy(new Uint8Array()));
    expect(embeddings.shape).toEqual([450, 128]);
    expect(embeddings.data.every((value) => Math.abs(value) < 10)).toBe(true);
  });
});
