import { expect, test } from "vitest";
import { comparisonNames } from "../../src/index.ts";
import { comparisonWords } from "../../src/rsa/comparisons/comparison-words.ts";

test("figures call every comparison by words of its own, under any of its names", () => {
  const words = comparisonNames.map(comparisonWords);
  words.forEach((said, at) => expect(said).not.toBe(comparisonNames[at]));
  // Each under one name or two.
  expect(new Set(words).size).toBe(14);
  expect(comparisonWords("pearson")).toBe(comparisonWords("corr"));
  expect(comparisonWords("spearman")).toBe("Spearman’s ρ");
  expect(comparisonWords("kendall-tau-a")).toBe("Kendall’s τ (a)");
});

test("a comparison of one's own keeps its name", () => {
  expect(comparisonWords("my score")).toBe("my score");
});
