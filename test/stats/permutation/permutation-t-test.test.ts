import { expect, test } from "vitest";
import { permutationTTest } from "../../../src/stats/index.ts";
import { permutationReference, stored } from "./reference.ts";

const { signFlip } = permutationReference;
const X = stored(permutationReference.X);
const near = (values: readonly number[], digits = 12) =>
  values.map((value) => expect.closeTo(value, digits) as unknown);

test("every flip once: t, p alone, and p corrected by the largest t are those of brute force", async () => {
  const both = await permutationTTest(X, { onProgress: false });
  expect(both.exact).toBe(true);
  expect([...both.t.data]).toEqual(near(signFlip.t, 11));
  expect([...both.pValues.data]).toEqual(near(signFlip.p));
  expect([...both.correctedPValues.data]).toEqual(near(signFlip.max));
  const one = await permutationTTest(X, { tail: "greater", onProgress: false });
  expect([...one.pValues.data]).toEqual(near(signFlip.greater));
  expect([...one.correctedPValues.data]).toEqual(near(signFlip.maxGreater));
});

test("MNE-Python's permutation_t_test leaves one flip out; the order of its p values is ours", async () => {
  const { correctedPValues } = await permutationTTest(X, { onProgress: false });
  signFlip.mneP.forEach((p, j) =>
    expect(Math.abs(p - correctedPValues.data[j])).toBeLessThanOrEqual(1 / 31),
  );
});

test("an effect in one of many measures survives the correction, chance does not", async () => {
  const data = Array.from({ length: 12 }, (_, s) => [
    0.5 + 0.01 * (s % 5),
    ((s * 7) % 5) - 2,
    ((s * 3) % 7) - 3,
    0,
  ]);
  const { correctedPValues, pValues, method } = await permutationTTest(data, { onProgress: false });
  expect(correctedPValues.data[0]).toBe(1 / 2048);
  expect(correctedPValues.data[1]).toBeGreaterThan(0.5);
  expect(pValues.data[3]).toBeNaN();
  expect(correctedPValues.data[3]).toBeNaN();
  expect(method).toContain("all 2,048 sign flips");
});
