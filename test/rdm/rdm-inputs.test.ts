import { describe, expect, test } from "vitest";
import { InvalidArgument, UnknownItem, UnknownOption } from "../../src/core/errors.ts";
import {
  alignRdms,
  computeRdm,
  concatRdms,
  meanRdm,
  rankTransform,
  Rdm,
  rsa,
  sortItems,
  subset,
  withMeta,
} from "../../src/index.ts";

const square = [
  [0, 1, 2],
  [1, 0, 3],
  [2, 3, 0],
];
const never = (value: unknown): never => value as never;

describe("what stands for an RDM without labels", () => {
  test.each<[string, unknown]>([
    ["a list", [1, 2, 3]],
    ["a typed array", Float32Array.of(1, 2, 3)],
    ["a square list of rows", square],
    ["a square matrix", { data: Float64Array.from(square.flat()), shape: [3, 3] }],
    ["a vector with its shape", { data: Float64Array.of(1, 2, 3), shape: [3] }],
  ])("%s", (_, value) => {
    expect(rankTransform(never(value)).condensed).toEqual(Float64Array.of(1, 2, 3));
    expect(rsa(never(value), [3, 2, 1]).single()).toBe(-1);
  });

  test("three vectors of three are three RDMs, a square matrix is one", () => {
    expect(
      alignRdms([
        [1, 2, 3],
        [3, 2, 1],
        [2, 2, 9],
      ]),
    ).toHaveLength(3);
    expect(alignRdms(square)).toHaveLength(1);
    expect(concatRdms([square, [[new Rdm([1, 2, 3])]].flat()])).toHaveLength(2);
  });

  test("NaN may stand on both sides of the diagonal, not on one", () => {
    const gap = (below: number): number[][] => [
      [0, NaN, 2],
      [below, 0, 3],
      [2, 3, 0],
    ];
    expect(meanRdm([gap(NaN)]).condensed).toEqual(Float64Array.of(NaN, 2, 3));
    expect(() => meanRdm([gap(1)])).toThrow(InvalidArgument);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "not symmetric",
      [
        [0, 1, 2],
        [1, 0, 3],
        [2, 4, 0],
      ],
      /symmetric/,
    ],
    ["of a diagonal that is not 0", { data: Float64Array.of(1, 2, 2, 1), shape: [2, 2] }, /zeros/],
    ["not square", { data: new Float64Array(6), shape: [2, 3] }, /condensed vector/],
    ["text", "1,2,3", /give an Rdm/],
    ["null", null, /give an Rdm/],
    ["a list of texts", ["1", "2", "3"], /text is not a number/],
    ["pairs that are no triangle", [1, 2], /condensed/],
  ])("a matrix %s is refused", (_, value, message) => {
    expect(() => rankTransform(never(value))).toThrow(message);
    expect(() => rsa(never(value), [3, 2, 1])).toThrow(message);
  });
});

const rdm = new Rdm([1, 2, 3], { items: ["b", "a", "c"] });

describe("items", () => {
  test("are a list, a set or one label; a label that is not there is named", () => {
    expect(sortItems(rdm, ["a", "b", "c"]).items).toEqual(["a", "b", "c"]);
    expect(subset(rdm, new Set(["a"])).items).toEqual(["a"]);
    expect(subset(rdm, "a").items).toEqual(["a"]);
    expect(() => subset(rdm, ["a", "cc"])).toThrow(UnknownItem);
    expect(() => subset(rdm, ["a", "cc"])).toThrow(/no item "cc".*did you mean "c"/);
  });

  test("a text is a word of ours, never a list of its letters", () => {
    expect(() => alignRdms([rdm], never("abc"))).toThrow(UnknownOption);
    expect(() => rsa(rdm, rdm, { items: never("bac") })).toThrow(UnknownOption);
    expect(() => computeRdm([[1, 2]], { items: never(3) })).toThrow(InvalidArgument);
  });
});

test("what is said of an RDM is simple, and other things are refused by place", () => {
  expect(() => withMeta(rdm, never({ subject: null }))).toThrow(/invalid meta.subject: null/);
  expect(() => new Rdm([1], { metric: never(["corr"]) })).toThrow(/invalid metric: a list of 1/);
  expect(() => new Rdm([1], { itemTable: never([{ a: 1 }]) })).toThrow(/asTable/);
});
