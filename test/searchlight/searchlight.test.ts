import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import type { Metric } from "../../src/rdm/index.ts";
import { prepareModels } from "../../src/rsa/index.ts";
import {
  rdmSearchlight,
  searchlightPatches,
  takePatch,
  type Patch,
  type SearchlightOptions,
  type SparseDistances,
} from "../../src/searchlight/index.ts";
import {
  isReferenceError,
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";

type Slot = ["slice", [number | null, number | null]] | ["index", number[]];
interface Found {
  readonly shape: number[];
  readonly len: number;
  readonly patches: Slot[][];
}
interface PatchCase {
  readonly name: string;
  readonly shape: number[];
  readonly params: {
    dist?: "dense" | "sparse";
    spatial_radius?: number | number[][];
    temporal_radius?: number;
    sel_series?: ReferenceArray;
    samples_from?: number;
    samples_to?: number;
  };
  readonly both?: Found | ReferenceError;
  readonly "mne_rsa_1.1.dev"?: Found | ReferenceError;
}
interface ArrayCase {
  readonly searchlight: "none" | "temporal" | "spatial" | "both";
  readonly metric: Metric;
  readonly rsa_2models: ReferenceArray;
  readonly rdm_array?: ReferenceArray;
}
interface SearchlightReference {
  readonly meta: {
    readonly dist: ReferenceArray;
    readonly sparse_dist: ReferenceArray;
    readonly locs: ReferenceArray;
    readonly arrays: { X: ReferenceArray; models: ReferenceArray[]; cases: ArrayCase[] };
  };
  readonly cases: readonly PatchCase[];
}

const { meta, cases } = readReference<SearchlightReference>("./rsa/searchlight.json");
const distances = matrixOf(meta.dist);

function sparse(dense: ReferenceArray): SparseDistances {
  const values = numbersOf(dense);
  const n = dense.shape[0];
  const [indptr, indices, data] = [[0], [] as number[], [] as number[]];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (values[i * n + j] === 0) continue;
      indices.push(j);
      data.push(values[i * n + j]);
    }
    indptr.push(indices.length);
  }
  return { indptr, indices, data };
}

function optionsOf({ params }: PatchCase): SearchlightOptions {
  const { dist, spatial_radius: radius, sel_series } = params;
  return {
    distances:
      dist === undefined ? undefined : dist === "dense" ? distances : sparse(meta.sparse_dist),
    ...(typeof radius === "number" ? { spatialRadius: radius } : { patches: radius }),
    temporalRadius: params.temporal_radius,
    series: sel_series && numbersOf(sel_series),
    samplesFrom: params.samples_from,
    samplesTo: params.samples_to,
  };
}

/** A patch as the reference writes it: one slot for each axis. */
function slotsOf(
  patch: Patch,
  shape: readonly number[],
  axes: { series?: number; samples?: number },
): Slot[] {
  return shape.map((_, axis): Slot => {
    if (axis === axes.series && patch.series !== undefined) return ["index", [...patch.series]];
    if (axis === axes.samples && patch.samples !== undefined)
      return ["slice", [patch.samples[0], patch.samples[1]]];
    return ["slice", [null, null]];
  });
}

