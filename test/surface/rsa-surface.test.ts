import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  computeRdm,
  random,
  readParcels,
  readSurfaceData,
  rsaNifti,
  rsaSurface,
  type RsaSurfaceOptions,
  type SurfaceData,
} from "../../src/index.ts";
import { writeGifti } from "../../src/io/index.ts";

/** A flat grid of 5 × 5 points, 2 mm apart, with diagonals. */
const side = 5;
const points = Float64Array.from({ length: 25 }, (_, p) => p).reduce((all, p) => {
  all.set([2 * (p % side), 2 * Math.floor(p / side), 0], 3 * p);
  return all;
}, new Float64Array(75));
const corners = Array.from({ length: 16 }, (_, k) => (k % 4) + side * Math.floor(k / 4)).flatMap(
  (p) => [p, p + 1, p + side + 1, p, p + side + 1, p + side],
);
const mesh = {
  points: { data: points, shape: [25, 3] },
  triangles: { data: Int32Array.from(corners), shape: [32, 3] },
};
const surfaces = { left: mesh, right: mesh };
const { normal } = random(7);
const nVolumes = 16;
const half = (): Float64Array => Float64Array.from({ length: 25 * nVolumes }, () => normal());
const [left, right] = [half(), half()];
const allLeft = { data: left, shape: [25, nVolumes] };
const data: SurfaceData = {
  left: { values: allLeft },
  right: { values: { data: right, shape: [25, nVolumes] } },
};
const labels = Array.from({ length: nVolumes }, (_, at) => "abcd"[at % 4]);
const runs = Array.from({ length: nVolumes }, (_, at) => `run ${Math.floor(at / 8)}`);
const features = Array.from({ length: 4 }, () => [normal(), normal(), normal()]);
const model = computeRdm(features, { items: ["a", "b", "c", "d"], name: "idea" });
const quiet = { labels, surfaces, onProgress: false, jobs: 1 } as const;

/** The same numbers as an image: one row of voxels, left before right, with patches given by number. */
const image = {
  data: Float64Array.from([...left, ...right]),
  shape: [50, 1, 1, nVolumes],
  affine: [
    [2, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 1],
  ],
};
/** Ways along the edges: straight 2 mm, diagonal from low to high 2√2. */
function way(a: number, b: number): number {
  const [dx, dy] = [(b % side) - (a % side), Math.floor(b / side) - Math.floor(a / side)];
  const along = Math.max(0, Math.min(Math.abs(dx), Math.abs(dy)) * (dx * dy > 0 ? 1 : 0));
  return 2 * (Math.SQRT2 * along + Math.abs(dx) + Math.abs(dy) - 2 * along);
}
const order = Array.from({ length: 25 }, (_, p) => p);
const patches = [0, 25].flatMap((first) =>
  order.map((p) => [p, ...order.filter((q) => q !== p && way(p, q) < 4)].map((q) => q + first)),
);

async function same(options: RsaSurfaceOptions): Promise<void> {
  const shared = { ...quiet, ...options, surfaces: undefined, radiusMm: undefined };
  const maps = await rsaSurface(data, model, { ...quiet, radiusMm: 4, ...options });
  const volume = await rsaNifti(image, model, { ...shared, patches });
  expect(maps.places).toEqual(
    [0, 1].flatMap((h) => order.map((p) => `${["left", "right"][h]} ${p}`)),
  );
  expect(maps.scores.filter(Number.isNaN)).toHaveLength(0);
  maps.scores.forEach((score, at) => expect(score).toBeCloseTo(volume.scores[at], 12));
}

test("patches along the surface: the scores of rsaNifti with the same patches", () => same({}));

test("folds and a distance that is cross-validated", () =>
  same({ metric: "sqeuclidean", folds: runs }));

test("crossnobis with the noise of each patch from residuals", () => {
  const residuals = {
    data: Float64Array.from({ length: 40 * 50 }, () => normal()),
    shape: [40, 50],
  };
  return same({ metric: "crossnobis", folds: runs, noise: { residuals } });
});

