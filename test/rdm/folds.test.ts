import { describe, expect, test } from "vitest";
import {
  computeRdmCv,
  createFolds,
  type ComputeRdmCvOptions,
  type CreateFoldsOptions,
} from "../../src/rdm/index.ts";
import { kFold, stratifiedKFold } from "../../src/stats/index.ts";
import { alignByLabel } from "../../src/table/index.ts";
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
interface FoldCase {
  readonly y: ReferenceArray | null;
  readonly ykind: string;
  readonly X: "X" | "X3" | "Xun";
  readonly n_folds: number | null;
  readonly "mne_rsa_1.1.dev": Output;
}
interface CvCase {
  readonly input: string;
  readonly metric: string;
  readonly params: { VI?: ReferenceArray; reg_var?: number; reg_denom?: number; bounded?: boolean };
  readonly "mne_rsa_1.1.dev": Output;
}
interface MatchCase {
  readonly name: string;
  readonly args: {
    len_X: number;
    len_rdm_model?: number;
    labels_X?: (string | number)[];
    labels_rdm_model?: (string | number)[];
  };
  readonly y_one_hot: Output | null;
}
interface FoldsReference {
  readonly meta: {
    readonly X: ReferenceArray;
    readonly X3: ReferenceArray;
    readonly Xun: ReferenceArray;
    readonly stratified_kfold: {
      y: ReferenceArray;
      yun: ReferenceArray;
      test_indices: Record<string, ReferenceArray[]>;
      test_indices_unbalanced: Record<string, ReferenceArray[]>;
    };
    readonly kfold_sklearn: { y: ReferenceArray; n_splits: number; output: ReferenceArray };
    readonly cv_inputs: Record<string, ReferenceArray>;
    readonly cv: readonly CvCase[];
    readonly match_order: readonly MatchCase[];
    readonly searchsorted: {
      filenames: string[];
      metadata_file: string[];
      searchsorted: ReferenceArray;
    };
  };
  readonly cases: readonly FoldCase[];
}

const { meta, cases } = readReference<FoldsReference>("./rsa/folds.json");

function foldOptions({ y, n_folds: nFolds }: FoldCase): CreateFoldsOptions {
  const some = nFolds === null ? {} : { nFolds };
  if (y === null) return some;
  if (y.dtype === "object") return { ...some, labels: y.data.map(String) };
  if (y.shape.length === 1) return { ...some, y: numbersOf(y) };
  const flat = numbersOf(y);
  const [n, width] = y.shape;
  const rows = Array.from({ length: n }, (_, i) => flat.subarray(i * width, (i + 1) * width));
  return { ...some, y: rows };
}

describe("createFolds agrees with MNE-RSA", () => {
  test.each(cases.map((c) => [`${c.ykind} ${c.X} nFolds ${c.n_folds}`, c] as const))(
    "%s",
    (_, c) => {
      const features = matrixOf(meta[c.X]);
      const expected = c["mne_rsa_1.1.dev"];
      if (isReferenceError(expected)) {
        expect(() => createFolds(features, foldOptions(c))).toThrow(/one per observation/);
        return;
      }
      const folds = createFolds(features, foldOptions(c));
      expect(folds.shape).toEqual(expected.shape);
      expect(largestDifference(folds.data, numbersOf(expected))).toBeLessThan(1e-14);
    },
  );

  test("with labels the items are named and in the order asked for", () => {
    const features = [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
    ];
    const labels = ["a", "b", "a", "b"];
    expect(createFolds(features, { labels }).items).toEqual(["a", "b"]);
    const turned = createFolds(features, { labels, items: ["b", "a"] });
    expect(turned.items).toEqual(["b", "a"]);
    expect([...turned.data]).toEqual([2, 0, 1, 0, 4, 0, 3, 0]);
  });

  test("an item that a fold lacks is a row of NaN in it", () => {
    const folds = createFolds([[1], [2], [3], [4], [5]], {
      labels: ["a", "b", "a", "a", "a"],
      nFolds: 2,
    });
    expect(folds.shape).toEqual([2, 2, 1]);
    expect([...folds.data].filter(Number.isNaN)).toHaveLength(1);
  });

  test("what cannot be matched or divided is refused", () => {
    const rows = [[1], [2], [3]];
    expect(() => createFolds(rows, { labels: ["a", "b", "c"], nFolds: 2 })).toThrow(/no class has/);
    expect(() => createFolds(rows, { labels: ["a", "b", "c"], nFolds: 0 })).toThrow(/nFolds: 0/);
    expect(() => createFolds(rows, { labels: ["a", "b", "c"], items: ["a", "b"] })).toThrow(/"c"/);
    expect(() => createFolds(rows, { items: ["a"] })).toThrow(/labels/);
    expect(() =>
      createFolds(rows, {
        y: [
          [1, 1],
          [0, 1],
          [1, 0],
        ],
      }),
    ).toThrow(/single 1/);
    expect(() => createFolds(rows, { y: [0, 1, 2], labels: ["a", "b", "c"] })).toThrow(
      /one of the two/,
    );
  });
});

