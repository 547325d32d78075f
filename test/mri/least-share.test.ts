import { describe, expect, test } from "vitest";
import { rdmNifti, rsaNifti, Rdm } from "../../src/index.ts";
import { numbersOf, type ReferenceArray } from "../reference/read-reference.ts";
import { casesOf } from "../rdm/toolbox-rest.ts";

const affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

describe("spheres with the least share of rsatoolbox's get_volume_searchlight, where it is right", () => {
  const all = casesOf("spheres of radius");
  test("there are cases", () => expect(all.length).toBeGreaterThan(10));

  test.each(all)("$name", async ({ input, expected }) => {
    const mask = input.mask;
    const shape = [...mask.shape];
    const data = numbersOf(mask);
    const series = Float64Array.from({ length: data.length * 2 }, (_, at) => Math.sin(at));
    const { centres } = (expected as unknown as { right: { centres: ReferenceArray } }).right;
    const { radiusVoxels, minShare } = input as unknown as Record<string, number>;
    const found = rdmNifti(
      { data: series, shape: [...shape, 2], affine },
      {
        ...{ labels: ["a", "b"], metric: "euclidean", radiusMm: radiusVoxels, minShare },
        brainMask: { data, shape, affine },
      },
    );
    const wanted = [...numbersOf(centres)];
    if (wanted.length === 0) await expect(found).rejects.toThrow("no sphere has so much");
    else expect([...(await found).centres]).toEqual(wanted);
  });
});

describe("the share", () => {
  const shape = [4, 4, 4];
  const data = Float64Array.from({ length: 64 * 3 }, (_, at) => Math.sin(at * at));
  const image = { data, shape: [...shape, 3], affine };
  const options = { labels: ["a", "b", "c"], metric: "euclidean", radiusMm: 1.1 } as const;

  test("of the sphere itself: at the border of the image it lacks voxels", async () => {
    const whole = await rdmNifti(image, { ...options, minShare: 1 });
    expect(whole.centres).toHaveLength(64);
    const ideal = await rdmNifti(image, { ...options, minShare: 1, shareOf: "sphere" });
    expect(ideal.centres).toHaveLength(8);
    const most = await rdmNifti(image, { ...options, minShare: 6 / 7, shareOf: "sphere" });
    expect(most.centres).toHaveLength(32);
  });

  test("a map has no scores elsewhere", async () => {
    const model = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
    const quiet = { onProgress: false, jobs: 1 } as const;
    const maps = await rsaNifti(image, model, {
      ...options,
      ...quiet,
      minShare: 1,
      shareOf: "sphere",
    });
    const { data: scores } = maps.map("model 1");
    expect(scores.filter((score) => score !== 0).length).toBeLessThanOrEqual(8);
  });

  test("without a radius, or beyond 0 to 1, it is refused", async () => {
    await expect(
      rdmNifti(image, { ...options, radiusMm: undefined, minShare: 0.5 }),
    ).rejects.toThrow("radiusMm");
    await expect(rdmNifti(image, { ...options, minShare: 2 })).rejects.toThrow("0 to 1");
    await expect(rdmNifti(image, { ...options, shareOf: "brain" as never })).rejects.toThrow(
      "brain",
    );
  });
});