test("volumes chosen, models in another order, another comparison", () =>
  same({ volumes: [0, 1, 2, 3, 8, 9, 10, 11], rsaMetric: "kendall-tau-a" }));

test("vertices without data are in no patch, and NaN in the map", async () => {
  const gaps = left.slice();
  gaps.fill(NaN, 12 * nVolumes, 13 * nVolumes);
  gaps.fill(3, 13 * nVolumes, 14 * nVolumes);
  const holed = { left: { values: { data: gaps, shape: [25, nVolumes] } } };
  const maps = await rsaSurface(holed, model, { ...quiet, radiusMm: 4 });
  expect(maps.places).toHaveLength(23);
  const map = maps.map().left ?? new Float64Array(0);
  expect(Array.from(map.keys()).filter((vertex) => Number.isNaN(map[vertex]))).toEqual([12, 13]);
  expect(maps.notes.join()).toMatch(/2 of 25 vertices have no data/);
  const masked = await rsaSurface({ left: data.left }, model, {
    ...quiet,
    radiusMm: 4,
    mask: { left: order.map((p) => (p === 12 || p === 13 ? 0 : 1)) },
  });
  expect(Array.from(masked.scores)).toEqual(Array.from(maps.scores));
});

test("rows that are some vertices of the mesh are known by number", async () => {
  const kept = order.filter((p) => p !== 12 && p !== 13).reverse();
  const rows = Float64Array.from(
    kept.flatMap((p) => [...left.subarray(p * nVolumes, (p + 1) * nVolumes)]),
  );
  const some = { left: { values: { data: rows, shape: [23, nVolumes] }, vertices: kept } };
  const maps = await rsaSurface(some, model, { ...quiet, radiusMm: 4 });
  const mask = { left: order.map((p) => (p === 12 || p === 13 ? 0 : 1)) };
  const whole = await rsaSurface({ left: data.left }, model, { ...quiet, radiusMm: 4, mask });
  expect(maps.places).toEqual(whole.places);
  expect(Array.from(maps.scores)).toEqual(Array.from(whole.scores));
  expect(maps.map().left).toHaveLength(25);
});

test("what is of another mesh is refused, larger or smaller, with and without numbers of vertices", async () => {
  const other = (n: number) => ({
    points: { data: new Float64Array(3 * n).map((_, at) => at), shape: [n, 3] },
    triangles: mesh.triangles,
  });
  const entries = [{ name: "all" }];
  const parcels = (n: number) => ({ left: { labels: new Int32Array(n), entries } });
  const dense = { left: data.left };
  const sparse = (nMesh?: number) => ({
    left: { values: allLeft, vertices: order, nMesh },
  });
  for (const own of [dense, sparse(25)]) {
    for (const n of [26, 100]) {
      const call = (options: RsaSurfaceOptions) => rsaSurface(own, model, { ...quiet, ...options });
      const wrong = /one mesh of the left half/;
      await expect(call({ radiusMm: 4, surfaces: { left: other(n) } })).rejects.toThrow(wrong);
      await expect(call({ parcels: parcels(n), surfaces: undefined })).rejects.toThrow(wrong);
      await expect(call({ mask: { left: new Uint8Array(n).fill(1) } })).rejects.toThrow(wrong);
      const maps = await call({ radiusMm: 4 });
      expect(() => maps.byParcel(parcels(n))).toThrow(/a label for each vertex/);
    }
  }
  const call = rsaSurface(sparse(), model, { ...quiet, surfaces: undefined, mask: undefined });
  expect((await call).notes.join()).toMatch(/left half has is not known/);
  const both = { surfaces: { left: other(30) }, parcels: parcels(31) };
  await expect(rsaSurface(sparse(), model, { ...quiet, ...both })).rejects.toThrow(/31 in parcels/);
  await expect(rsaSurface(sparse(24), model, quiet)).rejects.toThrow(/has 24 vertices/);
  await expect(rsaSurface(sparse(NaN), model, quiet)).rejects.toThrow(/how many vertices/);
});

