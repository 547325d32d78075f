import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  makeMask,
  Rdm,
  rdmNifti,
  readNifti,
  rsaNifti,
  type RsaMetric,
  type RsaNiftiOptions,
  type Volume,
} from "../../src/index.ts";
import { spheresIn } from "../../src/mri/sphere-patches.ts";
import {
  isReferenceError,
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly affine: string;
  readonly models: "single" | "list";
  readonly brain_mask: string | null;
  readonly roi_mask: string | null;
  readonly data: "D" | "Dnan" | "Dconst";
  readonly params: {
    readonly spatial_radius: number | null;
    readonly image_rdm_metric?: "sqeuclidean";
    readonly rsa_metric?: RsaMetric;
    readonly ignore_nan?: boolean;
    readonly labels_image?: string[];
    readonly labels_rdm_model?: string[];
  };
  readonly output: ReferenceArray | ReferenceArray[] | ReferenceError;
}

interface Neighbours {
  readonly radius: number;
  readonly sizes_as_coded: readonly number[];
  readonly sizes_physical: readonly number[];
  readonly same_patches: boolean;
  readonly patch_of_centre: { readonly index: number; readonly physical: readonly number[] };
}

interface Reference {
  readonly meta: {
    readonly shape: readonly number[];
    readonly D: ReferenceArray;
    readonly affines: Record<string, ReferenceArray>;
    readonly masks: Record<string, ReferenceArray>;
    readonly models: readonly ReferenceArray[];
    readonly neighbours: Record<string, Neighbours>;
    readonly rdm_nifti_first4: { readonly output: ReferenceArray };
  };
  readonly cases: readonly Case[];
}

const { meta, cases } = readReference<Reference>("rsa/nifti.json");

function affineOf(name: string): number[][] {
  const values = numbersOf(meta.affines[name]);
  return [0, 1, 2, 3].map((row) => [...values.subarray(4 * row, 4 * row + 4)]);
}

function imageOf(
  name: string,
  affine: string,
): { data: Float64Array; shape: readonly number[]; affine: number[][] } {
  const { data, shape } = matrixOf(meta.D);
  if (name === "Dnan") data[((2 * 6 + 2) * 4 + 1) * 6] = NaN;
  if (name === "Dconst") for (let at = 1; at < data.length; at += 6) data[at] = 1;
  return { data, shape, affine: affineOf(affine) };
}

function maskOf(name: string | null, affine: string): Volume | undefined {
  if (name === null) return undefined;
  return { ...matrixOf(meta.masks[name]), affine: affineOf(affine) };
}

function optionsOf(entry: Case): RsaNiftiOptions {
  const { params } = entry;
  return {
    onProgress: false,
    ...(params.spatial_radius !== null && { radiusMm: params.spatial_radius * 1000 }),
    brainMask: maskOf(entry.brain_mask, entry.affine),
    roiMask: maskOf(entry.roi_mask, entry.affine),
    metric: params.image_rdm_metric,
    rsaMetric: params.rsa_metric,
    ignoreNan: params.ignore_nan,
    labels: params.labels_image,
  };
}

/** The file lacks the model of the case with labels; its ranks follow from the scores of 1 and −1. */
function modelsOf(entry: Case): Rdm[] {
  const items = entry.params.labels_rdm_model;
  if (entry.name === "labels") return [new Rdm([1, 3, 2], { items })];
  const pairs = entry.name === "wrong_n" ? 3 : 15;
  return meta.models
    .slice(0, entry.models === "single" ? 1 : 2)
    .map((model) => new Rdm(numbersOf(model).subarray(0, pairs), { items }));
}

/**
 * Wrong in the reference: its spheres on an oblique, anisotropic grid; a lone voxel that stops everything; neighbours
 * at exactly the radius, which it takes or leaves by rounding of positions in metres.
 */
const known = ["brain2_rot_aniso", "isolated_voxel_correlation", "radius_exact_3mm"];

