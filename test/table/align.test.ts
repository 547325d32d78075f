import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import {
  alignByLabel,
  averageByLabel,
  compareCodePoints,
  distinctLabels,
} from "../../src/table/index.ts";

describe("alignByLabel", () => {
  test("items keep the order given, and repeats are counted", () => {
    const { items, index, counts } = alignByLabel(["s1", "f1", "s1", "u1"], ["f1", "s1", "u1"]);
    expect(items).toEqual(["f1", "s1", "u1"]);
    expect([...index]).toEqual([1, 0, 1, 2]);
    expect([...counts]).toEqual([1, 2, 1]);
  });

  test("without items they are the distinct labels by code point, as Python sorts them", () => {
    expect(alignByLabel(["é", "z", "B", "a", "😀", "\uff5e"]).items).toEqual([
      "B",
      "a",
      "z",
      "é",
      "\uff5e",
      "😀",
    ]);
  });

  test("numbers are sorted by value", () => {
    expect(distinctLabels([10, 9, 100, 9])).toEqual(["9", "10", "100"]);
  });

  test("a missing item is named", () => {
    expect(() => alignByLabel(["a", "c"], ["a", "b", "c"])).toThrow(/1 item is missing \("b"\)/);
  });

  test("a label that is no item is named", () => {
    expect(() => alignByLabel(["a", "x"], ["a"])).toThrow(/1 item is not expected \("x"\)/);
  });

  test("the number 1 and the text 1 are not one item", () => {
    expect(() => alignByLabel(["1", 1])).toThrow(/labels\[1\].*convert them all to text/);
  });

  test("an observation without a label is refused with its position", () => {
    expect(() => alignByLabel(["a", null])).toThrow(/labels\[1\]/);
    expect(() => alignByLabel([1, NaN])).toThrow(/labels\[1\]/);
  });

  test("a repeated item is named", () => {
    expect(() => alignByLabel(["a"], ["a", "a"])).toThrow(/1 label occurs more than once \("a"\)/);
  });

  test("missing items become NaN and unknown labels are left out only on request", () => {
    const alignment = alignByLabel(["a", "x"], ["a", "b"], { missing: "nan", unknown: "drop" });
    expect([...alignment.index]).toEqual([0, -1]);
    const rows = { data: Float64Array.of(1, 2), shape: [2, 1] };
    expect([...averageByLabel(rows, alignment).data]).toEqual([1, NaN]);
  });
});

test("averaging does not depend on the order of the observations", () => {
  const observations = fc.array(
    fc.record({ label: fc.constantFrom("a", "b", "c"), value: fc.integer({ min: -99, max: 99 }) }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(observations, (rows) => {
      const average = (list: typeof rows) =>
        averageByLabel(
          { data: Float64Array.from(list, (row) => row.value), shape: [list.length, 1] },
          alignByLabel(list.map((row) => row.label)),
        );
      expect(average([...rows].reverse())).toEqual(average(rows));
    }),
  );
});

test("code point order is a total order that agrees with comparing arrays of code points", () => {
  const points = (text: string) => Array.from(text, (c) => c.codePointAt(0) ?? 0);
  const byPoints = (a: number[], b: number[]) => {
    const at = a.findIndex((value, i) => value !== b[i]);
    return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at] - b[at];
  };
  const text = fc.string({ unit: "binary", maxLength: 6 });
  fc.assert(
    fc.property(
      text,
      text,
      (a, b) => Math.sign(compareCodePoints(a, b)) === Math.sign(byPoints(points(a), points(b))),
    ),
  );
});
