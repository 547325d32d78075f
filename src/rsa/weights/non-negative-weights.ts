import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";
import { nonNegativeSolution } from "../minimise/non-negative.ts";
import { membersOf, modelSets } from "../shares/model-sets.ts";

/** Up to so many models every set of them is solved in closed form: no iteration, no tolerance. */
const MOST_IN_CLOSED_FORM = 6;

/**
 * Weights w ≥ 0 that minimise ‖y − Mw‖², from the products of the models G = MMᵀ (n × n in C order) and of the models with
 * the data b = My: of all sets of models the one whose least squares are not negative and explain most. Where models are
 * collinear, one set that explains as much as any.
 */
export function nonNegativeWeights(gram: Float64Array, products: Float64Array): Float64Array {
  const n = products.length;
  if (n > MOST_IN_CLOSED_FORM)
    return nonNegativeSolution(gram, products) ?? new Float64Array(n).fill(NaN);
  const best = new Float64Array(n);
  let most = 0;
  for (const set of modelSets(n)) {
    const members = membersOf(set);
    const weights = leastSquaresOf(gram, products, members);
    if (weights === undefined || weights.some((weight) => !(weight >= 0))) continue;
    const explained = members.reduce((sum, m, k) => sum + weights[k] * products[m], 0);
    if (!(explained > most)) continue;
    most = explained;
    best.fill(0);
    members.forEach((m, k) => (best[m] = weights[k]));
  }
  return best;
}

/** The same without a sign; the shortest sets first, so that of collinear models one is left out. */
export function plainWeights(gram: Float64Array, products: Float64Array): Float64Array {
  const n = products.length;
  const all = Array.from({ length: n }, (_, m) => m);
  return leastSquaresOf(gram, products, all) ?? new Float64Array(n).fill(NaN);
}

/** Undefined where the models of the set are collinear: a smaller set explains as much. */
function leastSquaresOf(
  gram: Float64Array,
  products: Float64Array,
  members: readonly number[],
): Float64Array | undefined {
  const n = members.length;
  const all = products.length;
  const part = Float64Array.from(
    { length: n * n },
    (_, k) => gram[members[Math.floor(k / n)] * all + members[k % n]],
  );
  const factor = cholesky(part, n);
  if (factor === undefined) return undefined;
  return solveCholesky(
    factor,
    Float64Array.from(members, (m) => products[m]),
  );
}
