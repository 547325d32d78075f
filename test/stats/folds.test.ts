import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { kFold, stratifiedKFold } from "../../src/stats/index.ts";

describe("folds", () => {
  const sizes = fc
    .integer({ min: 2, max: 40 })
    .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 2, max: n })));

  test("every row is tested once and trained on in all other folds", () => {
    fc.assert(
      fc.property(sizes, ([n, nFolds]) => {
        const folds = kFold(n, nFolds);
        expect(folds.flatMap((fold) => [...fold.test])).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
        for (const { train, test } of folds) expect(train.length + test.length).toBe(n);
      }),
    );
  });

  test("classes are in equal shares, to one row", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b", "c"), { minLength: 9, maxLength: 60 }),
        (classes) => {
          const folds = stratifiedKFold(classes, 3);
          expect(folds.flatMap((fold) => [...fold.test]).sort((a, b) => a - b)).toEqual([
            ...classes.keys(),
          ]);
          for (const name of ["a", "b", "c"]) {
            const counts = folds.map(
              ({ test }) => test.filter((row) => classes[row] === name).length,
            );
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  test.each([1, 0, -2, 2.5, 6, NaN])("%d folds of 5 rows are refused", (nFolds) => {
    expect(() => kFold(5, nFolds)).toThrow(/give an integer from 2 to the 5 rows/);
    expect(() => stratifiedKFold(["a", "a", "a", "a", "a"], nFolds)).toThrow(/nFolds/);
  });

  test("more folds than any class has rows are refused", () => {
    expect(() => stratifiedKFold(["a", "b", "a", "b"], 3)).toThrow(/use at most 2 folds/);
  });
});
