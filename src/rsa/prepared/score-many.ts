import { rankScoresSync } from "../../compute/rank-scores.ts";
import { worthSorting } from "../../compute/which-path.ts";
import { hasNaN } from "../../stats/has-nan.ts";
import type { ProductScores, Scorer } from "../comparisons/comparison.ts";
import { engineScores } from "../comparisons/engine-scores.ts";
import type { ComparisonLike } from "../comparisons/resolve.ts";

/**
 * Scores of many data RDMs, nData × nScores in C order: by the kernels where scores follow from products of ranks and there
 * is enough to rank, else one after the other. Those with `NaN` go one after the other always.
 */
export function scoreMany(
  models: readonly Float64Array[],
  metric: ComparisonLike,
  nScores: number,
  score: Scorer,
): (data: readonly Float64Array[]) => Float64Array {
  let products: ProductScores | undefined;
  let asked = false;
  const productsOfModels = (): ProductScores | undefined => {
    if (asked) return products;
    asked = true;
    const engine = models.some(hasNaN) ? undefined : engineScores(models, metric);
    const found = engine?.by === "products" ? engine.prepare() : undefined;
    products = found?.ranked === true ? found : undefined;
    return products;
  };
  return (data) => {
    const scores = new Float64Array(data.length * nScores);
    const known = data.length > 1 ? data.flatMap((rdm, at) => (hasNaN(rdm) ? [] : [at])) : [];
    const byProducts = worthSorting(known.length * models[0].length)
      ? productsOfModels()
      : undefined;
    const together = new Set(byProducts === undefined ? [] : known);
    if (byProducts !== undefined)
      rankScoresSync(
        known.map((at) => data[at]),
        byProducts.vectors,
        (k, squares, found) => scores.set(byProducts.scores(found, squares), known[k] * nScores),
      );
    data.forEach((rdm, at) => {
      if (!together.has(at)) scores.set(score(rdm), at * nScores);
    });
    return scores;
  };
}
