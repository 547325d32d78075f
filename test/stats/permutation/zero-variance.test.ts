import { expect, test } from "vitest";
import { permutationClusterTest, permutationTTest } from "../../../src/stats/index.ts";

const quiet = { onProgress: false } as const;
const subjects = Array.from({ length: 8 }, (_, k) => [0.1, 0.3 + 0.1 * k]);

test("observations that are all the same have no t and no p; the others have scipy's", async () => {
  const { t, pValues, correctedPValues, notes } = await permutationTTest(subjects, quiet);
  expect([t.data[0], pValues.data[0], correctedPValues.data[0]]).toEqual([NaN, NaN, NaN]);
  // scipy.stats.ttest_1samp
  expect(t.data[1]).toBeCloseTo(7.505553499465135, 10);
  expect(notes.join()).toContain("1 of 2 measures");
});

test("the same but for rounding, and in two samples", async () => {
  const rounded = subjects.map(([, b], k) => [k % 2 === 0 ? 0.1 + 0.2 : 0.3, b]);
  expect((await permutationTTest(rounded, quiet)).t.data[0]).toBeNaN();
  const versus = subjects.map(([, b]) => [0.7, b + 0.05]);
  const two = await permutationTTest(subjects, { versus, ...quiet });
  expect(two.t.data[0]).toBeNaN();
  expect(two.t.data[1]).toBeLessThan(0);
});

test("TFCE leaves such a position out with a note", async () => {
  const test = await permutationClusterTest(subjects, { tfce: true, ...quiet });
  expect(test.t.data[0]).toBeNaN();
  expect(test.t.data[1]).toBeCloseTo(7.505553499465135, 10);
  expect(test.pValues.data[0]).toBeNaN();
  expect(test.notes.join()).toContain("1 of 2 position was not tested");
});
