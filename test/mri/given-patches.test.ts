import { describe, expect, test, vi } from "vitest";
import { epochsFromArray, Rdm, rdmEpochs, rdmNifti, rsaNifti } from "../../src/index.ts";
import { noise } from "../compute/series.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const image = { data: noise(6 * 4, 3), shape: [6, 1, 1, 4], affine };
const labels = ["a", "b", "c", "d"];
const model = new Rdm(noise(6, 5), { items: labels, name: "m" });
const quiet = { labels, onProgress: false } as const;

/** What a radius of 4 mm makes of a line of voxels of 3 mm. */
const lists = [0, 1, 2, 3, 4, 5].map((at) =>
  [at, at - 1, at + 1].filter((one) => one >= 0 && one < 6),
);
const neighbours = {
  indptr: lists.reduce((starts, list) => [...starts, starts[starts.length - 1] + list.length], [0]),
  indices: lists.flat(),
};

describe.each([
  ["lists", lists],
  ["a neighbour matrix", neighbours],
])("patches as %s", (_, patches) => {
  test("score as spheres of the same voxels", async () => {
    const spheres = await rsaNifti(image, model, { radiusMm: 4, ...quiet });
    const own = await rsaNifti(image, model, { patches, ...quiet });
    expect(own.map("m").data).toEqual(spheres.map("m").data);
    const rdms = await rdmNifti(image, { labels, patches });
    const round = await rdmNifti(image, { labels, radiusMm: 4 });
    expect(rdms.at(2).condensed).toEqual(round.at(2).condensed);
    expect(rdms.at(2).meta).toEqual(round.at(2).meta);
  });
});

test("the score stands in the centre, the first of a list; others stay 0", async () => {
  const maps = await rsaNifti(image, model, { patches: [[4, 0, 2]], ...quiet });
  const map = Array.from(maps.map("m").data);
  expect(map.filter((value) => value !== 0)).toEqual([map[4]]);
  const all = await rsaNifti(image, model, { patches: [[4, 2, 0, 0]], ...quiet });
  expect(all.map("m").data).toEqual(maps.map("m").data);
});

test("rows of a matrix outside the region are no centres", async () => {
  const roiMask = { data: Uint8Array.of(0, 1, 0, 0, 1, 0), shape: [6, 1, 1], affine };
  const own = await rsaNifti(image, model, { patches: neighbours, roiMask, ...quiet });
  const spheres = await rsaNifti(image, model, { radiusMm: 4, roiMask, ...quiet });
  expect(own.map("m").data).toEqual(spheres.map("m").data);
});

test.each([
  [{ patches: [] }, /invalid patches: "none"/],
  [{ patches: [[]] }, /patches\[0\]/],
  [{ patches: [[0, 6]] }, /patches\[0\]: 6; give voxels of the image, 0 to 5/],
  [{ patches: [[0, 1.5]] }, /patches\[0\]: 1.5/],
  [{ patches: [[0, NaN]] }, /patches\[0\]: NaN/],
  [
    {
      patches: [
        [0, 1],
        [0, 2],
      ],
    },
    /centre of two patches/,
  ],
  [{ patches: [[0], [1]] }, /single voxels/],
  [{ patches: [[0, 1]], radiusMm: 4 }, /one of the two/],
  [{ patches: { indptr: [0, 1], indices: [0] } }, /7 row starts/],
])("%o is refused", async (options, message) => {
  await expect(rsaNifti(image, model, { ...options, ...quiet })).rejects.toThrow(message);
});

test("RDMs wait for no timer between patches", async () => {
  const timer = vi.spyOn(globalThis, "setTimeout");
  const epochs = epochsFromArray(
    { data: noise(4 * 2 * 200), shape: [4, 2, 200] },
    { sfreqHz: 100 },
  );
  const options = { labels, temporalRadiusS: 0.02, metric: "cityblock" } as const;
  const before = timer.mock.calls.length;
  expect(await rdmEpochs(epochs, options).toArray({ onProgress: false })).toHaveLength(196);
  expect(timer.mock.calls.length - before).toBeLessThan(20);
  timer.mockRestore();
});
