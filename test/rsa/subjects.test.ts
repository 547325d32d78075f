import { expect, test } from "vitest";
import { permuteItems, Rdm } from "../../src/rdm/index.ts";
import { compareRdms, groupSeparation, interSubjectRsa } from "../../src/rsa/index.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: Readonly<Record<string, ReferenceArray>>;
  readonly expected: {
    readonly statistic: number;
    readonly null: ReferenceArray;
    readonly p: number;
    readonly iscPairs: ReferenceArray;
  } & Readonly<Record<string, { spearman: number; null: ReferenceArray; pTwoSided: number }>>;
}
const { cases } = readReference<{ cases: readonly Case[] }>("./questions/subjects.json");
const quiet = { onProgress: false } as const;

/** Rows of a matrix. */
function rowsOf(array: ReferenceArray): Float64Array[] {
  const [n, width] = array.shape;
  const all = numbersOf(array);
  return Array.from({ length: n }, (_, at) => all.slice(at * width, (at + 1) * width));
}

const [isc] = cases.filter(({ name }) => name.startsWith("inter-subject"));
const samples = rowsOf(isc.input.series);
const names = samples[0].reduce<string[]>(
  (all, _, at) => [...all, `p${String(at).padStart(2, "0")}`],
  [],
);
const series = Object.fromEntries(names.map((name, p) => [name, samples.map((row) => row[p])]));
const values = numbersOf(isc.input.behaviour);
const behaviour = Object.fromEntries(names.map((name, p) => [name, values[p]]));

test.each([
  ["nearest-neighbour", "nearestNeighbour"],
  ["anna-karenina", "annaKareninaMean"],
  ["anna-karenina-ranks", "annaKareninaRanks"],
] as const)(
  "inter-subject RSA, %s, agrees, and so does the null of given orders of people",
  async (model, key) => {
    const found = await interSubjectRsa(series, behaviour, { model, permutations: 50, ...quiet });
    const wanted = isc.expected[key];
    expect(found.score).toBeCloseTo(wanted.spearman, 9);
    expect(
      largestDifference(found.similarity.condensed, numbersOf(isc.expected.iscPairs)),
    ).toBeLessThan(1e-9);
    const shuffled = rowsOf(isc.input.permutations).map((order) =>
      permuteItems(found.model, Array.from(order)),
    );
    const plain = shuffled.map((rdm) => rdm.condensed);
    const { scores } = await compareRdms(plain, found.similarity.condensed, quiet);
    expect(largestDifference(scores, numbersOf(wanted.null))).toBeLessThan(1e-9);
  },
);

test("people are matched by name, and missing ones refused", async () => {
  const turned = Object.fromEntries(Object.entries(behaviour).reverse());
  const found = await interSubjectRsa(series, behaviour, { permutations: 50, ...quiet });
  const same = await interSubjectRsa(series, turned, { permutations: 50, ...quiet });
  expect(same.score).toBe(found.score);
  expect(found.pValue).toBeGreaterThan(0);
  const { p00, ...rest } = behaviour;
  expect(p00).toBeDefined();
  await expect(interSubjectRsa(series, rest, quiet)).rejects.toThrow("p00");
  await expect(interSubjectRsa(series, { ...behaviour, p03: NaN }, quiet)).rejects.toThrow(
    "behaviour of p03",
  );
  await expect(
    interSubjectRsa({ ...series, p01: samples.map(() => 2) }, behaviour, quiet),
  ).rejects.toThrow("series of p01");
  await expect(interSubjectRsa({ ...series, p01: [1, 2] }, behaviour, quiet)).rejects.toThrow(
    "p01",
  );
  const unnamed = new Rdm(found.similarity.condensed);
  await expect(interSubjectRsa(unnamed, behaviour, quiet)).rejects.toThrow("withItems");
  const given = await interSubjectRsa(found.similarity, turned, { permutations: 50, ...quiet });
  expect(given.score).toBe(found.score);
});

test.each(cases.filter(({ name }) => name.startsWith("two groups")))(
  "$name",
  async ({ name, input, expected }) => {
    const statistic = name.includes("within")
      ? "within-minus-between"
      : "one-minus-correlation-of-means";
    const groups = rowsOf(input.permutedGroups);
    const found = await groupSeparation(rowsOf(input.groupA), rowsOf(input.groupB), {
      statistic,
      groups,
      ...quiet,
    });
    expect(found.statistic).toBeCloseTo(expected.statistic, 9);
    expect(largestDifference(found.nullDistribution, numbersOf(expected.null))).toBeLessThan(1e-9);
    expect(found.pValue).toBeCloseTo(expected.p, 12);
  },
);

test("groups that cannot be compared are refused", async () => {
  const rdms = [
    [1, 2, 3],
    [1, 3, 2],
  ];
  await expect(groupSeparation(rdms, [[1, 2, 3]], quiet)).rejects.toThrow("two people");
  await expect(
    groupSeparation(
      rdms,
      [
        [1, 1, 1],
        [1, 2, 3],
      ],
      quiet,
    ),
  ).rejects.toThrow("constant");
  await expect(groupSeparation(rdms, rdms, { groups: [[0, 1, 1, 1]], ...quiet })).rejects.toThrow(
    "groups[0]",
  );
  const shuffled = await groupSeparation(rdms, rdms, { permutations: 9, seed: 2, ...quiet });
  expect(shuffled.nullDistribution).toHaveLength(9);
});
