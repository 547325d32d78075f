import { expect, test } from "vitest";
import { readAtlas } from "../../../src/mri/atlas/index.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];

/** Five voxels, the probabilities of three regions in each. */
const shares = [
  [0.5, 0.4, 0],
  [0.3, 0.6, 0.1],
  [0.2, 0.1, 0.24],
  [0.25, 0.25, 0.25],
  [NaN, 0.3, 0.9],
];
const image = (data: readonly number[]) => ({
  data: Float64Array.from(data),
  shape: [5, 1, 1, 3],
  affine,
});

test("each voxel is of its most probable region, where that is probable enough", async () => {
  const atlas = await readAtlas(image(shares.flat()), {
    names: { 1: "V1", 2: "V2", 3: "MT" },
  });
  expect(Array.from(atlas.labels)).toEqual([1, 2, 0, 1, 3]);
  expect(atlas.regions.map(({ name, nVoxels }) => [name, nVoxels])).toEqual([
    ["V1", 2],
    ["V2", 1],
    ["MT", 1],
  ]);
  expect(atlas.notes).toEqual([
    "the most probable region of each voxel, where its probability is at least 0.25",
    "regions 2 kept less than half of the voxels in which they are that probable",
  ]);
});

test("percents and another threshold", async () => {
  const atlas = await readAtlas(image(shares.flat().map((share) => 100 * share)), {
    threshold: 0.55,
  });
  expect(Array.from(atlas.labels)).toEqual([0, 2, 0, 0, 3]);
  const all = await readAtlas(image(shares.flat()), { threshold: 0 });
  expect(Array.from(all.labels)).toEqual([1, 2, 3, 1, 3]);
});

test("what is no probability is refused, labels in one volume are labels", async () => {
  await expect(readAtlas(image(shares.flat().map((share) => 200 * share)))).rejects.toThrow(
    /180; .*percents up to 100/,
  );
  await expect(readAtlas(image(shares.flat().map((share) => -share)))).rejects.toThrow(/-0.9/);
  await expect(readAtlas(image([0.5]))).rejects.toThrow(/1 values/);
  await expect(readAtlas(image(shares.flat()), { threshold: 25 })).rejects.toThrow(/threshold/);
  await expect(readAtlas(image(shares.flat().fill(0)))).rejects.toThrow(/0 in every voxel/);
  const whole = { data: Float64Array.of(0, 2), shape: [2, 1, 1, 1], affine };
  expect((await readAtlas(whole)).notes).toEqual([]);
});

test("names of FSL count from 0, its voxels from 1", async () => {
  const xml = `<?xml version="1.0"?><atlas version="1.0"><header><name>x</name></header>
<data><label index="0" x="1" y="2" z="3">Frontal Pole</label><label index="1">A &amp; B</label></data></atlas>`;
  const names = new TextEncoder().encode(xml);
  const labels = {
    data: Float64Array.of(0, 1, 2, 3),
    shape: [4, 1, 1],
    affine,
  };
  const atlas = await readAtlas(labels, { names });
  expect(atlas.regions.map(({ name }) => name)).toEqual(["Frontal Pole", "A & B", "3"]);
  const other = new TextEncoder().encode("<a><b/></a>");
  await expect(readAtlas(labels, { names: other })).rejects.toThrow(/no atlas of FSL/);
});