test("a mesh with more vertices than have data keeps its size in maps and CIFTI", async () => {
  const some = { left: { values: allLeft, vertices: order } };
  const large = { left: { ...some.left, nMesh: 36 } };
  const maps = await rsaSurface(large, model, { ...quiet, surfaces: undefined });
  expect(maps.map().left).toHaveLength(36);
  const [, brain] = maps.toCifti().axes;
  expect(brain.kind === "brain" && brain.models[0].nSurfaceVertices).toBe(36);
  expect(maps.notes.join()).not.toMatch(/not known/);
  await expect(readSurfaceData([some, large])).rejects.toThrow(/same vertices in every run/);
  expect((await readSurfaceData([large, large])).left?.nMesh).toBe(36);
  expect((await readSurfaceData(fixture("demo.dtseries.nii"))).left?.nMesh).toBeGreaterThan(4);
});

test("centres chosen: their patches reach beyond them", async () => {
  const all = await rsaSurface(data, model, { ...quiet, radiusMm: 4 });
  const some = await rsaSurface(data, model, { ...quiet, radiusMm: 4, centres: { right: [3, 7] } });
  expect(some.places).toEqual(["right 3", "right 7"]);
  expect(some.score("right 7")).toBe(all.score("right 7"));
});

test("parcels are patches; their scores stand for all their vertices", async () => {
  const entries = [{ name: "front" }, { name: "back" }];
  const of = (labels: readonly number[]) => ({ left: { labels, entries } });
  const parcels = of(order.map((p) => (p < 10 ? 0 : p < 20 ? 1 : -1)));
  const maps = await rsaSurface(data, model, { ...quiet, surfaces: undefined, parcels });
  expect(maps.places).toEqual(["left front", "left back"]);
  expect(Array.from(maps.sizes)).toEqual([10, 10]);
  const map = maps.map().left ?? [];
  expect(map[3]).toBe(maps.score("left front"));
  expect(map[12]).toBe(maps.score("left back"));
  expect(map[22]).toBeNaN();
  const table = (await rsaSurface(data, model, { ...quiet, radiusMm: 4 })).byParcel(parcels);
  expect(table.column("vertices")).toEqual([10, 10]);
  await expect(rsaSurface(data, model, { ...quiet, parcels: of([0, 1]) })).rejects.toThrow(
    /one mesh of the left half.*2 in parcels\.left/,
  );
  await expect(
    rsaSurface(data, model, { ...quiet, parcels: of(order.map(() => 7)) }),
  ).rejects.toThrow(/places in entries/);
});

test("without a radius all vertices of both halves are one patch", async () => {
  const maps = await rsaSurface(data, model, quiet);
  const pooled = await rsaNifti(image, model, { labels, onProgress: false });
  expect(maps.score("rsa")).toBeCloseTo(pooled.scores[0], 12);
});

test.each([
  [{ radiusMm: 4, surfaces: { left: mesh } }, /without right/],
  [{ radiusMm: 0.5 }, /single vertex/],
  [{ radiusMm: 1000 }, /metres/],
  [{ radiusMm: 4, labels: labels.slice(1) }, /one per volume/],
  [{ radiusMm: 4, centres: { left: [99] } }, /none of them has data/],
  [{ radiusMm: 4, metric: "crossnobis" }, /folds/],
  [{ radiusMm: 4, parcels: { left: { labels: [], entries: [] } } }, /one of the two/],
  [
    {
      radiusMm: 4,
      surfaces: {
        left: { ...mesh, points: { data: points.slice(0, 30), shape: [10, 3] } },
        right: mesh,
      },
    },
    /surfaces\.left/,
  ],
  [
    {
      metric: "crossnobis",
      folds: runs,
      noise: { residuals: { data: new Float64Array(90), shape: [30, 3] } },
    },
    /residuals of 50 vertices/,
  ],
] as readonly (readonly [RsaSurfaceOptions, RegExp])[])(
  "what does not fit is refused (%#)",
  async (options, words) => {
    await expect(rsaSurface(data, model, { ...quiet, ...options })).rejects.toThrow(words);
  },
);

