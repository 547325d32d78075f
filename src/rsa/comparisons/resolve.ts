import { InvalidArgument, UnknownOption, Unsupported } from "../../core/errors.ts";
import type { Comparison, JointComparison } from "./comparison.ts";
import {
  compareMethodNames,
  comparisonNames,
  jointComparisons,
  pairComparisons,
  type CompareMethod,
  type RsaMetric,
} from "./registry.ts";

/** A way to compare two RDMs: the name of one of ours, or one of your own. */
export type PairComparisonLike = CompareMethod | Comparison;

/**
 * A way to compare RDMs with models: the name of one of ours, or one of your own, of two RDMs or of all models at once.
 * What is read of your own, and what a file with one looks like: docs/decisions/0005-own-comparisons.md.
 */
export type ComparisonLike = RsaMetric | Comparison | JointComparison;

/** Whether scores depend on all models. */
export function isJoint(comparison: Comparison | JointComparison): comparison is JointComparison {
  return "jointly" in comparison;
}

/** The comparison of that name, or the caller's own after a check. Throws `UnknownOption`, `InvalidArgument`. */
export function comparisonOf(metric: ComparisonLike): Comparison | JointComparison {
  if (typeof metric === "object" && metric !== null && !Array.isArray(metric))
    return checked(metric);
  const found = [...pairComparisons, ...jointComparisons].find((one) => isCalled(one, metric));
  if (found !== undefined) return found;
  throw new UnknownOption("RSA metric", metric, comparisonNames);
}

/** The same for two RDMs. Throws `Unsupported` for a comparison that needs all models at once. */
export function pairComparisonOf(method: PairComparisonLike): Comparison {
  if (
    (typeof method !== "object" || method === null) &&
    !(comparisonNames as readonly unknown[]).includes(method)
  )
    throw new UnknownOption("method", method, compareMethodNames);
  const comparison = comparisonOf(method);
  if (!isJoint(comparison)) return comparison;
  throw new Unsupported(
    `${comparison.name} of two RDMs`,
    `it compares data with all models at once: use rsa(data, models, { metric: "${comparison.name}" }), or another method`,
  );
}

/** What a result says of how it was compared. */
export function nameOf(metric: ComparisonLike): string {
  return typeof metric === "object" ? metric.name : metric;
}

/** Whether a comparison goes by this name. */
export function isCalled(
  { name, aliases = [] }: { readonly name: string; readonly aliases?: readonly string[] },
  asked: unknown,
): boolean {
  return name === asked || (aliases as readonly unknown[]).includes(asked);
}

/** Throws `InvalidArgument` for what is no comparison, and for one that would go by the name of another. */
function checked(own: Comparison | JointComparison): Comparison | JointComparison {
  const comparison = own;
  if ([...pairComparisons, ...jointComparisons].some((one) => one === own)) return comparison;
  const { name } = comparison;
  if (typeof name !== "string" || name === "")
    throw new InvalidArgument("name of the comparison", name, "give a text that results can show");
  if ((comparisonNames as readonly string[]).includes(name))
    throw new InvalidArgument("name of the comparison", name, "it is one of ours; give another");
  const functions = isJoint(comparison) ? ["jointly"] : ["prepare", "score"];
  for (const key of functions)
    if (typeof Reflect.get(comparison, key) !== "function")
      throw new InvalidArgument(
        `${key} of ${name}`,
        Reflect.get(comparison, key),
        "give a function",
      );
  if (!isJoint(comparison)) {
    checkWord(comparison, "direction", ["similarity", "distance"]);
    checkWord(comparison, "zero", ["chance", "equals"]);
  }
  return comparison;
}

function checkWord(
  comparison: Comparison,
  key: "direction" | "zero",
  words: readonly string[],
): void {
  if (words.includes(comparison[key])) return;
  throw new InvalidArgument(
    `${key} of ${comparison.name}`,
    comparison[key],
    `give ${words.join(" or ")}`,
  );
}