describe("folds of rows are scikit-learn's", () => {
  const { y, yun, test_indices, test_indices_unbalanced } = meta.stratified_kfold;
  test.each(["2", "3"])("stratifiedKFold in %s", (n) => {
    const found = stratifiedKFold(numbersOf(y), Number(n)).map((fold) => [...fold.test]);
    expect(found).toEqual(test_indices[n].map((rows) => rows.data));
    const unbalanced = stratifiedKFold(numbersOf(yun), Number(n)).map((fold) => [...fold.test]);
    expect(unbalanced).toEqual(test_indices_unbalanced[n].map((rows) => rows.data));
  });

  test("kFold, each fold averaged by item", () => {
    const { y: items, n_splits, output } = meta.kfold_sklearn;
    const X = numbersOf(meta.X);
    const averaged = kFold(15, n_splits).flatMap(({ test }) => {
      const rows = Array.from(test, (row) => X.subarray(row * 7, row * 7 + 7));
      const y = Array.from(test, (row) => Number(items.data[row]));
      return [...createFolds(rows, { y, nFolds: 1 }).data];
    });
    expect(largestDifference(averaged, numbersOf(output))).toBeLessThan(1e-14);
  });
});

describe("computeRdmCv agrees with MNE-RSA 1.1, the sign kept", () => {
  const compute = ({ input, metric, params }: CvCase, squareRoot: boolean): Float64Array => {
    const options = {
      metric,
      squareRoot,
      ...(params.VI && { VI: matrixOf(params.VI) }),
      ...(params.reg_var !== undefined && { regVar: params.reg_var }),
      ...(params.reg_denom !== undefined && { regDenom: params.reg_denom }),
      ...(params.bounded !== undefined && { bounded: params.bounded }),
    } as ComputeRdmCvOptions;
    return computeRdmCv(matrixOf(meta.cv_inputs[input]), options).condensed;
  };
  const isAngle = ({ metric }: CvCase): boolean => metric === "cosine" || metric === "correlation";

  meta.cv.forEach((c, at) => {
    const title = `${at}: ${c.metric} of ${c.input} ${Object.keys(c.params).join(" ")}`;
    const expected = c["mne_rsa_1.1.dev"];
    if (c.input === "F1") {
      test(`${title}: one fold is refused`, () => {
        expect(() => compute(c, false)).toThrow(/at least two/);
      });
      return;
    }
    if (isReferenceError(expected)) throw new Error("an error that no test covers");
    const reference = numbersOf(expected);
    if (c.input === "Fnan" && isAngle(c) && reference.every(Number.isNaN)) {
      test(`${title}: a NaN item costs its own pairs, where MNE-RSA loses all`, () => {
        const found = compute(c, false);
        expect([...found].map(Number.isNaN)).toEqual(ownPairs(c.input));
        expect(
          largestDifference(
            found.filter((d) => !Number.isNaN(d)),
            withoutNaNItem(c),
          ),
        ).toBeLessThan(1e-14);
      });
      return;
    }
    if (isAngle(c) || c.metric === "sqeuclidean") {
      test(title, () => {
        expect(largestDifference(compute(c, false), reference)).toBeLessThan(1e-12);
      });
      return;
    }
    test(`${title}: the square, negative where the reference is NaN`, () => {
      const squares = compute(c, false);
      const lost = ownPairs(c.input);
      squares.forEach((square, pair) => {
        if (lost[pair]) expect(square).toBeNaN();
        else if (Number.isNaN(reference[pair])) expect(square).toBeLessThan(0);
        else expect(Math.abs(Math.sqrt(square) - reference[pair])).toBeLessThan(1e-12);
      });
      const roots = squares.map((d) => (d < 0 ? -Math.sqrt(-d) : Math.sqrt(d)));
      expect(compute(c, true)).toEqual(roots);
    });
  });

  /** Which pairs have an item with NaN. */
  function ownPairs(input: string): boolean[] {
    const { data, shape } = matrixOf(meta.cv_inputs[input]);
    const bad = new Set([...data.keys()].filter((at) => Number.isNaN(data[at])));
    const items = new Set([...bad].map((at) => Math.floor(at / shape[2]) % shape[1]));
    const pairs: boolean[] = [];
    for (let i = 0; i < shape[1]; i++) {
      for (let j = i + 1; j < shape[1]; j++) pairs.push(items.has(i) || items.has(j));
    }
    return pairs;
  }

  function withoutNaNItem(c: CvCase): Float64Array {
    const { data, shape } = matrixOf(meta.cv_inputs.Fnan);
    const [nFolds, nItems, k] = shape;
    const bad = Math.floor(data.findIndex(Number.isNaN) / k) % nItems;
    const kept = data.filter((_, at) => Math.floor(at / k) % nItems !== bad);
    meta.cv_inputs.clean = {
      shape: [nFolds, nItems - 1, k],
      data: [...kept],
      dtype: "float64",
    };
    return compute({ ...c, input: "clean" }, false);
  }
});

