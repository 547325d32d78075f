import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyInverse, readEvokeds, readInverse } from "../../src/index.ts";
import * as io from "../../src/io/index.ts";
import { pythonWith } from "../support/python.ts";

const python = pythonWith("nibabel", "mne");
const folder = mkdtempSync(join(tmpdir(), "tsrsa-peers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const to = (name: string) => join(folder, name);
const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/surface/sources/${name}`, import.meta.url));

/** What both libraries of Python find in the files, as JSON; NaN is null. */
const script = `
import json, os, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
import nibabel
import mne
mne.set_log_level("error")
folder, fixtures = sys.argv[1:]
at = lambda name: os.path.join(folder, name)
found = {}
def plain(array):
    array = np.asarray(array)
    flat = array.astype(float).ravel().tolist()
    return {"shape": list(array.shape), "values": [None if v != v else v for v in flat]}
for name in ("scores.func.gii", "scores.shape.gii"):
    found[name] = [plain(one.data) for one in nibabel.load(at(name)).darrays]
labels = nibabel.load(at("parcels.label.gii"))
found["parcels.label.gii"] = {"keys": plain(labels.darrays[0].data), "names": {str(k): v for k, v in labels.labeltable.get_labels_as_dict().items()}}
for name in ("overlay.mgh", "overlay.mgz"):
    image = nibabel.load(at(name))
    found[name] = {"data": plain(image.get_fdata()), "affine": plain(image.affine)}
cifti = nibabel.load(at("scores.dscalar.nii"))
maps, brain = (cifti.header.get_axis(k) for k in range(2))
found["scores.dscalar.nii"] = {
    "values": plain(cifti.get_fdata()), "names": [str(n) for n in maps.name],
    "vertices": [plain(m.vertex) for _, _, m in brain.iter_structures()],
    "sizes": [int(m.nvertices[s]) for s, _, m in brain.iter_structures()],
}
for stem in ("scores-lh.stc", "volume-vl.stc"):
    stc = mne.read_source_estimate(at(stem))
    vertices = stc.vertices
    found[stem] = {"values": plain(stc.data), "vertices": [plain(v) for v in vertices], "tmin": stc.tmin, "tstep": stc.tstep}
points, triangles = nibabel.freesurfer.read_geometry(at("lh.white"))
again, _ = mne.read_surface(at("lh.white"))
found["lh.white"] = {"points": plain(points), "triangles": plain(triangles), "mne": plain(again)}
found["lh.curv"] = plain(nibabel.freesurfer.read_morph_data(at("lh.curv")))
numbers, table, names = nibabel.freesurfer.read_annot(at("lh.aparc.annot"))
found["lh.aparc.annot"] = {"labels": plain(numbers), "names": [n.decode() for n in names]}
pair = mne.read_source_spaces(at("dist-src.fif"))
given = mne.read_source_spaces(os.path.join(fixtures, "dist-src.fif"))
space = mne.read_source_spaces(at("ico-src.fif"))[1]
found["ico-src.fif"] = {"points": plain(space["rr"]), "vertices": plain(space["vertno"]), "used": plain(space["use_tris"])}
found["dist-src.fif"] = [
    bool(np.array_equal(a["rr"], b["rr"]) and np.array_equal(a["tris"], b["tris"]) and np.array_equal(a["vertno"], b["vertno"])
         and a["dist_limit"] == b["dist_limit"] and abs(a["dist"] - b["dist"]).max() == 0 and a["id"] == b["id"])
    for a, b in zip(pair, given)]
evoked = mne.read_evokeds(os.path.join(fixtures, "demo-ave.fif"))[0]
inverse = mne.minimum_norm.read_inverse_operator(at("free-meg-inv.fif"))
stc = mne.minimum_norm.apply_inverse(evoked, inverse, lambda2=1 / 9, method="dSPM", pick_ori="normal")
found["free-meg-inv.fif"] = plain(stc.data)
print(json.dumps(found))
`;

interface Plain {
  readonly shape: readonly number[];
  readonly values: readonly (number | null)[];
}

interface Found {
  readonly [name: string]: unknown;
}

const points = { data: Float64Array.of(0.25, 0, 0, 1, 0, 0, 0, 1.5, -2, 3, 3, 3), shape: [4, 3] };
const triangles = { data: Int32Array.of(0, 1, 2, 1, 3, 2), shape: [2, 3] };
const scores = Float64Array.of(0.1, -2.5, NaN, 1e-9);
const entries = [
  { name: "V1", rgba: [10, 20, 30, 255] },
  { name: "V2, ä", rgba: [255, 0, 0, 255] },
] as const;
const affine = [
  [-1.5, 0, 0, 3],
  [0, 0, 2, -4],
  [0, -1, 0, 5],
  [0, 0, 0, 1],
];
const overlay = Float64Array.from({ length: 24 }, (_, at) => at / 7);
const stcValues = Float64Array.from({ length: 12 }, (_, at) => at / 3 - 1);

async function writeAll(): Promise<void> {
  const values = { data: scores, shape: [4] };
  const series = { data: overlay, shape: [4, 6] };
  await io.writeGifti(to("scores.shape.gii"), { arrays: [{ intent: "SHAPE", values }] });
  const both = [values, series].map((one) => ({ intent: "TIME_SERIES", values: one }));
  await io.writeGifti(to("scores.func.gii"), { arrays: both });
  const keys = { data: Int32Array.of(3, 0, 7, 3), shape: [4] };
  await io.writeGifti(to("parcels.label.gii"), {
    arrays: [{ intent: "LABEL", values: keys }],
    labels: [
      { key: 0, name: "???", rgba: undefined },
      { key: 3, name: 'a & "b"', rgba: [1, 0, 0, 1] },
      { key: 7, name: "V2", rgba: [0, 0, 1, 1] },
    ],
  });
  await io.writeMgh(to("overlay.mgh"), { data: overlay, shape: [2, 3, 4], affine });
  await io.writeMgh(to("overlay.mgz"), { data: scores, shape: [4, 1, 1] });
  const half = (structure: string, start: number, vertices: number[]) => ({
    ...{ structure, start, count: 2, vertices: Int32Array.from(vertices) },
    ...{ nSurfaceVertices: 6, voxels: undefined },
  });
  const models = [half("CORTEX_LEFT", 0, [1, 4]), half("CORTEX_RIGHT", 2, [0, 5])];
  await io.writeCifti(to("scores.dscalar.nii"), {
    values: { data: Float64Array.of(1, NaN, 3, 4, 5, 6, 7, -8), shape: [2, 4] },
    axes: [
      { kind: "scalars", names: ["rho", "p <c>"] },
      { kind: "brain", models, volume: undefined },
    ],
  });
  const data = { data: stcValues, shape: [4, 3] };
  const time = { tminS: -0.1, tstepS: 0.004 };
  const twoHalves = [Int32Array.of(2, 9), Int32Array.of(0, 5)];
  await io.writeStc(to("scores"), { data, ...time, kind: "surface", vertices: twoHalves });
  const inVolume = [Int32Array.of(1, 2, 8, 30)];
  await io.writeStc(to("volume"), { data, ...time, kind: "volume", vertices: inVolume });
  await io.writeFreesurferGeometry(to("lh.white"), { points, triangles });
  await io.writeFreesurferCurv(to("lh.curv"), scores);
  await io.writeFreesurferAnnot(to("lh.aparc.annot"), { labels: [0, 1, -1, 1], entries });
  for (const name of ["ico-src.fif", "dist-src.fif"])
    await io.writeFifSourceSpaces(to(name), await io.readFifSourceSpaces(fixture(name)));
  const inverse = await io.readFifInverse(fixture("free-meg-inv.fif"));
  await io.writeFifInverse(to("free-meg-inv.fif"), inverse, await io.readFifInfo(fixture("demo-epo.fif"))); // prettier-ignore
}

const plain = (values: ArrayLike<number>, shape: readonly number[]): Plain => ({
  shape,
  values: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
});
/** As a file holds them. */
const single = (values: ArrayLike<number>, shape: readonly number[]) =>
  plain(Float32Array.from(values), shape);

describe.skipIf(python === undefined)(
  "files of surfaces and sources that we write have the same values in nibabel and MNE (skipped without them)",
  () => {
    let found: Found = {};
    beforeAll(async () => {
      await writeAll();
      const args = ["-c", script, folder, fixture("")];
      const out = execFileSync(python ?? "", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
      found = JSON.parse(out) as Found;
    }, 180_000);

    test("GIFTI: values, series and keys with their names", () => {
      expect(found["scores.shape.gii"]).toEqual([single(scores, [4])]);
      expect(found["scores.func.gii"]).toEqual([single(scores, [4]), single(overlay, [4, 6])]);
      expect(found["parcels.label.gii"]).toEqual({
        keys: plain([3, 0, 7, 3], [4]),
        names: { "0": "???", "3": 'a & "b"', "7": "V2" },
      });
    });

    test("MGH and MGZ: values and places", () => {
      expect(found["overlay.mgh"]).toMatchObject({ data: single(overlay, [2, 3, 4]) });
      const { affine: theirs } = found["overlay.mgh"] as { affine: Plain };
      theirs.values.forEach((value, at) =>
        expect(value).toBeCloseTo(affine[Math.floor(at / 4)][at % 4], 5),
      );
      expect(found["overlay.mgz"]).toMatchObject({ data: single(scores, [4, 1, 1]) });
    });

    test("a dscalar: maps, names and vertices of both halves", () => {
      expect(found["scores.dscalar.nii"]).toEqual({
        values: single([1, NaN, 3, 4, 5, 6, 7, -8], [2, 4]),
        names: ["rho", "p <c>"],
        vertices: [plain([1, 4], [2]), plain([0, 5], [2])],
        sizes: [6, 6],
      });
    });

    test("STC: values, vertices and times", () => {
      const values = single(stcValues, [4, 3]);
      const [left, right] = [plain([2, 9], [2]), plain([0, 5], [2])];
      expect(found["scores-lh.stc"]).toMatchObject({ values, vertices: [left, right] });
      expect(found["volume-vl.stc"]).toMatchObject({
        values,
        vertices: [plain([1, 2, 8, 30], [4])],
      });
      const { tmin, tstep } = found["scores-lh.stc"] as { tmin: number; tstep: number };
      expect(tmin).toBeCloseTo(-0.1, 8);
      expect(tstep).toBeCloseTo(0.004, 9);
    });

    test("FreeSurfer: points, triangles, values of vertices and parcels", () => {
      const three = single(points.data, [4, 3]);
      expect(found["lh.white"]).toEqual({
        ...{ points: three, mne: three },
        triangles: plain(triangles.data, [2, 3]),
      });
      expect(found["lh.curv"]).toEqual(single(scores, [4]));
      expect(found["lh.aparc.annot"]).toEqual({
        labels: plain([0, 1, -1, 1], [4]),
        names: entries.map(({ name }) => name),
      });
    });

    test("source spaces: points, sources, triangles and ways between sources", async () => {
      const [, space] = await io.readFifSourceSpaces(fixture("ico-src.fif"));
      expect(found["ico-src.fif"]).toEqual({
        points: plain(space.points.data, space.points.shape),
        vertices: plain(space.vertices, [space.vertices.length]),
        used: plain(space.usedTriangles?.data ?? [], space.usedTriangles?.shape ?? []),
      });
      expect(found["dist-src.fif"]).toEqual([true, true]);
    });

    test("an inverse operator gives MNE the estimates that it gives us", async () => {
      const [evoked] = await readEvokeds(fixture("demo-ave.fif"), { applyProjections: false });
      const ours = await applyInverse(evoked, await readInverse(to("free-meg-inv.fif")), {
        ...{ lambda2: 1 / 9, method: "dSPM", orientation: "normal" },
      });
      const theirs = found["free-meg-inv.fif"] as Plain;
      expect(theirs.shape).toEqual(ours.data.shape.slice(1));
      const most = theirs.values.reduce<number>((a, b) => Math.max(a, Math.abs(b ?? NaN)), 0);
      const off = theirs.values.map((value, at) => Math.abs((value ?? NaN) - ours.data.data[at]));
      expect(off.reduce((a, b) => Math.max(a, b)) / most).toBeLessThan(1e-6);
    });
  },
);
