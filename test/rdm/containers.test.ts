import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  alignRdms,
  categoryRdm,
  concatRdms,
  fromPartials,
  geodesicTransform,
  geotopologicalTransform,
  meanRdm,
  minmaxTransform,
  permuteItems,
  positiveTransform,
  rankTransform,
  Rdm,
  rdmsFromTable,
  rdmsToTable,
  rescaleRdms,
  sortItems,
  sqrtTransform,
  subsample,
  subset,
  Table,
  transformRdm,
} from "../../src/index.ts";
import { largestDifference, type ReferenceArray } from "../reference/read-reference.ts";
import { rdmsOf, rowsOf, toolbox } from "./toolbox.ts";

interface Meta {
  readonly V: ReferenceArray;
  readonly Vn: ReferenceArray;
  readonly image: readonly string[];
  readonly subj: readonly string[];
  readonly perm: ReferenceArray;
  readonly subset: readonly string[];
}

const { meta, output } = toolbox<Meta>("rsa/toolbox_rdms.json");
const rdms = rdmsOf(meta.V, meta.image, "euclidean");
const expectRows = (found: readonly Rdm[], name: string, tolerance = 1e-12) => {
  const rows = rowsOf(output(name).dissimilarities);
  expect(found).toHaveLength(rows.length);
  found.forEach((rdm, at) =>
    expect(largestDifference(rdm.condensed, rows[at]), `${name} ${at}`).toBeLessThanOrEqual(
      tolerance,
    ),
  );
};

describe("as rsatoolbox, by label", () => {
  test("subset: ours takes the order asked for; its own keeps the object's (F4)", () => {
    const kept = meta.image.filter((item) => meta.subset.includes(item));
    expectRows(
      rdms.map((rdm) => subset(rdm, kept)),
      "subset_pattern_list",
    );
    expect(subset(rdms[0], meta.subset).items).toEqual(meta.subset);
  });

  test("subsample with repeats: NaN for an item and itself", () => {
    const { pattern_descriptors } = output("subsample_pattern_dup");
    const drawn = pattern_descriptors.image as string[];
    expectRows(
      rdms.map((rdm) => subsample(rdm, drawn)),
      "subsample_pattern_dup",
    );
    const positions = output("subsample_pattern_cat").pattern_descriptors.index as number[];
    expectRows(
      rdms.map((rdm) => subsample(rdm, positions)),
      "subsample_pattern_cat",
    );
  });

  test("sort by label, and in a given order", () => {
    expectRows(
      rdms.map((rdm) => sortItems(rdm)),
      "sort_alpha",
    );
    const descending = rdms.map((rdm) => sortItems(rdm, (a, b) => (a < b ? 1 : -1)));
    expect(descending[0].items).toEqual(output("sort_list").pattern_descriptors.image);
    expectRows(descending, "sort_list");
    expectRows(
      rdms.map((rdm) => subset(rdm, [...meta.image].reverse())),
      "reorder_reverse",
    );
  });

  test("permute: values move, labels stay", () => {
    const permuted = rdms.map((rdm) => permuteItems(rdm, meta.perm.data as number[]));
    expectRows(permuted, "permute");
    expect(permuted[0].items).toEqual(meta.image);
  });

  test("mean ignores NaN; weights by pair", () => {
    expectRows([meanRdm(rdms)], "mean");
    expectRows([meanRdm(rdmsOf(meta.Vn, meta.image))], "mean_nan");
  });

  test("weights count where there is a value; rsatoolbox counts them where it is NaN too", () => {
    const weights = [1, 2, 3, 4, 5];
    const partial = rdmsOf(meta.Vn, meta.image);
    const [theirs] = rowsOf(output("mean_weights").dissimilarities);
    const ours = meanRdm(partial, { weights }).condensed;
    ours.forEach((value, pair) => {
      const known = weights.filter((_, at) => !Number.isNaN(partial[at].condensed[pair]));
      const share = known.reduce((sum, weight) => sum + weight, 0) / 15;
      expect(value * share).toBeCloseTo(theirs[pair], 12);
    });
    expect(ours[0]).toBeGreaterThan(theirs[0] * 1.05);
    const each = weights.map((weight) => new Float64Array(15).fill(weight));
    expect(meanRdm(partial, { weights: each }).condensed).toEqual(ours);
  });

  test("concat joins by label", () => {
    const { items } = sortItems(rdms[0]);
    const reversed = rdms.map((rdm) => subset(rdm, items ?? []));
    const both = concatRdms([rdms, reversed]);
    expect(both).toHaveLength(10);
    expect(both[7].items).toEqual(meta.image);
    expect(both[7].condensed).toEqual(rdms[2].condensed);
  });

  test("categories", () => {
    const { pattern_descriptors } = output("categorical");
    expectRows([categoryRdm(pattern_descriptors.category)], "categorical");
  });
});

