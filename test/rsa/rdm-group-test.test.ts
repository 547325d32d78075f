import { describe, expect, test } from "vitest";
import { permutationTTest, random, Rdm, rdmGroupTest, reorder } from "../../src/index.ts";

const items = ["a", "b", "c", "d"];
const { normal } = random(5);
const person = (effect: number) =>
  new Rdm(
    [1 + effect, 1, 1, 1, 1, 1].map((mean) => mean + 0.2 * normal()),
    { items },
  );
const patients = Array.from({ length: 6 }, () => person(1));
const controls = Array.from({ length: 5 }, () => person(0));
const quiet = { onProgress: false } as const;

describe("rdmGroupTest", () => {
  test("finds the pair in which two groups differ, whatever the order of the items", async () => {
    const straight = await rdmGroupTest(patients, controls, quiet);
    const turned = controls.map((rdm, k) => (k % 2 === 0 ? reorder(rdm, items.toReversed()) : rdm));
    const result = await rdmGroupTest(patients, turned, quiet);
    expect(result.t.condensed).toEqual(straight.t.condensed);
    expect(result.correctedPValues.between("a", "b")).toBe(1 / 462);
    expect(result.pAnywhere).toBe(1 / 462);
    expect(result.difference.between("b", "a")).toBeCloseTo(1, 0);
    expect(result.method).toContain("6 against 5 observations");
  });

  test("its numbers are those of the t test of the pairs", async () => {
    const rows = (rdms: readonly Rdm[]) => rdms.map((rdm) => rdm.condensed);
    const plain = await permutationTTest(rows(patients), { versus: rows(controls), ...quiet });
    const { t, pValues } = await rdmGroupTest(patients, controls, quiet);
    expect(t.condensed).toEqual(plain.t.data);
    expect(pValues.condensed).toEqual(plain.pValues.data);
  });

  test("other items are refused, or left out when asked; a pair that is NaN is not tested, and said", async () => {
    const other = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
    await expect(rdmGroupTest(patients, [other, other], quiet)).rejects.toThrow(/"d"/);
    const common = await rdmGroupTest(patients, [other, other], { items: "common", ...quiet });
    expect(common.t.items).toEqual(["a", "b", "c"]);
    const gap = patients.with(0, new Rdm(patients[0].condensed.with(2, NaN), { items }));
    const { t, notes, pAnywhere } = await rdmGroupTest(gap, controls, quiet);
    expect(t.between("a", "d")).toBeNaN();
    expect(notes[0]).toContain("1 of 6 measures were not tested");
    expect(pAnywhere).toBe(1 / 462);
  });

  test("groups of one, and a second versus, are refused", async () => {
    await expect(rdmGroupTest(patients, controls[0], quiet)).rejects.toThrow(/two people/);
    await expect(rdmGroupTest(patients[0], controls, quiet)).rejects.toThrow(/two people/);
    await expect(rdmGroupTest(patients, controls, { versus: [] } as never)).rejects.toThrow(
      /versus/,
    );
  });
});
