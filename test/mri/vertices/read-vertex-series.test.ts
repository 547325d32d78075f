import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readCifti, writeGifti } from "../../../src/io/index.ts";
import { openBids } from "../../../src/io/bids/index.ts";
import { Rdm } from "../../../src/rdm/rdm.ts";
import {
  readBidsRuns,
  readVertexSeries,
  rdmNifti,
  rsaNifti,
  trialBetas,
} from "../../../src/mri/index.ts";
import { layOut, rawDescription } from "../../io/bids/lay-out.ts";

const formats = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/surface/formats/${name}`, import.meta.url));
const nVertices = 3;
const nVolumes = 40;
const value = (v: number, t: number) => 100 + ((t * 7 + v * 3) % 5) + ((t + v) % 9 < 3 ? 4 * v : 0);

/** A hemisphere with an array a volume, as fMRIPrep writes it. */
async function hemisphere(root: string, name: string): Promise<string> {
  const path = join(root, name);
  const arrays = Array.from({ length: nVolumes }, (_, t) => ({
    intent: "TIME_SERIES",
    values: {
      data: Float32Array.from([0, 1, 2], (v) => value(v, t)),
      shape: [nVertices],
    },
  }));
  await writeGifti(path, { arrays });
  return path;
}

const events = "onset\tduration\ttrial_type\n4\t1\ta\n20\t1\tb\n40\t1\ta\n58\t1\tb\n";

test("trials of vertices are those of the same numbers in an image", async () => {
  const name = "sub-01/func/sub-01_task-x_hemi-L_space-fsaverage5_bold.func.gii";
  const root = layOut({
    "dataset_description.json": rawDescription,
    "task-x_events.tsv": events,
    "task-x_bold.json": '{"RepetitionTime": 2}',
    [name]: "",
  });
  await hemisphere(root, name);
  const { runs, mask } = await readBidsRuns(await openBids(root), {
    task: "x",
  });
  expect([mask, runs[0].tr]).toEqual([undefined, 2]);
  const betas = await trialBetas(runs);
  const data = Float64Array.from({ length: nVertices * nVolumes }, (_, at) =>
    value(Math.floor(at / nVolumes), at % nVolumes),
  );
  const affine = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => Number(i === j)));
  const image = { data, shape: [nVertices, 1, 1, nVolumes], affine };
  const expected = await trialBetas({ ...runs[0], image });
  expect(Array.from(betas.voxels)).toEqual([0, 1, 2]);
  expect(betas.data).toEqual(expected.data);
  expect(betas.items).toEqual(["a", "b", "a", "b"]);
});

test("spheres in mm of numbers of vertices are refused, before and after a model of trials", async () => {
  const series = await readVertexSeries(await hemisphere(layOut({}), "each.func.gii"));
  await expect(rdmNifti(series, { radiusMm: 2 })).rejects.toThrow(/radiusMm.*vertices.*rsaSurface/);
  const events = {
    onset: [2, 6, 10, 14],
    duration: [1, 1, 1, 1],
    trial_type: ["a", "b", "a", "b"],
  };
  const betas = await trialBetas({ image: series, events, tr: 2 });
  const model = new Rdm([1], { items: ["a", "b"] });
  const asked = { labels: betas.items, metric: "euclidean" } as const;
  await expect(rsaNifti(betas, model, { ...asked, radiusMm: 2 })).rejects.toThrow(/vertices/);
  expect((await rsaNifti(betas, model, asked)).record.nPatches).toBe(1);
});

test("one array of all volumes is read as an array a volume is", async () => {
  const root = layOut({});
  const each = await readVertexSeries(await hemisphere(root, "each.func.gii"));
  const path = join(root, "all.func.gii");
  const data = Float32Array.from({ length: nVertices * nVolumes }, (_, at) =>
    value(Math.floor(at / nVolumes), at % nVolumes),
  );
  const values = { data, shape: [nVertices, nVolumes] };
  await writeGifti(path, { arrays: [{ intent: "TIME_SERIES", values }] });
  const all = await readVertexSeries(path);
  expect([all.nVolumes, all.data]).toEqual([nVolumes, each.data]);
});

test("of CIFTI one structure is read, with the numbers of its vertices on the full mesh", async () => {
  const file = formats("demo.dtseries.nii");
  const left = await readVertexSeries(file, { structure: "CORTEX_LEFT" });
  const { values, axes } = await readCifti(file);
  const [model] = axes[1].kind === "brain" ? axes[1].models : [];
  expect([left.nVolumes, left.voxels.length, left.header.shape]).toEqual([5, 120, [162, 1, 1, 5]]);
  expect(Array.from(left.voxels)).toEqual(Array.from(model.vertices ?? []));
  expect(left.header.zooms?.[3]).toBe(0.72);
  expect(left.data[7 * 5 + 2]).toBe(values.data[2 * 237 + 7]);
  await expect(readVertexSeries(file)).rejects.toThrow(/structure: undefined.*CORTEX_LEFT/);
  await expect(readVertexSeries(file, { structure: "CORTEX" })).rejects.toThrow(/CORTEX_LEFT/);
});

test("what has no time courses of all vertices is refused", async () => {
  await expect(readVertexSeries(formats("whole.surf.gii.gz"))).rejects.toThrow(/func.gii or/);
  await expect(readVertexSeries(formats("ascii.surf.gii"))).rejects.toThrow(/TIME_SERIES/);
  await expect(readVertexSeries(formats("nothing.func.gii"))).rejects.toThrow(/TIME_SERIES|arrays/);
  const root = layOut({});
  const path = join(root, "x.func.gii");
  const array = (n: number) => ({
    intent: "TIME_SERIES",
    values: { data: new Float32Array(n), shape: [n] },
  });
  await writeGifti(path, { arrays: [array(3), array(4)] });
  await expect(readVertexSeries(path)).rejects.toThrow(
    /arrays of 3 vertices, as the first, found 4/,
  );
});
