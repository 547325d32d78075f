import { InvalidArgument } from "../../core/errors.ts";

const PREFIX = "noise ceiling, ";

/** What a noise ceiling says of how it was compared. */
export function ceilingWords(rsaMetric: string): string {
  return `${PREFIX}${rsaMetric}`;
}

/**
 * Scores are percent of a ceiling of their own comparison alone: a Spearman ceiling is another number than one of tau-a.
 *
 * @param scores - `rsaMetric` of the scores.
 * @param ceiling - `rsaMetric` of the ceiling.
 * @throws InvalidArgument where they differ.
 */
export function checkCeilingComparison(scores: string, ceiling: string): void {
  const [wanted, found] = [comparisonOf(scores), comparisonOf(ceiling)];
  if (wanted === found) return;
  throw new InvalidArgument(
    "ceiling",
    `one of ${found}`,
    `the scores are ${scores}: make the ceiling with the same rsaMetric, or score by ${found}`,
  );
}

/** Without what else is said of it, under one of its two names. */
function comparisonOf(words: string): string {
  const bare = words.startsWith(PREFIX) ? words.slice(PREFIX.length) : words;
  const name = bare.replace(/, cross-validated over items$/, "");
  return name === "corr" ? "pearson" : name;
}
