import { InvalidArgument } from "../core/errors.ts";
import { callback, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames, without } from "../core/gate/options.ts";
import { Rdm, type RdmOptions, rdmNames } from "./rdm.ts";

/** What may be said of a model made pair by pair. */
export type PerPairOptions = Omit<RdmOptions, "items">;

const perPairNames: OptionNames<PerPairOptions> = without(["items"], rdmNames);

/**
 * A model RDM from a rule: for every pair of items how dissimilar they should be. A pair for which the rule gives `NaN`
 * is one that the model says nothing of; comparisons leave it out with `ignoreNan: true`.
 *
 * @param items - labels of the items.
 * @param dissimilarity - the rule, asked once for each pair, in the order of `items`.
 * @throws InvalidArgument when the rule gives what is no number.
 * @example
 * import { perPair } from "tsrsa";
 * const words = ["cat", "dog", "house"];
 * const length = perPair(words, (a, b) => Math.abs(a.length - b.length), { name: "length" });
 * length.between("cat", "house"); // 2
 */
export function perPair(
  items: readonly string[],
  dissimilarity: (a: string, b: string) => number,
  options: PerPairOptions = {},
): Rdm {
  texts(items, "items");
  callback(dissimilarity, "dissimilarity");
  checkOptions(options, perPairNames);
  const condensed = items.flatMap((a, i) =>
    items.slice(i + 1).map((b) => {
      const value: unknown = dissimilarity(a, b);
      if (typeof value === "number") return value;
      throw new InvalidArgument(
        "dissimilarity",
        value,
        `the rule must give a number; for ${a} and ${b} it gave none`,
      );
    }),
  );
  return new Rdm(condensed, { metric: "model", ...options, items });
}
