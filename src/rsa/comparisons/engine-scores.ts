import { productsOfEach } from "../compare/products.ts";
import type { ProductScores } from "./comparison.ts";
import { comparisonOf, isJoint, type ComparisonLike } from "./resolve.ts";
import { tauA } from "./tau-a.ts";

/**
 * How the compute engine scores many data RDMs without keeping them: from their products with fixed vectors, made once
 * when they are asked for, or by counting Kendall's tau-a.
 */
export type EngineScores =
  { readonly by: "products"; readonly prepare: () => ProductScores } | { readonly by: "taus" };

/** Undefined where every RDM has to be compared by itself. Models must not be empty. Throws as `comparisonOf`. */
export function engineScores(
  models: readonly Float64Array[],
  metric: ComparisonLike,
): EngineScores | undefined {
  const comparison = comparisonOf(metric);
  if (comparison === tauA) return { by: "taus" };
  if (isJoint(comparison)) {
    const { products } = comparison;
    return products && { by: "products", prepare: () => products(models) };
  }
  const { product } = comparison;
  // The engine centres RDMs, and a product of values is no longer one then.
  if (product === undefined || product.scale === "values") return undefined;
  return { by: "products", prepare: () => productsOfEach(models, product) };
}