test("empty and constant data, halves and runs that differ are refused", async () => {
  const constant = { left: { values: { data: new Float64Array(400), shape: [25, 16] } } };
  await expect(rsaSurface(constant, model, quiet)).rejects.toThrow(/no vertex with values/);
  await expect(rsaSurface({}, model)).rejects.toThrow(/left, right/);
  const short = { ...data, right: { values: { data: new Float64Array(25), shape: [25, 1] } } };
  await expect(rsaSurface(short, model, quiet)).rejects.toThrow(/both halves/);
  await expect(readSurfaceData([data, short])).resolves.toBeDefined();
  const other = { left: { values: { data: new Float64Array(3), shape: [3, 1] } } };
  await expect(readSurfaceData([{ left: data.left }, other])).rejects.toThrow(/run 2/);
  await expect(readSurfaceData({ left: "lh.curv" })).rejects.toThrow(/readFreesurferCurv/);
});

test("runs are joined volume after volume: the same as all at once", async () => {
  const part = (from: number, to: number): SurfaceData => {
    const cut = (values: Float64Array) => ({
      values: {
        data: Float64Array.from(
          order.flatMap((p) => [...values.subarray(p * nVolumes + from, p * nVolumes + to)]),
        ),
        shape: [25, to - from],
      },
    });
    return { left: cut(left), right: cut(right) };
  };
  const joined = await readSurfaceData([part(0, 5), part(5, nVolumes)]);
  expect(joined.right?.values.data).toEqual(right);
});

test("what is given and in no score is told or refused: halves, centres, parcels of one name", async () => {
  const entries = [{ name: "a" }, { name: "a" }, { name: "b" }];
  const of = (...places: number[]) => ({
    left: { labels: order.map((p) => places[p % places.length]), entries },
  });
  const call = (options: RsaSurfaceOptions) => rsaSurface(data, model, { ...quiet, ...options });
  await expect(call({ parcels: of(0, 1) })).rejects.toThrow(/left a.*name of its own/);
  expect((await call({ parcels: of(0, 2) })).notes.join()).toMatch(/right half has data and no p/);
  const whole = { ...of(0, 2), right: of(0, 2).left };
  expect((await call({ parcels: whole })).notes).toEqual([]);
  const some = await call({ radiusMm: 4, centres: { left: [1, 99], right: [2] } });
  expect(some.notes).toEqual(["1 of 3 centres have no data and are left out"]);
  expect((await call({ radiusMm: 4, centres: { left: [1] } })).notes).toEqual([]);
  await expect(readSurfaceData([{ left: data.left }, data])).rejects.toThrow(
    /right.*none in run 1/,
  );
  await expect(readSurfaceData([data, { left: data.left }])).rejects.toThrow(
    /right.*none in run 2/,
  );
});

test("residuals that say their vertices must be of those of the data", async () => {
  const values = { data: Float64Array.from({ length: 40 * 50 }, () => normal()), shape: [40, 50] };
  const call = (voxels: number[]) =>
    rsaSurface(data, model, {
      ...{ ...quiet, radiusMm: 4, metric: "crossnobis", folds: runs },
      noise: { residuals: { ...values, voxels: Int32Array.from(voxels) } },
    });
  const right = order.map((p) => p + 25);
  await expect(call([...order, ...order])).resolves.toBeDefined();
  await expect(call([...order, ...right])).resolves.toBeDefined();
  await expect(call([...order, ...right.slice(1), 50])).rejects.toThrow(
    /residuals of the vertices/,
  );
  await expect(call([...[...order].reverse(), ...order])).rejects.toThrow(/left 0.*of 24/);
});

