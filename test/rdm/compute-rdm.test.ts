import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setPath } from "../../src/compute/which-path.ts";
import { computeRdm, type ComputeRdmOptions, pick, Rdm } from "../../src/rdm/index.ts";
import { Table } from "../../src/table/index.ts";
import {
  isReferenceError,
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";

type Output = ReferenceArray | ReferenceError;
interface DistanceCase {
  readonly input: string;
  readonly metric: string;
  readonly params: Record<string, number | ReferenceArray>;
  readonly output: { both?: Output; "mne_rsa_0.9.1"?: Output };
}
interface Distances {
  readonly meta: {
    readonly inputs: Record<string, ReferenceArray>;
    readonly pick_rdm: {
      readonly condensed: ReferenceArray;
      readonly picks: Record<string, { sel: unknown; condensed: ReferenceArray }>;
    };
  };
  readonly cases: readonly DistanceCase[];
}

const { meta, cases } = readReference<Distances>("./rsa/distances.json");

function compute({ input, metric, params }: DistanceCase): Rdm {
  const values = Object.entries(params).map(([key, value]) => [
    key,
    typeof value === "number" ? value : key === "VI" ? matrixOf(value) : numbersOf(value),
  ]);
  const options = { metric, ...Object.fromEntries(values) } as ComputeRdmOptions;
  return computeRdm(matrixOf(meta.inputs[input]), options);
}

/** The reference: 0.9.1, which is scipy's pdist, where the two versions of MNE-RSA differ in the last digits. */
function expected({ output }: DistanceCase): Output {
  const value = output.both ?? output["mne_rsa_0.9.1"];
  if (value === undefined) throw new Error("no reference");
  return value;
}

const title = ({ input, metric, params }: DistanceCase, at: number): string =>
  `${at}: ${metric} of ${input} ${Object.keys(params).join(" ")}`;

// Small inputs stay in plain code; "kernels" sends them through the kernels too.
describe.each(["auto", "kernels"] as const)("%s: every metric agrees with pdist", (mode) => {
  beforeAll(() => setPath(mode));
  afterAll(() => setPath("auto"));
  const knownOtherwise = (c: DistanceCase): boolean =>
    (c.metric === "chebyshev" && c.input === "nan") || "base" in c.params;
  cases.forEach((c, at) => {
    const value = expected(c);
    if (knownOtherwise(c)) return;
    if (isReferenceError(value)) {
      test(`${title(c, at)} is refused`, () => expect(() => compute(c)).toThrow(/; /));
      return;
    }
    test(title(c, at), () => {
      expect(largestDifference(compute(c).condensed, numbersOf(value))).toBeLessThan(1e-12);
    });
  });
});

describe("where scipy is silently wrong or cannot", () => {
  test("chebyshev of an item with NaN is NaN, not the largest of the other features", () => {
    const rdm = computeRdm(matrixOf(meta.inputs.nan), { metric: "chebyshev" });
    const clean = computeRdm(matrixOf(meta.inputs.general), { metric: "chebyshev" });
    for (let i = 0; i < 6; i++) {
      for (let j = i + 1; j < 6; j++)
        expect(rdm.at(i, j)).toBe(i === 1 || j === 1 ? NaN : clean.at(i, j));
    }
  });

  test("jensenshannon takes the base of its logarithm", () => {
    const features = matrixOf(meta.inputs.positive);
    const natural = computeRdm(features, { metric: "jensenshannon" });
    const bits = computeRdm(features, { metric: "jensenshannon", base: 2 });
    const scaled = bits.condensed.map((value) => value * Math.sqrt(Math.LN2));
    expect(largestDifference(scaled, natural.condensed)).toBeLessThan(1e-15);
    expect(
      computeRdm(
        [
          [1, 0],
          [0, 1],
        ],
        { metric: "jensenshannon", base: 2 },
      ).at(0, 1),
    ).toBe(1);
  });

  test.each([0.1, 1 / 3, 1e6 + 0.1])(
    "an item that is constant at %d has no correlation",
    (value) => {
      const row = new Float64Array(7).fill(value);
      expect(computeRdm([row, [1, 2, 3, 4, 5, 6, 8]]).condensed).toEqual(Float64Array.of(NaN));
    },
  );
});

describe("errors", () => {
  const rows = [
    [1, 2, 3],
    [3, 1, 2],
  ];

  test("an unknown metric comes with the one probably meant", () => {
    expect(() => computeRdm(rows, { metric: "corelation" as "correlation" })).toThrow(
      /unknown metric "corelation"; did you mean "correlation"\?/,
    );
    expect(() => computeRdm(rows, { metric: "constructor" as "correlation" })).toThrow(/unknown/);
  });

  test("crossnobis is sent to where folds are", () => {
    expect(() => computeRdm(rows, { metric: "crossnobis" as "cosine" })).toThrow(/computeRdmCv/);
  });

  test("labels must be as many as items, and unique", () => {
    expect(() => computeRdm(rows, { items: ["a"] })).toThrow(/2 labels.*found 1/);
    expect(() => computeRdm(rows, { items: ["a", "a"] })).toThrow(/more than once/);
  });

  test("no items, no features", () => {
    expect(() => computeRdm([])).toThrow(/at least one of each/);
    expect(() => computeRdm([[], []])).toThrow(/at least one of each/);
  });

  test.each([
    [{ metric: "minkowski", p: 0 }, /p: 0/],
    [{ metric: "minkowski", w: [1] }, /3 weights/],
    [{ metric: "minkowski", w: [1, -1, 1] }, /w: -1/],
    [{ metric: "seuclidean", V: [1] }, /3 variances/],
    [{ metric: "mahalanobis" }, /VI: undefined; give the inverse covariance/],
    [{ metric: "mahalanobis", VI: [[1]] }, /3 × 3.*found 1 × 1/],
    [{ metric: "jensenshannon", base: 1 }, /base above 1/],
  ] as [ComputeRdmOptions, RegExp][])("a parameter that does not fit: %o", (options, message) => {
    expect(() => computeRdm(rows, options)).toThrow(message);
  });
});

test("what is said of the RDM is kept", () => {
  const rdm = computeRdm(
    [
      [1, 2],
      [2, 1],
    ],
    {
      metric: "cityblock",
      items: ["a", "b"],
      name: "pixels",
      meta: { layer: 3 },
    },
  );
  expect([rdm.metric, rdm.name, rdm.items, rdm.meta]).toEqual([
    "cityblock",
    "pixels",
    ["a", "b"],
    { layer: 3 },
  ]);
});

test("a column is one feature of each item, as a Series of pandas is to MNE-RSA", () => {
  const table = new Table({ length: [3, 5, 9], word: ["cat", "mouse", "crocodile"] });
  const of = (column: unknown) => computeRdm(column as number[], { metric: "cityblock" });
  for (const column of [[3, 5, 9], Float32Array.of(3, 5, 9), table.column("length")])
    expect([...of(column).condensed]).toEqual([2, 6, 4]);
  expect([...of([3, null, 9]).condensed]).toEqual([NaN, 6, NaN]);
  expect(() => of(table.column("word"))).toThrow("features");
  expect(() => of([1, "2", 3])).toThrow("features[1]");
  expect(() => of([1, [2], 3])).toThrow("row 0");
  expect(() => of([])).toThrow("features");
  expect(() => computeRdm([1, 2, 3])).toThrow("a single feature");
});

describe("pick takes what MNE-RSA's pick_rdm takes", () => {
  const { condensed, picks } = meta.pick_rdm;
  const selections = { int: 1, list: picks.list.sel, mask: undefined, slice: [1, 2, 3] };
  test.each(Object.keys(selections))("%s", (kind) => {
    const mask = (picks.mask.sel as ReferenceArray).data.map(Boolean);
    const selection = kind === "mask" ? mask : (selections[kind as "list"] as number[]);
    const picked = pick(new Rdm(numbersOf(condensed)), selection);
    expect(picked.condensed).toEqual(numbersOf(picks[kind].condensed));
  });

  test("a position that is not there is refused", () => {
    expect(() => pick(new Rdm([1]), [0, 2])).toThrow(/positions from 0 to 1/);
    expect(() => pick(new Rdm([1]), [1, 1])).toThrow(/each once/);
    expect(() => pick(new Rdm([1]), [true])).toThrow(/mask of 2/);
  });
});
