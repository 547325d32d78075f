import { partialProducts, scorerByProducts } from "../compare/products.ts";
import type { JointComparison } from "./comparison.ts";

const products = partialProducts(true);

/** Partial correlation of the ranks. */
export const partialSpearman = {
  name: "partial-spearman" as const,
  leastModels: 2,
  products,
  jointly: (models) => scorerByProducts(products(models)),
} satisfies JointComparison;
