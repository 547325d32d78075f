import { InvalidArgument } from "../../core/errors.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import { valuesOf, type ModelsOfPeople } from "../../stats/group/models-of-people.ts";
import { othersName } from "./weight-quantity.ts";

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

/** Scores of people, and how they were compared. */
type ComparedPeople = ModelsOfPeople & { readonly rsaMetric: string };

/**
 * The bound that scores are percent of: of a ceiling of the same people and places, or the mean of the others among the
 * scores.
 *
 * @throws UnknownOption for no such bound; InvalidArgument for a ceiling of another comparison.
 */
export function boundFor(
  scores: ComparedPeople,
  ceiling: ComparedPeople | undefined,
  bound: string | undefined,
): { readonly values: Float64Array; readonly name: string } {
  const name = bound ?? (ceiling === undefined ? othersName : "lower");
  placeOfName("ceiling", name, (ceiling ?? scores).modelNames);
  if (ceiling === undefined) return { values: valuesOf(scores, name), name };
  checkCeilingComparison(scores.rsaMetric, ceiling.rsaMetric);
  return { values: valuesOf(ceiling, name), name: `the ${name} noise ceiling` };
}

/** Without what else is said of it, under one of its two names. */
function comparisonOf(words: string): string {
  const bare = words.startsWith(PREFIX) ? words.slice(PREFIX.length) : words;
  const name = bare.replace(/, cross-validated over items$/, "");
  return name === "corr" ? "pearson" : name;
}
