import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { Rdm, type RdmOptions, rdmNames } from "./rdm.ts";

const categoryNames: OptionNames<RdmOptions> = rdmNames;

/**
 * A model RDM of categories: 0 for items of the same category, 1 for others.
 * Agrees with rsatoolbox's `get_categorical_rdm`. Throws `ShapeMismatch` for labels that do not fit.
 *
 * @param categories - the category of each item.
 * @example
 * import { categoryRdm } from "tsrsa";
 * categoryRdm(["face", "house", "face"]).condensed; // Float64Array(3) [ 1, 0, 1 ]
 */
export function categoryRdm(
  categories: readonly (string | number | boolean)[],
  options: RdmOptions = {},
): Rdm {
  cells(categories, "categories");
  checkOptions(options, categoryNames);
  const n = categories.length;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) condensed[at++] = categories[i] === categories[j] ? 0 : 1;
  }
  return new Rdm(condensed, { metric: "category", ...options });
}
