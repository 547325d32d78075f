import { partialProducts, scorerByProducts } from "../compare/products.ts";
import type { JointComparison } from "./comparison.ts";

const products = partialProducts(false);

/** Correlation of each model with the data without what the other models explain. */
export const partial = {
  name: "partial" as const,
  words: "partial correlation",
  leastModels: 2,
  products,
  jointly: (models) => scorerByProducts(products(models)),
} satisfies JointComparison;