describe("maps are those of mne_rsa.rsa_nifti", () => {
  test.each(
    cases.filter(({ name }) => !known.includes(name)).map((entry) => [entry.name, entry] as const),
  )("%s", async (_, entry) => {
    const run = rsaNifti(imageOf(entry.data, entry.affine), modelsOf(entry), optionsOf(entry));
    if (!Array.isArray(entry.output) && isReferenceError(entry.output)) {
      await expect(run).rejects.toThrow(/models of 6 items/);
      return;
    }
    const maps = await run;
    const expected = Array.isArray(entry.output) ? entry.output : [entry.output];
    if (entry.params.spatial_radius === null) {
      expect(largestDifference(maps.scores, numbersOf(expected[0]))).toBeLessThanOrEqual(1e-12);
      return;
    }
    const n = maps.centres.length;
    expected.forEach((map, m) => {
      const values = numbersOf(map);
      const inside = Float64Array.from(maps.centres, (voxel) => values[voxel]);
      const scores = maps.scores.subarray(m * n, (m + 1) * n);
      expect(largestDifference(scores, inside)).toBeLessThanOrEqual(1e-12);
      expect(largestDifference(maps.maps()[m].data, Float32Array.from(values))).toBeLessThanOrEqual(
        1e-7,
      );
    });
  });
});

describe("spheres", () => {
  test.each(Object.entries(meta.neighbours))(
    "are physically right on the grid %s",
    async (affine, found) => {
      const maps = await rsaNifti(imageOf("D", affine), new Rdm(numbersOf(meta.models[0])), {
        radiusMm: found.radius * 1000,
        brainMask: maskOf("brain2", affine),
        onProgress: false,
      });
      expect([...maps.patchSizes]).toEqual(found.sizes_physical);
      const { index, physical } = found.patch_of_centre;
      const { around } = spheresIn(maps.grid, maps.centres, found.radius * 1000);
      expect([...around(index)]).toEqual(physical);
    },
  );

  test("the oblique, anisotropic grid is where the reference differs", () => {
    const { same_patches, sizes_as_coded, sizes_physical } = meta.neighbours.rot_aniso;
    expect(same_patches).toBe(false);
    expect(sizes_as_coded).not.toEqual(sizes_physical);
  });
});

test("a neighbour at exactly the radius is outside, on every side and on oblique grids of float32", async () => {
  const float32 = (affine: string) => affineOf(affine).map((row) => row.map(Math.fround));
  for (const affine of ["iso3", "rot_iso"]) {
    const image = { ...imageOf("D", affine), affine: float32(affine) };
    const model = new Rdm(numbersOf(meta.models[0]));
    const options = { metric: "sqeuclidean", onProgress: false } as const;
    const inside = await rsaNifti(image, model, { ...options, radiusMm: 3 });
    expect(new Set(inside.patchSizes)).toEqual(new Set([1]));
    const beyond = await rsaNifti(image, model, { ...options, radiusMm: 3.001 });
    expect(Math.max(...beyond.patchSizes)).toBe(7);
  }
});

test("a lone voxel has no correlation: NaN there, a count, and the same map elsewhere", async () => {
  const options: RsaNiftiOptions = { radiusMm: 3.5, onProgress: false };
  const model = new Rdm(numbersOf(meta.models[0]));
  const image = imageOf("D", "iso3");
  const withLone = await rsaNifti(image, model, { ...options, brainMask: maskOf("brain", "iso3") });
  const without = await rsaNifti(image, model, { ...options, brainMask: maskOf("brain2", "iso3") });
  expect([withLone.record.nUndefined, withLone.record.nLonePatches]).toEqual([1, 1]);
  expect(withLone.map().data[0]).toBeNaN();
  expect(withLone.scores.slice(1)).toEqual(without.scores);
});

test("data RDMs are those of mne_rsa.rdm_nifti", async () => {
  const rdms = await rdmNifti(imageOf("D", "aniso"), {
    radiusMm: 6.5,
    roiMask: maskOf("roi", "aniso"),
    brainMask: maskOf("brain2", "aniso"),
  });
  const found = [0, 1, 2, 3].flatMap((at) => [...rdms.at(at).condensed]);
  expect(largestDifference(found, numbersOf(meta.rdm_nifti_first4.output))).toBeLessThanOrEqual(
    1e-12,
  );
});

test("files give what the arrays give, whole or a few volumes at a time", async () => {
  const fixture = (name: string) => join(import.meta.dirname, "../fixtures/nifti", name);
  const model = new Rdm(numbersOf(meta.models[0]));
  const brainMask = makeMask(await readNifti(fixture("brain2_rot_aniso.nii.gz")));
  const options = { radiusMm: 6.5, brainMask, onProgress: false } as const;
  const path = fixture("bold_rot_aniso.nii.gz");
  const streamed = await rsaNifti(path, model, options);
  const whole = await rsaNifti(await readNifti(path), model, options);
  expect(streamed.scores).toEqual(whole.scores);
  expect([...streamed.patchSizes]).toEqual(meta.neighbours.rot_aniso.sizes_physical);
});
