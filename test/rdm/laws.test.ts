import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  alignRdms,
  commonItems,
  computeRdm,
  metricNames,
  Rdm,
  reorder,
  subset,
  type ComputeRdmOptions,
  type MetricName,
} from "../../src/rdm/index.ts";

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const over = (
  a: readonly number[],
  b: readonly number[],
  of: (x: number, y: number) => number,
): number => sum(a.map((x, f) => of(x, b[f])));
const centre = (a: readonly number[]): number[] => a.map((x) => x - sum(a) / a.length);
const cosine = (a: readonly number[], b: readonly number[]): number =>
  1 - over(a, b, (x, y) => x * y) / Math.sqrt(over(a, a, (x) => x * x) * over(b, b, (x) => x * x));
const times = (a: readonly number[], b: readonly number[], x: boolean, y: boolean): number =>
  over(a, b, (p, q) => (Boolean(p) === x && Boolean(q) === y ? 1 : 0));

const VI = [
  [2, 0.5, 0, 0],
  [0.5, 1, 0, 0.2],
  [0, 0, 3, 0],
  [0, 0.2, 0, 1],
];
const V = [1, 2, 3, 4];

/** Every metric again, as its definition says, two patterns at a time. */
const definitions: Record<MetricName, (a: readonly number[], b: readonly number[]) => number> = {
  braycurtis: (a, b) =>
    over(a, b, (x, y) => Math.abs(x - y)) / over(a, b, (x, y) => Math.abs(x + y)),
  canberra: (a, b) =>
    over(a, b, (x, y) => (x === 0 && y === 0 ? 0 : Math.abs(x - y) / (Math.abs(x) + Math.abs(y)))),
  chebyshev: (a, b) => Math.max(...a.map((x, f) => Math.abs(x - b[f]))),
  cityblock: (a, b) => over(a, b, (x, y) => Math.abs(x - y)),
  correlation: (a, b) => cosine(centre(a), centre(b)),
  cosine,
  dice: (a, b) => {
    const differ = times(a, b, true, false) + times(a, b, false, true);
    return differ / (2 * times(a, b, true, true) + differ);
  },
  euclidean: (a, b) => Math.sqrt(over(a, b, (x, y) => (x - y) ** 2)),
  hamming: (a, b) => over(a, b, (x, y) => (x === y ? 0 : 1)) / a.length,
  jaccard: (a, b) => {
    const present = over(a, b, (x, y) => (x !== 0 || y !== 0 ? 1 : 0));
    return present === 0 ? 0 : over(a, b, (x, y) => (x === y ? 0 : 1)) / present;
  },
  jensenshannon: (a, b) => {
    const [p, q] = [a, b].map((v) => v.map((x) => x / sum(v)));
    const half = (u: number[]): number =>
      sum(u.map((x, f) => (x === 0 ? 0 : x * Math.log(x / ((p[f] + q[f]) / 2)))));
    return Math.sqrt(Math.max(0, half(p) + half(q)) / 2);
  },
  kulczynski1: (a, b) =>
    times(a, b, true, true) / (times(a, b, true, false) + times(a, b, false, true)),
  mahalanobis: (a, b) => {
    const d = a.map((x, f) => x - b[f]);
    return Math.sqrt(sum(VI.map((row, i) => d[i] * sum(row.map((v, j) => v * d[j])))));
  },
  minkowski: (a, b) => over(a, b, (x, y) => Math.abs(x - y) ** 3) ** (1 / 3),
  rogerstanimoto: (a, b) => {
    const differ = times(a, b, true, false) + times(a, b, false, true);
    return (2 * differ) / (a.length + differ);
  },
  russellrao: (a, b) => (a.length - times(a, b, true, true)) / a.length,
  seuclidean: (a, b) => Math.sqrt(sum(a.map((x, f) => (x - b[f]) ** 2 / V[f]))),
  sokalmichener: (a, b) => definitions.rogerstanimoto(a, b),
  sokalsneath: (a, b) => {
    const differ = times(a, b, true, false) + times(a, b, false, true);
    return (2 * differ) / (times(a, b, true, true) + 2 * differ);
  },
  sqeuclidean: (a, b) => over(a, b, (x, y) => (x - y) ** 2),
  yule: (a, b) => {
    const crossed = times(a, b, true, false) * times(a, b, false, true);
    const straight = times(a, b, true, true) * times(a, b, false, false);
    return crossed === 0 ? 0 : (2 * crossed) / (straight + crossed);
  },
};

