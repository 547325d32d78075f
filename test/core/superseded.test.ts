import { afterEach, expect, test, vi } from "vitest";
import { currentWord } from "../../src/core/superseded.ts";
import { clean } from "../../src/mri/masker/clean.ts";
import { lassoLarsCv } from "../../src/encoding/lasso-lars.ts";

afterEach(() => vi.restoreAllMocks());

test("an old word means the new one, which is said once", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const words = { old: "new" };
  expect([currentWord("way", "old", words), currentWord("way", "old", words)]).toEqual([
    "new",
    "new",
  ]);
  expect(currentWord("way", "new", words)).toBe("new");
  expect(warn.mock.calls).toEqual([['way: "old" is called "new" now; the old word still works']]);
});

test("time courses are standardised alike by old and new words", () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const run = [[1], [3], [8]];
  for (const [before, today] of [
    ["seed", "zscore"],
    ["0.13", "zscore-sample"],
  ] as const)
    expect(clean(run, { standardize: before }).data).toEqual(
      clean(run, { standardize: today }).data,
    );
});

test("a lasso is scaled alike by old and new words, and takes one of them", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const X = Array.from({ length: 20 }, (_, t) => [t % 2, (t % 3) - 1]);
  const y = X.map(([a, b]) => 2 * a + b);
  const quiet = { onProgress: false } as const;
  const today = await lassoLarsCv(X, y, { normalize: "per-fold", ...quiet });
  expect((await lassoLarsCv(X, y, { era: "seed", ...quiet })).coef).toEqual(today.coef);
  await expect(lassoLarsCv(X, y, { era: "seed", normalize: "none" })).rejects.toThrow(/that alone/);
});