describe("partial RDMs", () => {
  const expected = output("from_partials");
  const all = expected.pattern_descriptors.image as string[];
  const partialRows = rowsOf(expected.dissimilarities);

  /** The partial RDMs behind a filled row. */
  const partialOf = (row: Float64Array): Rdm => {
    const filled = new Rdm(row, { items: all });
    const known = all.filter((_, i) =>
      all.some((_, j) => j !== i && !Number.isNaN(filled.at(i, j))),
    );
    return subset(filled, known);
  };

  test("missing pairs are NaN", () => {
    const partials = partialRows.map(partialOf);
    expect(partials.some((rdm) => rdm.nItems < all.length)).toBe(true);
    expectRows(fromPartials(partials, all), "from_partials");
    expect(new Set(fromPartials(partials)[0].items)).toEqual(new Set(all));
  });

  test.each(["evidence", "setsize", "simple"] as const)("rescaled by %s", (method) => {
    const filled = partialRows.map((row) => new Rdm(row, { items: all }));
    const { rdms: scaled, weights } = rescaleRdms(filled, { method });
    expectRows(scaled, `rescale_${method}`, 1e-9);
    const expectedWeights = output(`rescale_${method}`).rdm_descriptors
      .rescalingWeights as unknown as ReferenceArray[];
    expect(largestDifference(weights[0], rowsOf(expectedWeights[0])[0])).toBeLessThan(1e-12);
  });

  test("what has no scale is refused", () => {
    expect(() => rescaleRdms([new Rdm([0, 0, 0]), new Rdm([1, 2, 3])])).toThrow(/no scale/);
  });
});

describe("transforms", () => {
  const before = rdms.map((rdm) => rdm.condensed.slice());

  test("distances below 0 and missing pairs are scaled as any (rsatoolbox: 1 for the least, and no change)", () => {
    const [below] = geotopologicalTransform([new Rdm([0.841, -0.949, -0.565])], {
      low: 0.2,
      up: 0.5,
    });
    expect(Array.from(below.condensed)).toEqual([1, 0, 1]);
    const gap = new Rdm([NaN, -0.1, 0.7, 0.3, 1.2, 0.5]);
    const [scaled] = geotopologicalTransform([gap], { low: 0, up: 1 });
    expect(Array.from(scaled.condensed)).toEqual(Array.from(minmaxTransform(gap).condensed));
    expect(scaled.condensed[0]).toBeNaN();
    expect(scaled.condensed[4]).toBe(1);
  });

  test("ranks, roots, positive, minmax and geo-topological agree", () => {
    expectRows(
      rdms.map((rdm) => rankTransform(rdm)),
      "rank_transform",
      0,
    );
    expectRows(
      rdmsOf(meta.Vn, meta.image).map((rdm) => rankTransform(rdm)),
      "rank_nan",
      0,
    );
    expectRows(rdms.map(sqrtTransform), "sqrt_transform");
    expectRows(rdms.map(positiveTransform), "positive_transform");
    expectRows(rdms.map(minmaxTransform), "minmax_transform");
    expectRows(geotopologicalTransform(rdms, { low: 0.2, up: 0.8 }), "geotopological");
  });

  test("geodesic: right where rsatoolbox loses the shortest way", () => {
    const rows = rowsOf(output("geodesic_transform").dissimilarities);
    rdms.forEach((rdm, at) => {
      const scaled = minmaxTransform(rdm).condensed;
      const ours = geodesicTransform(rdm).condensed;
      const closest = scaled.indexOf(0);
      expect(ours[closest]).toBe(0);
      expect(rows[at][closest]).toBeGreaterThan(0);
      // With the shortest way there, no way is longer than without it.
      ours.forEach((way, pair) => expect(way).toBeLessThanOrEqual(rows[at][pair] + 1e-12));
      // Where it plays no part the two agree: make it as long as rsatoolbox has it.
      const patched = scaled.slice();
      patched[closest] = rows[at][closest];
      expect(largestDifference(shortestWays(patched, rdm.nItems), rows[at])).toBeLessThan(1e-12);
    });
  });

  test("an item and those 0 apart from it; pairs without a way", () => {
    const ways = geodesicTransform(new Rdm([0, 5, 5, 1, 1, 0]));
    expect(Array.from(ways.condensed)).toEqual([0, 0.2, 0.2, 0.2, 0.2, 0]);
    expect(Array.from(geodesicTransform(new Rdm([NaN, 2, 0])).condensed)).toEqual([
      Infinity,
      Infinity,
      0,
    ]);
  });

  test("the input stays as it was", () => {
    rdms.forEach((rdm, at) => expect(rdm.condensed).toEqual(before[at]));
    const values = new Float64Array([-1, 2, 3]);
    const rdm = new Rdm(values);
    for (const change of [sqrtTransform, positiveTransform, minmaxTransform, geodesicTransform])
      change(rdm);
    transformRdm(rdm, (condensed) => condensed.fill(7));
    expect(Array.from(rdm.condensed)).toEqual([-1, 2, 3]);
  });

  test("ties in ranks, as scipy names them", () => {
    const rdm = new Rdm([3, 1, 1, NaN, 5, 3]);
    const ranks = (ties: "average" | "min" | "max" | "dense" | "ordinal") =>
      Array.from(rankTransform(rdm, { ties }).condensed);
    expect(ranks("average")).toEqual([3.5, 1.5, 1.5, NaN, 5, 3.5]);
    expect(ranks("min")).toEqual([3, 1, 1, NaN, 5, 3]);
    expect(ranks("max")).toEqual([4, 2, 2, NaN, 5, 4]);
    expect(ranks("dense")).toEqual([2, 1, 1, NaN, 3, 2]);
    expect(ranks("ordinal")).toEqual([3, 1, 2, NaN, 5, 4]);
    expect(rankTransform(rankTransform(rdm)).metric).toBe("unknown metric (ranks)");
  });

  test("a constant RDM has no scale: NaN, and equal quantiles are refused", () => {
    const constant = new Rdm([2, 2, 2]);
    expect(Array.from(minmaxTransform(constant).condensed)).toEqual([NaN, NaN, NaN]);
    expect(() => geotopologicalTransform([constant], { low: 0.2, up: 0.8 })).toThrow(/apart/);
    expect(() => geotopologicalTransform([constant], { low: 0.8, up: 0.2 })).toThrow(/low < up/);
  });
});