test("labels of folds become items of the RDM, and the name says that values are squared", () => {
  const labels = ["a", "b", "a", "b"];
  const folds = createFolds(
    [
      [0, 0],
      [3, 4],
      [0, 0],
      [3, 4],
    ],
    { labels },
  );
  const rdm = computeRdmCv(folds, { metric: "euclidean", name: "V1" });
  expect([rdm.items, rdm.metric, rdm.name]).toEqual([
    ["a", "b"],
    "euclidean (cross-validated, squared)",
    "V1",
  ]);
  expect(computeRdmCv(folds, { metric: "euclidean", squareRoot: true }).between("a", "b")).toBe(5);
});

test("parameters that cannot be are refused", () => {
  const folds = { data: new Float64Array(12), shape: [2, 3, 2] };
  expect(() => computeRdmCv(folds, { metric: "crossnobis" })).toThrow(/VI: undefined/);
  expect(() => computeRdmCv(folds, { regVar: -1 })).toThrow(/regVar: -1/);
  expect(() => computeRdmCv(folds, { metric: "crosnobis" as "crossnobis" })).toThrow(
    /unknown metric/,
  );
  expect(() => computeRdmCv({ data: new Float64Array(6), shape: [2, 3, 1] })).toThrow(
    /single feature/,
  );
});

describe("labels are matched as MNE-RSA's match_order does", () => {
  const labelled = meta.match_order.filter(({ args }) => args.labels_X !== undefined);
  test.each(labelled.map((c) => [c.name, c] as const))(
    "%s",
    (name, { args, y_one_hot: expected }) => {
      const { len_X, len_rdm_model, labels_X = [], labels_rdm_model } = args;
      if (expected === null) throw new Error("a case without labels");
      if (name === "badlen") {
        const rows = Array.from({ length: len_X }, () => [0, 1]);
        expect(() => createFolds(rows, { labels: labels_X.map(String) })).toThrow(
          /5 labels.*found 4/,
        );
        return;
      }
      if (name === "wrong_n_model") {
        // Positions alone cannot tell which item is lacking: here labels are always joined to labels.
        expect(alignByLabel(labels_X).items.length).not.toBe(len_rdm_model);
        return;
      }
      if (isReferenceError(expected)) {
        expect(() => alignByLabel(labels_X, labels_rdm_model)).toThrow(
          /missing|not expected|more than once/,
        );
        return;
      }
      const { items, index } = alignByLabel(labels_X, labels_rdm_model);
      const oneHot = Array.from(index).flatMap((at) =>
        items.map((_, item) => (item === at ? 1 : 0)),
      );
      expect(oneHot).toEqual(expected.data);
    },
  );

  test("searchsorted of the tutorial is the join by label", () => {
    const { filenames, metadata_file, searchsorted } = meta.searchsorted;
    expect([...alignByLabel(metadata_file, filenames).index]).toEqual(searchsorted.data);
  });
});
