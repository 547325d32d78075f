import { expect, test } from "vitest";
import { mapNifti, rdmNifti, Rdm, rsaNifti } from "../../src/index.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const image = {
  data: Float64Array.from({ length: 240 }, (_, at) => Math.sin(at * at)),
  shape: [5, 4, 3, 4],
  affine,
};
const labels = ["a", "b", "c", "d"];
const model = new Rdm([1, 2, 3, 4, 5, 6], { items: labels, name: "idea" });
const how = { labels, radiusMm: 4, onProgress: false } as const;

test("every third centre has the score that it has among all, and no other voxel has one", async () => {
  const all = await rsaNifti(image, model, how);
  const some = await rsaNifti(image, model, { ...how, every: 3 });
  expect(all.centres).toHaveLength(60);
  expect(Array.from(some.centres)).toEqual(Array.from({ length: 20 }, (_, at) => 3 * at));
  const [whole, thin] = [all.map().data, some.map().data];
  for (const at of some.centres) expect(thin[at]).toBe(whole[at]);
  expect(thin.filter((value) => value !== 0)).toHaveLength(20);
  const one = await rsaNifti(image, model, { ...how, every: 1 });
  expect(one.map().data).toEqual(whole);
});

test("it thins centres of a region, of RDMs and of a function of one's own alike", async () => {
  const roiMask = { data: new Uint8Array(60).fill(1, 10, 20), shape: [5, 4, 3], affine };
  const some = await rsaNifti(image, model, { ...how, roiMask, every: 4 });
  expect(Array.from(some.centres)).toEqual([10, 14, 18]);
  expect((await rdmNifti(image, { labels, radiusMm: 4, every: 25 })).length).toBe(3);
  const mean = await mapNifti(image, () => [1], { ...how, roiMask, every: 4 });
  expect(Array.from(mean.centres)).toEqual([10, 14, 18]);
});

test("what cannot be thinned is refused", async () => {
  const call = (options: object) => rsaNifti(image, model, { ...how, ...options });
  for (const every of [0, -1, 1.5, NaN]) await expect(call({ every })).rejects.toThrow(/every/);
  await expect(call({ every: 2, radiusMm: undefined })).rejects.toThrow(/give radiusMm/);
});
