import { describe, expect, test } from "vitest";
import {
  clean,
  cleanVolumes,
  random,
  Rdm,
  rdmNifti,
  readNiftiPatterns,
  rsaNifti,
} from "../../src/index.ts";
import { niftiBytes } from "../../src/io/nifti/index.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const shape = [5, 4, 3];
const draw = random(5);
const nVolumes = 12;
const data = Float64Array.from(
  { length: 60 * nVolumes },
  (_, at) => 100 + (at % nVolumes) + draw.normal(),
);
const image = { data, shape: [...shape, nVolumes], affine };
const runs = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2];
const mask = {
  data: Uint8Array.from({ length: 60 }, (_, at) => (at % 7 > 1 ? 1 : 0)),
  shape,
  affine,
};
const inside = [...mask.data.keys()].filter((at) => mask.data[at] === 1);

/** The volumes of one run as an image of its own. */
function runImage(run: number): { data: Float64Array; shape: number[]; affine: number[][] } {
  const volumes = [...runs.keys()].filter((t) => runs[t] === run);
  const values = Float64Array.from(
    { length: 60 * 6 },
    (_, at) => data[Math.floor(at / 6) * nVolumes + volumes[at % 6]],
  );
  return { data: values, shape: [...shape, 6], affine };
}

describe("cleaned time courses", () => {
  test("are those of clean, run by run, in the voxels of the mask", async () => {
    const series = await cleanVolumes(image, { runs, mask, detrend: true });
    expect([...series.voxels]).toEqual(inside);
    for (const run of [1, 2]) {
      const volumes = [...runs.keys()].filter((t) => runs[t] === run);
      const rows = volumes.map((t) => inside.map((v) => data[v * nVolumes + t]));
      const expected = clean(rows, { detrend: true }).data;
      volumes.forEach((t, row) =>
        inside.forEach((_, v) =>
          expect(series.data[v * nVolumes + t]).toBe(expected[row * inside.length + v]),
        ),
      );
    }
  });

  test("are the same of one file and of one file a run", async () => {
    const whole = await cleanVolumes(niftiBytes(image, { datatype: "float64" }), { runs, mask });
    const apart = await cleanVolumes(
      [runImage(1), niftiBytes(runImage(2), { datatype: "float64" })],
      { mask },
    );
    expect(apart.data).toEqual(whole.data);
  });

  test("are nothing where there is nothing, which is counted, and NaN where there is NaN", async () => {
    const values = data.slice();
    values.fill(3, 0, nVolumes);
    values[2 * nVolumes + 7] = NaN;
    const series = await cleanVolumes({ ...image, data: values }, { runs });
    expect(series.nFlat).toBe(2);
    expect([...series.data.subarray(0, nVolumes)]).toEqual(new Array(nVolumes).fill(0));
    const third = [...series.data.subarray(2 * nVolumes, 3 * nVolumes)];
    expect(third.map(Number.isNaN)).toEqual(runs.map((run) => run === 2));
  });

  test("need the run of every volume, and masks and runs on one grid", async () => {
    await expect(cleanVolumes(image, { runs: [1, 2] })).rejects.toThrow(
      /expected 12 runs, one per volume/,
    );
    const other = { data: new Float64Array(48), shape: [2, 4, 3, 2], affine };
    await expect(cleanVolumes([image, other])).rejects.toThrow(
      /expected a run 2 of 5 × 4 × 3 voxels/,
    );
    await expect(cleanVolumes([])).rejects.toThrow(/an empty list/);
    await expect(cleanVolumes(image, { standardize: "zcore" as "zscore" })).rejects.toThrow(
      /unknown standardize/,
    );
  });
});

describe("analyses of cleaned time courses", () => {
  const labels = ["a", "b", "c", "c", "b", "a", "c", "a", "b", "a", "b", "c"];
  const model = new Rdm([1, 3, 2], { items: ["a", "b", "c"], name: "model" });
  const options = { labels, radiusMm: 5, onProgress: false } as const;

  test("give what the same numbers as an image give", async () => {
    const series = await cleanVolumes(image, { runs, mask });
    const values = new Float64Array(data.length);
    series.voxels.forEach((voxel, v) =>
      values.set(series.data.subarray(v * nVolumes, (v + 1) * nVolumes), voxel * nVolumes),
    );
    const asImage = await rsaNifti({ ...image, data: values }, model, {
      ...options,
      brainMask: mask,
    });
    const asSeries = await rsaNifti(series, model, options);
    expect(asSeries.scores).toEqual(asImage.scores);
    expect(asSeries.map().data).toEqual(asImage.map().data);
    const smaller = { ...mask, data: mask.data.map((_, at) => (at < 30 ? 1 : 0)) };
    expect((await rsaNifti(series, model, { ...options, brainMask: smaller })).centres).toEqual(
      Int32Array.from(inside.filter((at) => at < 30)),
    );
    expect((await rdmNifti(series, { labels })).first().condensed).toEqual(
      (await rdmNifti({ ...image, data: values }, { labels, brainMask: mask })).first().condensed,
    );
    const outside = { ...mask, data: mask.data.map((value) => 1 - value) };
    await expect(readNiftiPatterns(series, { mask: outside })).rejects.toThrow(
      /none of them in the data/,
    );
  });

  test("one image a run is as good as one image", async () => {
    const both = await rsaNifti([runImage(1), runImage(2)], model, { ...options, folds: runs });
    expect(both.scores).toEqual((await rsaNifti(image, model, { ...options, folds: runs })).scores);
    expect(both.record.nVolumes).toBe(12);
  });
});
