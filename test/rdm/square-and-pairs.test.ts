import { describe, expect, test } from "vitest";
import { InvalidArgument, ShapeMismatch } from "../../src/core/index.ts";
import { perPair, Rdm, rdmFromSquare } from "../../src/rdm/index.ts";

describe("rdmFromSquare", () => {
  test("is the way back from toSquare, labels and all", () => {
    const rdm = new Rdm([1, NaN, 3, 4, 5, 6], { items: ["a", "b", "c", "d"], metric: "cosine" });
    const { items, metric } = rdm;
    const back = rdmFromSquare({ data: rdm.toSquare(), shape: [4, 4] }, { items, metric });
    expect(back.condensed).toEqual(rdm.condensed);
    expect([back.items, back.metric]).toEqual([items, metric]);
  });

  test("takes rows, float32, and rounding in the last digits", () => {
    const rows = [
      [0, 0.1, 2],
      [0.1 + 1e-17, 0, 3],
      [2, 3, 1e-12],
    ];
    expect([...rdmFromSquare(rows).condensed]).toEqual([0.1, 2, 3]);
    const single = { data: Float32Array.of(0, 5, 5, 0), shape: [2, 2] };
    expect([...rdmFromSquare(single).condensed]).toEqual([5]);
    expect(rdmFromSquare([[0]]).nItems).toBe(1);
  });

  test.each([
    [
      "not square",
      [
        [0, 1, 2],
        [1, 0, 3],
      ],
    ],
    ["a condensed vector as one row", [[1, 2, 3]]],
  ])("refuses what is %s", (_, rows) => {
    expect(() => rdmFromSquare(rows)).toThrow(ShapeMismatch);
  });

  test.each([
    [
      "not symmetric",
      [
        [0, 1],
        [2, 0],
      ],
    ],
    [
      "NaN on one side",
      [
        [0, NaN],
        [2, 0],
      ],
    ],
    [
      "similarities",
      [
        [1, 0.5],
        [0.5, 1],
      ],
    ],
    [
      "NaN on the diagonal",
      [
        [NaN, 1],
        [1, NaN],
      ],
    ],
  ])("refuses what is %s", (_, rows) => {
    expect(() => rdmFromSquare(rows)).toThrow(InvalidArgument);
  });

  test("refuses labels that do not fit", () => {
    expect(() =>
      rdmFromSquare(
        [
          [0, 1],
          [1, 0],
        ],
        { items: ["a"] },
      ),
    ).toThrow(ShapeMismatch);
  });
});

describe("perPair", () => {
  test("asks once for each pair, in the order of the items", () => {
    const asked: string[] = [];
    const rdm = perPair(["a", "b", "c"], (a, b) => asked.push(a + b), { name: "order" });
    expect(asked).toEqual(["ab", "ac", "bc"]);
    expect([...rdm.condensed]).toEqual([1, 2, 3]);
    expect([rdm.name, rdm.metric]).toEqual(["order", "model"]);
  });

  test("NaN says nothing of a pair; one item has no pair", () => {
    expect([...perPair(["a", "b"], () => NaN).condensed]).toEqual([NaN]);
    expect(perPair(["a"], () => 1).nItems).toBe(1);
  });

  test.each([undefined, null, "1", true])("a rule that gives %s is refused", (value) => {
    expect(() => perPair(["a", "b"], () => value as unknown as number)).toThrow(
      /for a and b it gave none/,
    );
  });
});
