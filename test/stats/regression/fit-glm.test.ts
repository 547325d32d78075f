import { describe, expect, test } from "vitest";
import {
  ContrastResult,
  contrastOf,
  fitGlm,
  fixedEffects,
  type ContrastWeights,
  type NoiseModel,
} from "../../../src/stats/regression/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  type ReferenceArray,
} from "../../reference/read-reference.ts";
import { readCases, readFile } from "../../reference/glm/read.ts";

interface ReferenceContrast {
  readonly weights: ReferenceArray;
  readonly type: "t" | "F";
  readonly effect: ReferenceArray;
  readonly variance: ReferenceArray;
  readonly stat: ReferenceArray;
  readonly p: ReferenceArray;
  readonly z: ReferenceArray;
  readonly dof: number;
}

interface GlmCase {
  readonly name: string;
  readonly design: { readonly names: readonly string[]; readonly matrix: ReferenceArray };
  readonly Y: ReferenceArray;
  readonly noise: NoiseModel;
  readonly expected: Readonly<
    Record<
      "theta" | "variance" | "residuals" | "whitenedResiduals" | "rSquare" | "rho",
      ReferenceArray
    >
  > & { readonly dof: number };
  readonly contrasts: Readonly<Record<string, ReferenceContrast>>;
}

function apart(found: ArrayLike<number>, expected: ReferenceArray): number {
  return largestDifference(found, numbersOf(expected));
}

function weightsOf({ weights, type }: ReferenceContrast): ContrastWeights {
  const { data, shape } = matrixOf(weights);
  const p = shape.at(-1) ?? 0;
  if (type === "t") return data;
  return Array.from({ length: data.length / p }, (_, k) => data.slice(k * p, (k + 1) * p));
}

