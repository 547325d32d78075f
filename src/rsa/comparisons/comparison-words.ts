import { jointComparisons, pairComparisons } from "./registry.ts";
import { isCalled } from "./resolve.ts";

/** What figures call the score of a comparison, by any of its names; one that is none of ours keeps its own. */
export function comparisonWords(name: string): string {
  return (
    [...pairComparisons, ...jointComparisons].find((one) => isCalled(one, name))?.words ?? name
  );
}
