import { describe, expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { computeRdm, pairIndex, Rdm, renamed, withItems, withMeta } from "../../src/rdm/index.ts";

describe("an Rdm", () => {
  test("says in text what it is", () => {
    const rdm = new Rdm([1, NaN, 0.25], {
      items: ["face", "house", "tree"],
      metric: "correlation",
      name: "IT",
      meta: { subject: 3 },
    });
    expect(rdm[jupyterDisplay]()).toEqual({
      "text/plain":
        'Rdm (IT, correlation): 3 items ("face", "house", "tree"), 3 pairs; values 0.25 to 1; 1 NaN; subject: 3',
    });
    expect(new Rdm([])[jupyterDisplay]()).toEqual({
      "text/plain": "Rdm: 1 items without labels, 0 pairs; no values",
    });
  });

  test("is square and condensed at once", () => {
    const rdm = new Rdm([1, 2, 3]);
    expect([...rdm.toSquare()]).toEqual([0, 1, 2, 1, 0, 3, 2, 3, 0]);
    expect([rdm.at(2, 1), rdm.at(1, 1), pairIndex(2, 0, 3)]).toEqual([3, 0, 1]);
  });

  test("does not follow what its numbers came from", () => {
    const numbers = Float64Array.of(1, 2, 3);
    const rdm = new Rdm(numbers);
    numbers[0] = 9;
    expect(rdm.at(0, 1)).toBe(1);
  });

  test("of a size that no RDM has is refused", () => {
    expect(() => new Rdm([1, 2])).toThrow(/n \(n − 1\) \/ 2 dissimilarities, found 2/);
    expect(() => new Rdm([1], { items: ["a"] })).toThrow(/2 labels/);
  });

  test("is described anew without being changed", () => {
    const rdm = new Rdm([0.5], { name: "a", meta: { roi: "V1", subject: 1 } });
    expect(renamed(rdm, "b").name).toBe("b");
    expect(withMeta(rdm, { subject: 2 }).meta).toEqual({ roi: "V1", subject: 2 });
    expect(withItems(rdm, ["x", "y"]).between("y", "x")).toBe(0.5);
    expect([rdm.name, rdm.items, rdm.meta.subject]).toEqual(["a", undefined, 1]);
  });
});

test("equal patterns are exactly 0 apart, and opposite ones exactly 2", () => {
  const row = [0.1, 0.7, 0.2, 0.9, 1 / 3];
  const opposite = row.map((x) => -x);
  for (const metric of ["correlation", "cosine"] as const)
    expect([...computeRdm([row, row, opposite], { metric }).condensed]).toEqual([0, 2, 2]);
});

test("very small and very large patterns have a correlation too", () => {
  const row = [1, 2, 4];
  const [tiny, huge] = [1e-100, 1e100].map((scale) => row.map((x) => x * scale));
  const rdm = computeRdm([row, tiny, huge]);
  for (const d of rdm.condensed) expect(Math.abs(d)).toBeLessThan(1e-15);
});