describe("fits as nilearn's run_glm", () => {
  test.each(readCases<GlmCase>("glm"))("$name $noise", (one) => {
    const design = { ...matrixOf(one.design.matrix), names: one.design.names };
    const fit = () => fitGlm(matrixOf(one.Y), design, { noise: one.noise });
    if (one.name === "rank deficient") {
      expect(fit).toThrow(/a and b follows from others"; it is a sum of "a", "b"/);
      return;
    }
    const found = fit();
    expect(apart(found.betas.data, one.expected.theta)).toBeLessThan(1e-10);
    expect(found.dof).toBe(one.expected.dof);
    if (one.name.startsWith("constant")) {
      // What is left of a constant series is 0, and no t of it means anything.
      expect(Array.from(found.variance.slice(2, 4))).toEqual([0, 0]);
      expect(Array.from(found.contrast({ a: 1 }).stat.slice(2, 4))).toEqual([NaN, NaN]);
      return;
    }
    expect(apart(found.rho, one.expected.rho)).toBe(0);
    expect(apart(found.variance, one.expected.variance)).toBeLessThan(1e-10);
    expect(apart(found.residuals().data, one.expected.residuals)).toBeLessThan(1e-10);
    expect(apart(found.whitenedResiduals().data, one.expected.whitenedResiduals)).toBeLessThan(
      1e-10,
    );
    expect(apart(found.rSquare(), one.expected.rSquare)).toBeLessThan(1e-10);
    for (const wanted of Object.values(one.contrasts)) {
      const contrast = found.contrast(weightsOf(wanted));
      expect(contrast.kind).toBe(wanted.type);
      for (const part of ["effect", "variance", "stat", "p", "z"] as const)
        expect([part, apart(contrast[part], wanted[part]) < 1e-9]).toEqual([part, true]);
      expect(contrast.dof).toBe(wanted.dof);
    }
  });
});

interface FixedCase {
  readonly name: string;
  readonly kind: "fixed" | "fixed-maps" | "scaling";
  readonly noise: NoiseModel;
  readonly runs: readonly { names: readonly string[]; matrix: ReferenceArray; Y: ReferenceArray }[];
  readonly effects: ReferenceArray;
  readonly variances: ReferenceArray;
  readonly dofs: readonly number[];
  readonly precisionWeighted: boolean;
  readonly expected: Readonly<
    Record<"effect" | "variance" | "stat" | "p" | "z", ReferenceArray>
  > & {
    readonly dof: number;
  };
}

test.each(readCases<FixedCase>("fixed-effects").filter(({ kind }) => kind !== "scaling"))(
  "fixed effects: $name",
  (one) => {
    const runs =
      one.kind === "fixed"
        ? one.runs.map(({ names, matrix, Y }) =>
            fitGlm(matrixOf(Y), { ...matrixOf(matrix), names }, { noise: one.noise }).contrast({
              face: 1,
              house: -1,
            }),
          )
        : one.dofs.map(
            (dof, r) =>
              new ContrastResult({
                kind: "t",
                dim: 1,
                effect: rowOf(one.effects, r),
                variance: rowOf(one.variances, r),
                dof,
              }),
          );
    const found = fixedEffects(runs, { precisionWeighted: one.precisionWeighted });
    for (const part of ["effect", "variance", "stat", "p", "z"] as const)
      if (one.expected[part] !== undefined)
        expect([part, apart(found[part], one.expected[part]) < 1e-8]).toEqual([part, true]);
    if (one.expected.dof !== undefined) expect(found.dof).toBe(one.expected.dof);
  },
);

function rowOf(array: ReferenceArray, r: number): Float64Array {
  const width = array.shape[1];
  return numbersOf(array).slice(r * width, (r + 1) * width);
}

interface Refusal {
  readonly name: string;
  readonly function: string;
  readonly input: {
    readonly names: readonly string[];
    readonly matrix: readonly (readonly number[])[];
    readonly columns: readonly string[];
    readonly weights: Readonly<Record<string, number>>;
  };
  readonly expected: { readonly error: string; readonly words: readonly string[] };
}

const refusals = readFile<{ cases: Refusal[] }>("refusals").cases;

test.each(refusals.filter((one) => ["fitGlm", "contrast"].includes(one.function)))(
  "refused: $name",
  ({ function: called, input, expected }) => {
    const run = () =>
      called === "contrast"
        ? contrastOf(input.columns, input.weights)
        : fitGlm(
            input.matrix.map((_, t) => [t % 3]),
            {
              data: Float64Array.from(input.matrix.flat()),
              shape: [input.matrix.length, input.names.length],
              names: input.names,
            },
          );
    const message = messageOf(run);
    for (const word of expected.words) expect(message.toLowerCase()).toContain(word.toLowerCase());
  },
);

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return `${(error as Error).name} ${(error as Error).message}`;
  }
  return "nothing was refused";
}

test("autocorrelation of data whose design holds no constant takes off one mean of all", () => {
  // Long means of opposite sign, so that what the mean takes away from squares and products shows.
  const n = 12;
  const x = Float64Array.from({ length: n }, (_, t) => Math.cos(t * t));
  const series = [0, 1].map((s) => x.map((_, t) => 5 + s + Math.sin(3 * t + s)));
  const rows = Array.from({ length: n }, (_, t) => series.map((values) => values[t]));
  const design = { names: ["x"], data: x, shape: [n, 1] };
  const { rho } = fitGlm(rows, design, { noise: "ar1" });
  const xx = x.reduce((sum, v) => sum + v * v, 0);
  const left = series.map((values) => {
    const beta = values.reduce((sum, v, t) => sum + v * x[t], 0) / xx;
    return values.map((v, t) => v - beta * x[t]);
  });
  const mean = left.flatMap((e) => [...e]).reduce((sum, e) => sum + e, 0) / (2 * n);
  const expected = left.map((e) => {
    const centred = e.map((value) => value - mean);
    const products = centred.reduce((sum, v, t) => (t > 0 ? sum + v * centred[t - 1] : sum), 0);
    const squares = centred.reduce((sum, v) => sum + v * v, 0);
    return Math.trunc((products / (n - 1) / (squares / n)) * 100) / 100;
  });
  expect(Array.from(rho)).toEqual(expected);
});