describe("long tables", () => {
  test("a row a pair, as rsatoolbox' to_df", () => {
    const withMeta = rdms.map(
      (rdm, at) =>
        new Rdm(rdm.condensed, {
          items: rdm.items,
          meta: { subj: meta.subj[at] },
          itemTable: new Table({ cat: [0, 1, 0, 1, 0, 1] }),
        }),
    );
    const table = rdmsToTable(withMeta);
    expect(table.length).toBe(75);
    expect(table.row(1)).toEqual({
      item_1: "img03",
      item_2: "img00",
      dissimilarity: 1.6628,
      rdm: 0,
      subj: "s0",
      cat_1: 0,
      cat_2: 0,
    });
    const again = rdmsFromTable(table);
    again.forEach((rdm, at) => {
      expect(rdm.items).toEqual(meta.image);
      expect(rdm.condensed).toEqual(rdms[at].condensed);
      expect(rdm.meta.subj).toBe(meta.subj[at]);
    });
  });

  test("pairs in any order and direction; those without a row are NaN", () => {
    const [rdm] = rdmsFromTable([
      { item_1: "b", item_2: "a", dissimilarity: 1 },
      { item_1: "c", item_2: "b", dissimilarity: 2 },
      { item_1: "c", item_2: "c", dissimilarity: 0 },
    ]);
    expect(rdm.between("a", "b")).toBe(1);
    expect(rdm.between("a", "c")).toBeNaN();
  });

  test("bad rows are refused", () => {
    const row = { item_1: "a", item_2: "b", dissimilarity: 1 };
    expect(() => rdmsFromTable([row, { ...row, item_1: "b", item_2: "a" }])).toThrow(
      /more than once/,
    );
    expect(() => rdmsFromTable([{ ...row, item_2: "a" }])).toThrow(/compared with itself/);
    expect(() => rdmsFromTable([{ ...row, dissimilarity: "far" }])).toThrow(/is a number/);
    expect(() => rdmsFromTable([{ ...row, item_1: null }])).toThrow(/two labels/);
    expect(() => rdmsFromTable([row], { dissimilarity: "d" })).toThrow(/column/);
  });
});

