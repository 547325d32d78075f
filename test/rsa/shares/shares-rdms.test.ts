import { describe, expect, test } from "vitest";
import { Rdm } from "../../../src/rdm/index.ts";
import { sharesRdms, type ShareQuantity } from "../../../src/rsa/index.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: {
    readonly data: ReferenceArray;
    readonly models: readonly ReferenceArray[];
    readonly ranks: boolean;
    readonly meg: ReferenceArray;
    readonly regions: ReferenceArray;
    readonly model: ReferenceArray;
  };
  readonly expected: Readonly<Record<string, unknown>>;
}

const { cases } = readReference<{ cases: readonly Case[] }>("./questions/commonality.json");

/** Reference names sets `0+1`. */
const setName = (key: string): string =>
  key
    .split("+")
    .map((m) => `model ${Number(m) + 1}`)
    .join(" + ");

const quantities: Readonly<Record<string, ShareQuantity>> = {
  correlation: "correlation",
  unique: "unique",
  semipartial: "semipartial",
  partial: "partial",
  standardisedBeta: "beta",
  generalDominance: "dominance",
  conditionalDominance: "conditionalDominance",
};

test("a model called like a set of others is refused: two scores would have one name", () => {
  const named = (name: string, ...d: number[]) => new Rdm(d, { name });
  const [a, b] = [named("a", 1, 2, 3, 4, 5, 6), named("b", 1, 0, 1, 0, 1, 1)];
  const both = (name: string) => named(name, 3, 1, 2, 6, 1, 1);
  expect(() => sharesRdms([1, 2, 3, 4, 6, 5], [a, b, both("a + b")])).toThrow("one called a + b");
  expect(sharesRdms([1, 2, 3, 4, 6, 5], [a, b, both("b + a")]).of().modelNames).toHaveLength(7);
});

describe("agrees with least squares of scikit-learn", () => {
  const plain = cases.filter(
    ({ name, input }) =>
      input.ranks !== undefined && input.data.shape.length === 1 && !name.startsWith("constant"),
  );
  test.each(plain)("$name", ({ input, expected }) => {
    const models = input.models.map(numbersOf);
    const shares = sharesRdms(numbersOf(input.data), models, {
      ranks: input.ranks,
      ignoreNan: true,
    });
    for (const kind of ["r2", "share"] as const)
      for (const [key, value] of Object.entries(expected[kind] as Record<string, number>))
        expect(shares.of(kind).score(0, setName(key)), `${kind} ${key}`).toBeCloseTo(value, 10);
    for (const [key, kind] of Object.entries(quantities)) {
      if (expected[key] === undefined) continue;
      const wanted = numbersOf(expected[key] as ReferenceArray);
      expect(largestDifference(shares.of(kind).scores, wanted), key).toBeLessThan(1e-9);
    }
    if (expected.adjustedR2 !== undefined)
      expect(shares.of("adjustedR2").single()).toBeCloseTo(expected.adjustedR2 as number, 10);
  });

  test("12 windows × 3 models, ranks", () => {
    const [{ input, expected }] = cases.filter(({ name }) => name.startsWith("12 windows"));
    const [nWindows, nPairs] = input.data.shape;
    const all = numbersOf(input.data);
    const windows = Array.from(
      { length: nWindows },
      (_, w) => new Rdm(all.slice(w * nPairs, (w + 1) * nPairs)),
    );
    const shares = sharesRdms(windows, input.models.map(numbersOf), { ranks: true });
    expect(
      largestDifference(shares.of("r2").scores, numbersOf(expected.r2 as ReferenceArray)),
    ).toBeLessThan(1e-9);
  });
});