describe("patches are MNE-RSA's", () => {
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const expected = c.both ?? c["mne_rsa_1.1.dev"];
    if (expected === undefined) throw new Error("no reference");
    if (isReferenceError(expected)) {
      expect(() => searchlightPatches(c.shape, optionsOf(c))).toThrow(/^invalid .*; /);
      return;
    }
    const patches = searchlightPatches(c.shape, optionsOf(c));
    expect([patches.shape, patches.length]).toEqual([expected.shape, expected.len]);
    const found = [...patches].map((patch) => slotsOf(patch, c.shape, patches.plan.axes));
    expect(found).toEqual(expected.patches);
    expect(Array.from({ length: patches.length }, (_, at) => patches.at(at))).toEqual([...patches]);
  });

  test("sizes by name are those of items × series × samples", () => {
    const options = { distances, spatialRadius: 0.5, temporalRadius: 1 };
    expect([...searchlightPatches({ nSeries: 5, nSamples: 9 }, options)]).toEqual([
      ...searchlightPatches([6, 5, 9], options),
    ]);
  });

  test("positions give the patches of their distances", () => {
    const options = { spatialRadius: 0.53, temporalRadius: 2 };
    const near = searchlightPatches([6, 5, 9], { ...options, positions: matrixOf(meta.locs) });
    expect([...near]).toEqual([...searchlightPatches([6, 5, 9], { ...options, distances })]);
    expect([...near].some(({ series }) => (series?.length ?? 0) > 2)).toBe(true);
  });

  test("a stored distance of 0 is far when sparse, as scipy has it, and near when dense", () => {
    const stored = { indptr: [0, 2, 3], indices: [0, 1, 0], data: [0, 0, 0] };
    const near = (of: SearchlightOptions): number[][] =>
      [...searchlightPatches([4, 2], { ...of, spatialRadius: 1 })].map((p) => [
        ...(p.series ?? []),
      ]);
    expect(near({ distances: stored })).toEqual([[0], [1]]);
    expect(
      near({
        distances: [
          [0, 0],
          [0, 0],
        ],
      }),
    ).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test("the sliding window of the tutorial: 243 samples, radius 22", () => {
    const patches = searchlightPatches([450, 26, 243], { temporalRadius: 22 });
    expect(patches.shape).toEqual([199]);
    expect([patches.at(0).centreSample, patches.at(198).centreSample]).toEqual([22, 220]);
  });

  test("samplesFrom alone goes to the end (MNE-RSA loses the last sample)", () => {
    expect(searchlightPatches([6, 5, 9], { samplesFrom: 2 }).at(0).samples).toEqual([2, 9]);
  });
});

describe("positions on a grid", () => {
  const grid = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 40 });

  test("are near exactly when the distance is below the radius, or they are the centre", () => {
    fc.assert(
      fc.property(grid, fc.double({ min: 0, max: 4, noNaN: true }), (positions, spatialRadius) => {
        const patches = searchlightPatches([2, positions.length], { positions, spatialRadius });
        for (const { series, centreSeries = -1 } of patches) {
          const near = positions.flatMap((p, at) => {
            const d = Math.hypot(...p.map((x, axis) => x - positions[centreSeries][axis]));
            return d < spatialRadius || at === centreSeries ? [at] : [];
          });
          expect([...(series ?? [])]).toEqual(near);
        }
      }),
    );
  });

  test("a radius of one voxel is the centre alone: nearer means strictly nearer", () => {
    const positions = [
      [0, 0, 0],
      [3, 0, 0],
      [-3, 0, 0],
    ];
    const patches = searchlightPatches([2, 3], { positions, spatialRadius: 3 });
    expect([...patches].map(({ series }) => [...(series ?? [])])).toEqual([[0], [1], [2]]);
  });
});