const parameters: Partial<Record<MetricName, ComputeRdmOptions>> = {
  mahalanobis: { VI },
  minkowski: { p: 3 },
  seuclidean: { V },
};
const options = (metric: MetricName): ComputeRdmOptions => ({ metric, ...parameters[metric] });

/** Metrics that obey the triangle inequality. */
const distances: readonly MetricName[] = [
  "chebyshev",
  "cityblock",
  "euclidean",
  "hamming",
  "jaccard",
  "jensenshannon",
  "mahalanobis",
  "minkowski",
  "rogerstanimoto",
  "seuclidean",
];

/** Small integers and zeros, so that ties, empty and equal patterns occur; not negative, so that all metrics apply. */
const pattern = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4));
const patterns = fc.array(pattern, { minLength: 2, maxLength: 8 });
const positive = fc.array(
  fc.tuple(...Array.from({ length: 4 }, () => fc.double({ min: 0.01, max: 100, noNaN: true }))),
  { minLength: 2, maxLength: 6 },
);

/** Undefined where a pattern has no spread, length or mass; scipy and the definition then differ in what they say. */
function applies(metric: MetricName, p: readonly number[]): boolean {
  if (metric === "correlation") return new Set(p).size > 1;
  return (metric !== "cosine" && metric !== "jensenshannon") || sum(p) > 0;
}

describe.each(metricNames)("%s", (metric) => {
  const usable = fc
    .oneof(patterns, positive as unknown as typeof patterns)
    .map((rows) => rows.filter((p) => applies(metric, p)));

  test("is its definition", () => {
    fc.assert(
      fc.property(usable, (rows) => {
        fc.pre(rows.length > 1);
        const rdm = computeRdm(rows, options(metric));
        rows.forEach((a, i) =>
          rows.slice(0, i).forEach((b, j) => {
            const expected = definitions[metric](a, b);
            if (Number.isFinite(expected))
              expect(Math.abs(rdm.at(i, j) - expected)).toBeLessThan(1e-7);
            else expect(rdm.at(i, j)).toBe(expected);
          }),
        );
      }),
    );
  });

  test("does not depend on the order of the items, to the last bit", () => {
    fc.assert(
      fc.property(usable, fc.nat(), (rows, turn) => {
        fc.pre(rows.length > 1);
        const n = rows.length;
        const order = rows.map((_, i) => (i + turn) % n).reverse();
        const rdm = computeRdm(rows, options(metric));
        const turned = computeRdm(
          order.map((i) => rows[i]),
          options(metric),
        );
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < i; j++) expect(turned.at(i, j)).toBe(rdm.at(order[i], order[j]));
        }
      }),
    );
  });

  if (distances.includes(metric))
    test("is 0 to itself, never negative, and no detour is shorter", () => {
      fc.assert(
        fc.property(usable, (rows) => {
          fc.pre(rows.length > 1);
          const rdm = computeRdm([...rows, rows[0]], options(metric));
          expect(rdm.at(0, rows.length)).toBeLessThan(1e-7);
          for (let i = 0; i < rows.length; i++) {
            for (let j = 0; j < rows.length; j++) {
              expect(rdm.at(i, j)).toBeGreaterThanOrEqual(0);
              for (let k = 0; k < rows.length; k++)
                expect(rdm.at(i, j)).toBeLessThanOrEqual(rdm.at(i, k) + rdm.at(k, j) + 1e-7);
            }
          }
        }),
      );
    });

  test("an item with NaN has NaN to all others, and they keep theirs", () => {
    const rows = [
      [1, 0, 3, 2],
      [4, 1, 0, 2],
      [0, 1, 1, 5],
    ];
    const clean = computeRdm(rows, options(metric));
    const gaps = computeRdm([...rows, [1, NaN, 3, 2]], options(metric));
    for (let i = 0; i < 3; i++) {
      expect(gaps.at(i, 3)).toBeNaN();
      for (let j = 0; j < i; j++) expect(gaps.at(i, j)).toBe(clean.at(i, j));
    }
  });

  test("leaves the features as they were", () => {
    const data = Float64Array.of(1, 2, 3, 5, 4, 1, 0, 2);
    computeRdm({ data, shape: [2, 4] }, options(metric));
    expect([...data]).toEqual([1, 2, 3, 5, 4, 1, 0, 2]);
  });
});