describe("bad input", () => {
  const abc = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });

  test("labels that disagree", () => {
    const other = new Rdm([1, 2, 3], { items: ["a", "b", "d"] });
    for (const join of [
      () => meanRdm([abc, other]),
      () => concatRdms([abc, [other]]),
      () => rescaleRdms([abc, other]),
    ])
      expect(join).toThrow(expect.objectContaining({ code: "ITEM_MISMATCH" }));
    expect(meanRdm(concatRdms([abc, other], "common")).items).toEqual(["a", "b"]);
  });

  test("labels twice, unknown, or missing", () => {
    expect(() => new Rdm([1, 2, 3], { items: ["a", "a", "c"] })).toThrow(
      expect.objectContaining({ code: "DUPLICATE_ITEM" }),
    );
    expect(() => subsample(abc, ["x"])).toThrow(expect.objectContaining({ code: "UNKNOWN_ITEM" }));
    expect(() => subsample(abc, [3])).toThrow(/positions from 0 to 2/);
    expect(() => fromPartials([new Rdm([1])])).toThrow(/label it/);
    expect(() => fromPartials([abc], ["a", "b"])).toThrow(
      expect.objectContaining({ code: "UNKNOWN_ITEM" }),
    );
    expect(() => sortItems(new Rdm([1]))).toThrow(/withItems/);
    expect(() => sortItems(abc, "category")).toThrow(/no item table/);
    expect(() => permuteItems(abc, [0, 0, 1])).toThrow(/once/);
  });

  test("weights that do not fit", () => {
    expect(() => meanRdm([abc, abc], { weights: [1] })).toThrow(/one per RDM/);
    expect(() => meanRdm([abc], { weights: [[1, 2]] })).toThrow(/one per pair/);
    expect(() => meanRdm([abc], { weights: [-1] })).toThrow(/0 or more/);
    expect(() => meanRdm([])).toThrow(/at least one/);
  });
});

describe("laws", () => {
  const someRdm = fc
    .integer({ min: 2, max: 7 })
    .chain((n) =>
      fc.record({
        n: fc.constant(n),
        values: fc.array(fc.double({ noNaN: true, min: 0, max: 9 }), {
          minLength: (n * (n - 1)) / 2,
          maxLength: (n * (n - 1)) / 2,
        }),
        order: fc.shuffledSubarray(
          Array.from({ length: n }, (_, at) => at),
          { minLength: n, maxLength: n },
        ),
      }),
    )
    .map(({ n, values, order }) => ({
      rdm: new Rdm(values, { items: Array.from({ length: n }, (_, at) => `i${at}`) }),
      order,
    }));

  test("sorting undoes any order", () => {
    fc.assert(
      fc.property(someRdm, ({ rdm, order }) => {
        const shuffled = subset(
          rdm,
          order.map((at) => `i${at}`),
        );
        expect(sortItems(shuffled).condensed).toEqual(rdm.condensed);
      }),
    );
  });

  test("subsampling every item once is a subset, and aligned draws stay aligned", () => {
    fc.assert(
      fc.property(someRdm, ({ rdm, order }) => {
        const drawn = [...order, order[0]];
        const a = subsample(rdm, drawn);
        const b = subsample(sqrtTransform(rdm), drawn);
        expect(alignRdms([a, b])[1].items).toEqual(a.items);
        expect(subsample(rdm, order).condensed).toEqual(
          subset(
            rdm,
            order.map((at) => `i${at}`),
          ).condensed,
        );
        expect(new Set(a.items).size).toBe(drawn.length);
      }),
    );
  });

  test("a table holds all that an RDM says", () => {
    fc.assert(
      fc.property(someRdm, ({ rdm }) => {
        const [again] = rdmsFromTable(rdmsToTable([rdm]));
        expect(again.condensed).toEqual(rdm.condensed);
        expect(again.items).toEqual(rdm.items);
      }),
    );
  });

  test("geodesic ways obey the triangle inequality", () => {
    fc.assert(
      fc.property(someRdm, ({ rdm }) => {
        fc.pre(new Set(rdm.condensed).size > 1);
        const ways = geodesicTransform(rdm);
        for (let i = 0; i < rdm.nItems; i++)
          for (let j = 0; j < rdm.nItems; j++)
            for (let k = 0; k < rdm.nItems; k++)
              expect(ways.at(i, j)).toBeLessThanOrEqual(ways.at(i, k) + ways.at(k, j) + 1e-12);
      }),
    );
  });
});

/** Floyd and Warshall over condensed lengths; 1 is no connection. */
function shortestWays(condensed: Float64Array, n: number): Float64Array {
  const rdm = new Rdm(condensed);
  const ways = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_u, j) =>
      i === j ? 0 : rdm.at(i, j) === 1 ? Infinity : rdm.at(i, j),
    ),
  );
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) ways[i][j] = Math.min(ways[i][j], ways[i][k] + ways[k][j]);
  return Float64Array.from(ways.flatMap((row, i) => row.slice(i + 1)));
}