describe("RDMs and scores of patches are MNE-RSA's rdm_array and rsa_array", () => {
  const { X, models, cases: arrays } = meta.arrays;
  const data = matrixOf(X);
  const space = { distances, spatialRadius: 0.6 };
  const searchlights = {
    none: {},
    temporal: { temporalRadius: 1 },
    spatial: space,
    both: { ...space, temporalRadius: 1 },
  };

  test.each(arrays.map((c) => [`${c.searchlight} ${String(c.metric)}`, c] as const))(
    "%s",
    (_, c) => {
      const patches = searchlightPatches(data.shape, searchlights[c.searchlight]);
      const rdms = [...rdmSearchlight(data, patches, { metric: c.metric })];
      expect(patches.shape).toEqual(c.rsa_2models.shape.slice(1));
      if (c.rdm_array !== undefined) {
        const all = rdms.flatMap((rdm) => [...rdm.condensed]);
        expect(largestDifference(all, numbersOf(c.rdm_array))).toBeLessThan(1e-12);
      }
      const prepared = prepareModels(models.map(numbersOf));
      const scores = rdms.map((rdm) => prepared.score(rdm.condensed));
      const modelFirst = models.flatMap((_, model) => scores.map((score) => score[model]));
      expect(largestDifference(modelFirst, numbersOf(c.rsa_2models))).toBeLessThan(1e-12);
    },
  );

  test("each RDM says where it is from", () => {
    const patches = searchlightPatches(data.shape, searchlights.both);
    const [first] = rdmSearchlight(data, patches, { items: ["a", "b", "c", "d", "e", "f"] });
    expect([first.meta, first.items?.[5], first.metric]).toEqual([
      { series: 0, sample: 1 },
      "f",
      "correlation",
    ]);
  });

  test("a lone voxel has no correlation, and the others keep theirs", () => {
    const one = { data: Float64Array.of(1, 2, 4, 3, 1, 5), shape: [2, 3] };
    const patches = searchlightPatches(one.shape, { patches: [[0], [0, 1, 2]] });
    for (const metric of ["correlation", "cosine"] as const) {
      const rdms = [...rdmSearchlight(one, patches, { metric })];
      expect(rdms[0].at(0, 1)).toBeNaN();
      expect(rdms[1].at(0, 1)).toBeGreaterThan(0);
    }
  });

  test("features are series × samples × the rest, in C order", () => {
    const shape = [2, 3, 4, 2];
    const numbered = { data: Float64Array.from({ length: 48 }, (_, at) => at), shape };
    const patches = searchlightPatches(shape, { patches: [[0, 2]], temporalRadius: 1 });
    const taken = takePatch(numbered, patches.at(1), patches.plan);
    expect(taken.shape).toEqual([2, 12]);
    const first = [2, 3, 4, 5, 6, 7, 18, 19, 20, 21, 22, 23];
    expect([...taken.data]).toEqual([...first, ...first.map((at) => at + 24)]);
  });

  test("data of another shape are refused", () => {
    const patches = searchlightPatches([6, 5, 9], { temporalRadius: 1 });
    const other = { data: new Float64Array(6 * 5 * 8), shape: [6, 5, 8] };
    expect(() => rdmSearchlight(other, patches).next()).toThrow(/9 samples along axis 2/);
    expect(() => rdmSearchlight(data, patches, { items: ["a"] }).next()).toThrow(/6 labels/);
  });
});

describe("what does not fit is refused", () => {
  const refused: [SearchlightOptions, RegExp][] = [
    [{ series: [5] }, /series\[0\]: 5; give series from 0 to 4/],
    [{ series: [] }, /at least one/],
    [{ patches: [[0], [7]] }, /patches\[1\]: 7/],
    [{ patches: [[0]], spatialRadius: 1 }, /one of the two/],
    [{ spatialRadius: NaN, distances }, /radius of 0 or more/],
    [{ spatialRadius: 1, distances: [[0]] }, /5 × 5 series, found 1 × 1/],
    [{ spatialRadius: 1, positions: [[0, 0, 0]] }, /5 series × 3/],
    [
      { spatialRadius: 1, positions: Array.from({ length: 5 }, () => [0, NaN, 0]) },
      /positions\[0\]/,
    ],
    [{ spatialRadius: 1, distances: { indptr: [0, 1], indices: [0], data: [1] } }, /6 row starts/],
    [{ temporalRadius: 1.5 }, /number of samples/],
    [{ temporalRadius: 2, samplesFrom: 8 }, /first centre is 2, the last 6/],
    [{ samplesFrom: 3, samplesTo: 3 }, /after samplesFrom/],
    [{ samplesFrom: -1 }, /samplesFrom: -1/],
  ];
  test.each(refused)("%o", (options, message) => {
    expect(() => searchlightPatches([6, 5, 9], options)).toThrow(message);
  });
  test("no patch at that position", () => {
    expect(() => searchlightPatches([6]).at(1)).toThrow(/there are 1 patches/);
  });
});