test("correlation does not change with the scale and offset of an item", () => {
  const number = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(patterns, number, number, (rows, scale, offset) => {
      fc.pre(rows.every((p) => new Set(p).size > 1));
      const changed = rows.map((p, i) => (i === 0 ? p.map((x) => scale * x + offset) : p));
      const [a, b] = [computeRdm(rows), computeRdm(changed)];
      a.condensed.forEach((d, at) => expect(Math.abs(d - b.condensed[at])).toBeLessThan(1e-12));
    }),
  );
});

test("a function of one's own sees every pair once, and cannot harm the data", () => {
  const rows = [
    [3, 1],
    [2, 5],
    [9, 4],
  ];
  const smallest = (a: Float64Array, b: Float64Array): number =>
    Math.abs(a.sort()[0] - b.sort()[0]);
  const data = Float64Array.from(rows.flat());
  const rdm = computeRdm({ data, shape: [3, 2] }, { metric: smallest });
  expect([...rdm.condensed]).toEqual([1, 3, 2]);
  expect(rdm.metric).toBe("smallest");
  expect([...data]).toEqual(rows.flat());
});

describe("items", () => {
  const labelled = fc
    .uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 8 })
    .chain((items) =>
      fc.tuple(
        fc.constant(items),
        fc.shuffledSubarray(items, { minLength: items.length }),
        fc.shuffledSubarray(items),
      ),
    );
  const rdmOf = (items: readonly string[]): Rdm =>
    new Rdm(
      Float64Array.from({ length: (items.length * (items.length - 1)) / 2 }, (_, k) => k + 1),
      { items },
    );

  test("reorder and subset keep what is between two labels, and go back", () => {
    fc.assert(
      fc.property(labelled, ([items, order, some]) => {
        const rdm = rdmOf(items);
        const turned = reorder(rdm, order);
        const part = subset(rdm, some);
        for (const a of order)
          for (const b of order) expect(turned.between(a, b)).toBe(rdm.between(a, b));
        for (const a of some)
          for (const b of some) expect(part.between(a, b)).toBe(rdm.between(a, b));
        expect(part.items).toEqual(some);
        expect(reorder(turned, items).condensed).toEqual(rdm.condensed);
      }),
    );
  });

  test("alignRdms puts the same label in the same place", () => {
    fc.assert(
      fc.property(labelled, ([items, order, some]) => {
        const [a, b] = alignRdms([rdmOf(items), reorder(rdmOf(items), order)]);
        expect([b.items, b.condensed]).toEqual([a.items, a.condensed]);
        fc.pre(some.length > 0);
        const [whole, part] = alignRdms([rdmOf(items), rdmOf(some)], "common");
        expect(whole.items).toEqual(items.filter((item) => some.includes(item)));
        expect(part.items).toEqual(whole.items);
        expect(commonItems(rdmOf(items), rdmOf(some))).toEqual(whole.items);
      }),
    );
  });

  test("an item table goes with its items", () => {
    const column = ["x", "y", "z"];
    const itemTable = { names: ["kind"], length: 3, column: () => column };
    const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"], itemTable });
    expect(subset(rdm, ["c", "a"]).itemTable?.column("kind")).toEqual(["z", "x"]);
  });

  test("what is not there is refused", () => {
    const rdm = rdmOf(["face", "house", "tree"]);
    expect(() => subset(rdm, ["face", "hous"])).toThrow(/no item "hous".*did you mean "house"/);
    expect(() => subset(rdm, ["face", "face"])).toThrow(/more than once \("face"\)/);
    expect(() => reorder(rdm, ["face", "house"])).toThrow(/missing \("tree"\).*subset/);
    expect(() => alignRdms([rdm, rdmOf(["face", "house"])])).toThrow(/missing \("tree"\)/);
    expect(() => alignRdms([new Rdm([1]), new Rdm([1, 2, 3])])).toThrow(/2 items.*one of 3/);
  });
});
