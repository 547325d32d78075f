import { partialProducts, scorerByProducts } from "../compare/products.ts";
import type { JointComparison } from "./comparison.ts";

const products = partialProducts(true);

/** Partial correlation of the ranks. */
export const partialSpearman = {
  name: "partial-spearman" as const,
  words: "partial Spearman’s ρ",
  leastModels: 2,
  products,
  jointly: (models) => scorerByProducts(products(models)),
} satisfies JointComparison;
