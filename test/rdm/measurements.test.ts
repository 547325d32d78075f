import { describe, expect, test } from "vitest";
import { rdmFromMeasurements, rdmFromUnbalanced, type Rdm } from "../../src/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../reference/read-reference.ts";
import { toolbox, type ToolboxRdms } from "./toolbox.ts";

interface Meta {
  readonly X: ReferenceArray;
  readonly P: ReferenceArray;
  readonly cond: readonly string[];
  readonly run: ReferenceArray;
  readonly precision: ReferenceArray;
  readonly noises: readonly ReferenceArray[];
  readonly unbalanced: {
    readonly cases: readonly {
      readonly method: string;
      readonly data: "full" | "nan";
      readonly weighting: "number" | "equal";
      readonly output: ToolboxRdms;
    }[];
  };
}

const { meta, output } = toolbox<Meta>("rsa/toolbox_calc.json");
const X = matrixOf(meta.X);
const P = matrixOf(meta.P);
const labels = meta.cond;
const runs = Array.from(numbersOf(meta.run));
const precision = matrixOf(meta.precision);
const values = (name: string) => numbersOf(output(name).dissimilarities);
const difference = (rdm: Rdm, name: string) => largestDifference(rdm.condensed, values(name));

describe("rdmFromMeasurements, as rsatoolbox's calc_rdm", () => {
  test.each([
    ["euclidean_rm0", { method: "sqeuclidean" }],
    ["euclidean_rm1", { method: "sqeuclidean", removeMean: true }],
    ["mahalanobis_rm0", { method: "sqmahalanobis", precision }],
    ["mahalanobis_rm1", { method: "sqmahalanobis", precision, removeMean: true }],
    ["mahalanobis_nonoise", { method: "sqmahalanobis" }],
    ["correlation", { method: "correlation" }],
    ["crossnobis_rm0", { method: "crossnobis", runs, precision }],
    ["crossnobis_rm1", { method: "crossnobis", runs, precision, removeMean: true }],
    ["crossnobis_nonoise", { method: "crossnobis", runs }],
    ["crossnobis_nocv", { method: "crossnobis" }],
  ] as const)("%s", (name, options) => {
    const rdm = rdmFromMeasurements(X, { labels, ...options });
    expect(rdm.items).toEqual(["c1", "c2", "c3", "c4", "c5", "c6"]);
    expect(difference(rdm, name)).toBeLessThan(1e-12);
  });

  test("one precision per run: every pair of runs with the mean of their covariances", () => {
    // The runs appear in another order than numpy sorts them.
    const order = [...new Set(runs)];
    const noises = order.map((run) => matrixOf(meta.noises[run]));
    const rdm = rdmFromMeasurements(X, { labels, runs, method: "crossnobis", precision: noises });
    expect(difference(rdm, "crossnobis_noiselist")).toBeLessThan(1e-12);
  });

  test("every row an item", () => {
    const plain = rdmFromMeasurements(X);
    expect(plain.items).toBeUndefined();
    expect(difference(plain, "euclidean_nodesc")).toBeLessThan(1e-12);
    const r = rdmFromMeasurements(X, { method: "correlation" });
    expect(difference(r, "correlation_nodesc")).toBeLessThan(1e-12);
  });

  test("poisson, with its prior", () => {
    expect(
      difference(rdmFromMeasurements(P, { labels, method: "poisson" }), "poisson"),
    ).toBeLessThan(1e-12);
    const prior = { priorMean: 2, priorWeight: 0.3 };
    const rdm = rdmFromMeasurements(P, { labels, method: "poisson", ...prior });
    expect(difference(rdm, "poisson_prior")).toBeLessThan(1e-12);
  });

  test("poisson-cv is the mean over all runs; rsatoolbox returns the last run's alone (F5)", () => {
    const rdm = rdmFromMeasurements(P, { labels, runs, method: "poisson-cv" });
    const byRun = [0, 1, 2].map((run) => poissonFold(run));
    expect(largestDifference(byRun[2], values("poisson_cv"))).toBeLessThan(1e-12);
    const mean = byRun[0].map((value, at) => (value + byRun[1][at] + byRun[2][at]) / 3);
    expect(largestDifference(rdm.condensed, mean)).toBeLessThan(1e-12);
    expect(largestDifference(rdm.condensed, values("poisson_cv"))).toBeGreaterThan(0.01);
  });

  test("an item that is constant over channels has no correlation", () => {
    const data = X.data.slice();
    labels.forEach((label, row) => label === "c1" && data.fill(2, row * 7, (row + 1) * 7));
    const rdm = rdmFromMeasurements({ data, shape: X.shape }, { labels, method: "correlation" });
    expect(Array.from(rdm.condensed.subarray(0, 5)).every(Number.isNaN)).toBe(true);
    expect(difference(rdm, "correlation_const")).toBeLessThan(1e-12);
  });

  test("sums instead of means over channels", () => {
    const perChannel = rdmFromMeasurements(X, { labels });
    const sums = rdmFromMeasurements(X, { labels, perChannel: false });
    expect(sums.condensed[3]).toBeCloseTo(7 * perChannel.condensed[3], 12);
  });

  test("an item that a run lacks costs that run's estimate alone", () => {
    const drop = labels.findIndex((label, row) => label === "c2" && runs[row] === 0);
    const keep = labels.map((_, row) => row).filter((row) => row !== drop);
    const rows = keep.map((row) => X.data.slice(row * 7, (row + 1) * 7));
    const rdm = rdmFromMeasurements(rows, {
      labels: keep.map((row) => labels[row]),
      runs: keep.map((row) => runs[row]),
      method: "crossnobis",
      precision,
    });
    const whole = rdmFromMeasurements(X, { labels, runs, method: "crossnobis", precision });
    expect(rdm.condensed.every(Number.isFinite)).toBe(true);
    expect(rdm.between("c1", "c4")).toBeCloseTo(whole.between("c1", "c4"), 12);
    expect(rdm.between("c1", "c2")).not.toBeCloseTo(whole.between("c1", "c2"), 6);
  });

  test("bad input", () => {
    const crossnobis = { labels, method: "crossnobis" } as const;
    expect(() => rdmFromMeasurements(X, { labels: ["a"] })).toThrow(/18 labels/);
    expect(() => rdmFromMeasurements(X, { ...crossnobis, runs: [1] })).toThrow(/18 runs/);
    expect(() => rdmFromMeasurements(X, { ...crossnobis, runs: runs.map(() => 1) })).toThrow(
      /at least two/,
    );
    expect(() =>
      rdmFromMeasurements(X, {
        ...crossnobis,
        labels: labels.map((_, at) => `c${Math.min(at, 1)}`),
      }),
    ).toThrow(/which run/);
    expect(() => rdmFromMeasurements(X, { ...crossnobis, precision: [[1]] })).toThrow(/7 × 7/);
    expect(() => rdmFromMeasurements(X, { method: "euclidian" as never })).toThrow(/did you mean/);
    expect(() => rdmFromMeasurements(X, { method: "poisson" })).toThrow(/counts/);
    expect(() => rdmFromMeasurements(X, { ...crossnobis, runs, precision: [precision] })).toThrow(
      /one per run/,
    );
    const lopsided = Float64Array.from({ length: 49 }, (_, at) => at);
    expect(() =>
      rdmFromMeasurements(X, {
        labels,
        method: "sqmahalanobis",
        precision: { data: lopsided, shape: [7, 7] },
      }),
    ).toThrow(/symmetric/);
  });

  function poissonFold(run: number): Float64Array {
    const items = [...new Set(labels)].sort();
    const mean = (item: string, test: boolean) => {
      const rows = labels.flatMap((label, row) =>
        label === item && (runs[row] === run) === test ? [row] : [],
      );
      return Array.from({ length: 7 }, (_, c) => {
        const sum = rows.reduce((total, row) => total + P.data[row * 7 + c], 0);
        return (sum / rows.length + 0.1) / 1.1;
      });
    };
    const [train, held] = [false, true].map((test) => items.map((item) => mean(item, test)));
    return Float64Array.from(
      items.flatMap((_, i) =>
        items.slice(i + 1).map((_u, k) => {
          const j = i + 1 + k;
          const terms = train[i].map(
            (x, c) => (x - train[j][c]) * (Math.log(held[i][c]) - Math.log(held[j][c])),
          );
          return terms.reduce((sum, term) => sum + term, 0) / 7;
        }),
      ),
    );
  }
});