const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/formats/${name}`, import.meta.url));

test.each(["many.func.gii", "two-dims.func.gii"])("%s: vertices × volumes", async (name) => {
  const { left: read } = await readSurfaceData({ left: fixture(name) });
  expect(read?.values.shape).toHaveLength(2);
});

test("MGH overlays with frames, and CIFTI with the numbers of its vertices", async () => {
  const { left: mgh } = await readSurfaceData({ left: fixture("lh.overlay-frames.mgh") });
  expect(mgh?.values.shape).toHaveLength(2);
  const cifti = await readSurfaceData(fixture("demo.dtseries.nii"));
  expect(cifti.left?.values.shape[0]).toBe(cifti.left?.vertices?.length);
  await expect(readSurfaceData({ left: fixture("vol.mgh") })).rejects.toThrow(/this is a volume/);
  await expect(readSurfaceData(fixture("demo.ptseries.nii"))).rejects.toThrow(/parcels/);
  await expect(readSurfaceData({ left: fixture("b64.surf.gii") })).rejects.toThrow(/surfaces/);
});

test("parcels are read from annot and label files", async () => {
  const { left: annot } = await readParcels({ left: fixture("lh.v2.annot") });
  expect(annot?.entries.length).toBeGreaterThan(1);
  const { right: gifti } = await readParcels({ right: fixture("gaps.label.gii") });
  expect(Math.max(...Array.from(gifti?.labels ?? []))).toBeLessThan(gifti?.entries.length ?? 0);
  await expect(readParcels({ left: "lh.white" })).rejects.toThrow(/annot/);
});

test("scores of both halves as CIFTI: the right half begins where the left ends", async () => {
  const mask = { left: order.map((p) => (p < 20 ? 1 : 0)), right: order.map(() => 1) };
  const maps = await rsaSurface(data, model, { ...quiet, radiusMm: 4, mask });
  const { values, axes } = maps.toCifti();
  expect(values.shape).toEqual([1, 45]);
  expect(Array.from(values.data)).toEqual(Array.from(maps.scores));
  const [, brain] = axes;
  if (brain.kind !== "brain") throw new Error("no axis of the brain");
  expect(brain.models.map(({ structure, start, count }) => [structure, start, count])).toEqual([
    ["CORTEX_LEFT", 0, 20],
    ["CORTEX_RIGHT", 20, 25],
  ]);
  expect(brain.models.map(({ nSurfaceVertices }) => nSurfaceVertices)).toEqual([25, 25]);
});

const folder = mkdtempSync(join(tmpdir(), "tsrsa-halves-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["sub-01_hemi-R_space-fsaverage5_bold.func.gii", undefined],
  ["sub-01_hemi-right_bold.func.gii", undefined],
  ["rh.thickness.shape.gii", undefined],
  ["100307.R.sulc.shape.gii", undefined],
  ["evoked-rh.func.gii", undefined],
  ["any.func.gii", "CortexRight"],
  ["any-lh.func.gii", "CORTEX_RIGHT"],
])("%s (%s) is not taken for the left half, by name or metadata", async (name, structure) => {
  const path = join(folder, name);
  const values = { data: Float32Array.of(1, 2, 3), shape: [3] };
  const meta = new Map(structure === undefined ? [] : [["AnatomicalStructurePrimary", structure]]);
  await writeGifti(path, { arrays: [{ intent: "SHAPE", values, meta }] });
  await expect(readSurfaceData({ left: path })).rejects.toThrow(/of the right half.*as right/);
  const labels = [{ key: 0, name: "all", rgba: undefined }];
  const zeros = { data: Int32Array.of(0, 0, 0), shape: [3] };
  await writeGifti(path, { arrays: [{ intent: "LABEL", values: zeros, meta }], labels });
  await expect(readParcels({ left: path })).rejects.toThrow(/of the right half/);
  if (!name.includes("lh")) await expect(readParcels({ right: path })).resolves.toBeDefined();
});

test.each(["sub-R_bold.func.gii", "rh.on-lh.shape.gii", "right-angles.func.gii", "a.r2.func.gii"])(
  "%s says no half, or both",
  async (name) => {
    const values = { data: Float32Array.of(1, 2, 3), shape: [3] };
    await writeGifti(join(folder, name), { arrays: [{ intent: "SHAPE", values }] });
    await expect(readSurfaceData({ left: join(folder, name) })).resolves.toBeDefined();
  },
);