describe("rdmFromUnbalanced, as rsatoolbox's calc_rdm_unbalanced", () => {
  const n = 16;
  const keptLabels = labels.slice(0, n);
  const keptRuns = runs.slice(0, n);
  const rowsOf = (data: "full" | "nan", poisson: boolean) => {
    const rows = (poisson && data === "full" ? P : X).data.slice(0, n * 7);
    if (data === "nan") [rows[1], rows[21]] = [NaN, NaN];
    return { data: poisson && data === "nan" ? rows.map(Math.abs) : rows, shape: [n, 7] };
  };
  const ours = ({ method, data, weighting }: (typeof meta.unbalanced.cases)[number]) =>
    rdmFromUnbalanced(rowsOf(data, method.startsWith("poisson")), {
      labels: keptLabels,
      weighting,
      ...methodOf(method),
    });
  const methodOf = (method: string) => {
    const cv = { runs: keptRuns };
    if (method === "euclidean") return { method: "sqeuclidean" } as const;
    if (method === "mahalanobis") return { method: "sqmahalanobis", precision } as const;
    if (method === "crossnobis") return { method: "sqmahalanobis", precision, ...cv } as const;
    if (method === "poisson_cv") return { method: "poisson", ...cv } as const;
    return { method: method as "correlation" | "poisson" };
  };
  /** Items of theirs are in order of appearance, ours are sorted. */
  const theirs = (output: ToolboxRdms) => {
    const items = output.pattern_descriptors.cond as string[];
    const rdm = numbersOf(output.dissimilarities);
    const between = (a: string, b: string) => {
      const [i, j] = [items.indexOf(a), items.indexOf(b)].sort((x, y) => x - y);
      return rdm[i * items.length - (i * (i + 1)) / 2 + j - i - 1];
    };
    const sorted = [...items].sort();
    return Float64Array.from(
      sorted.flatMap((a, at) => sorted.slice(at + 1).map((b) => between(a, b))),
    );
  };
  const { cases } = meta.unbalanced;

  /** Without cross-validation rsatoolbox's equal weights forget a row's likeness with itself (1 / 2 as integers is 0). */
  const wrongWeights = ({ weighting, method }: (typeof cases)[number]) =>
    weighting === "equal" && !/crossnobis|_cv/.test(method);
  const complete = cases.filter((one) => one.data === "full" && !wrongWeights(one));
  const missing = cases.filter((one) => one.data === "nan" && !wrongWeights(one));
  const skipsMissing = /euclidean|poisson/;

  test.each(complete)("$method, $weighting weights", (one) => {
    expect(largestDifference(ours(one).condensed, theirs(one.output))).toBeLessThan(1e-12);
  });

  test.each(missing.filter(({ method }) => skipsMissing.test(method)))(
    "$method with missing values, $weighting weights",
    (one) => {
      expect(largestDifference(ours(one).condensed, theirs(one.output))).toBeLessThan(1e-12);
    },
  );

  test.each(missing.filter(({ method }) => !skipsMissing.test(method)))(
    "$method with missing values ($weighting weights): pairs of complete rows agree; the others count what both have",
    (one) => {
      const [found, other] = [ours(one).condensed, theirs(one.output)];
      const items = ["c1", "c2", "c3", "c4", "c5", "c6"];
      const hurt = new Set([keptLabels[0], keptLabels[3]]);
      let [agreed, differing] = [0, 0];
      for (let i = 0, at = 0; i < 6; i++) {
        for (let j = i + 1; j < 6; j++, at++) {
          if (hurt.has(items[i]) || hurt.has(items[j])) {
            if (Math.abs(found[at] - other[at]) > 1e-6) differing++;
          } else {
            expect(found[at]).toBeCloseTo(other[at], 12);
            agreed++;
          }
        }
      }
      expect(agreed).toBe(6);
      expect(differing).toBeGreaterThan(0);
    },
  );

  test("equal weights on complete data are the distances of means; rsatoolbox's are not", () => {
    const rows = rowsOf("full", false);
    const means = rdmFromMeasurements(rows, { labels: keptLabels }).condensed;
    const equal = rdmFromUnbalanced(rows, { labels: keptLabels, weighting: "equal" }).condensed;
    expect(largestDifference(equal, means)).toBeLessThan(1e-12);
    const one = cases.find(({ method, data, weighting }) => {
      return method === "euclidean" && data === "full" && weighting === "equal";
    });
    expect(one === undefined ? [] : theirs(one.output)).toHaveLength(15);
    if (one !== undefined) expect(theirs(one.output)[0]).toBeGreaterThan(means[0] + 0.5);
  });

  test("a missing channel changes nothing when the others say the same", () => {
    // Both patterns repeat with period 2, so that means over any whole number of channels pairs are equal.
    const rows = [
      [1, 3, 1, 3],
      [4, 0, 4, 0],
    ];
    const missing = [[1, 3, NaN, NaN], rows[1]];
    for (const method of ["correlation", "sqmahalanobis"] as const) {
      const options = {
        labels: ["a", "b"],
        method,
        precision: method === "sqmahalanobis" ? identity(4) : undefined,
        weighting: "equal",
      } as const;
      const [whole, partly] = [rows, missing].map((some) => rdmFromUnbalanced(some, options));
      expect(partly.condensed[0]).toBeCloseTo(whole.condensed[0], 12);
    }
  });

  test("on one row per item it is the squared distance per channel", () => {
    const rows = [0, 7, 14].map((at) => X.data.slice(at, at + 7));
    const options = { labels: ["a", "b", "c"] };
    expect(
      largestDifference(
        rdmFromUnbalanced(rows, options).condensed,
        rdmFromMeasurements(rows, options).condensed,
      ),
    ).toBeLessThan(1e-12);
  });

  test("what cannot be compared is NaN", () => {
    const rows = [
      [1, NaN],
      [NaN, 2],
    ];
    expect(rdmFromUnbalanced(rows, { labels: ["a", "b"] }).condensed[0]).toBeNaN();
    const constant = rdmFromUnbalanced(
      [
        [1, 1],
        [1, 2],
      ],
      { labels: ["a", "b"], method: "correlation" },
    );
    expect(constant.condensed[0]).toBeNaN();
  });

  test("bad input", () => {
    const some = { labels: keptLabels };
    const rows = rowsOf("full", false);
    expect(() => rdmFromUnbalanced(rows, { labels: [] })).toThrow(/16 labels/);
    expect(() => rdmFromUnbalanced(rows, { ...some, runs: keptLabels.map(() => 1) })).toThrow(
      /at least two/,
    );
    expect(() => rdmFromUnbalanced(rows, { ...some, weighting: "none" as never })).toThrow(
      /weighting/,
    );
  });
});

function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_u, j) => (i === j ? 1 : 0)),
  );
}
