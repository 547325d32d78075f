import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";

/**
 * Non-negative x that minimises xᵀ A x − 2 bᵀ x, A positive definite in C order, by the active set of Bro & de Jong
 * (1997); undefined when A is not positive definite on the variables in use.
 */
export function nonNegativeSolution(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  const x = new Float64Array(n);
  const used = new Set<number>();
  const tolerance =
    100 * Number.EPSILON * b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let round = 0; round < 30 * n; round++) {
    const best = steepest(a, b, x, used, tolerance);
    if (best === undefined) break;
    used.add(best);
    for (;;) {
      const wanted = solveOn(a, b, [...used]);
      if (wanted === undefined) return undefined;
      if (step(x, wanted, used)) break;
    }
  }
  return x;
}

/** The unused variable that lowers the value most; undefined when none does. */
function steepest(
  a: Float64Array,
  b: Float64Array,
  x: Float64Array,
  used: ReadonlySet<number>,
  tolerance: number,
): number | undefined {
  let best: number | undefined;
  let most = tolerance;
  for (let i = 0; i < b.length; i++) {
    if (used.has(i)) continue;
    const descent = x.reduce((sum, value, j) => sum - a[i * b.length + j] * value, b[i]);
    if (descent > most) [best, most] = [i, descent];
  }
  return best;
}

/** Move x to the solution wanted, or as far as no variable turns negative; that one is given up. */
function step(x: Float64Array, wanted: ReadonlyMap<number, number>, used: Set<number>): boolean {
  let length = 1;
  let blocking: number | undefined;
  for (const [i, value] of wanted) {
    // One that is 0 and stays 0 blocks nothing (0 / 0 below).
    if (value > 0 || value === x[i]) continue;
    const reach = x[i] / (x[i] - value);
    if (blocking === undefined || reach < length) [blocking, length] = [i, reach];
  }
  for (const [i, value] of wanted) x[i] += length * (value - x[i]);
  if (blocking === undefined) return true;
  x[blocking] = 0;
  used.delete(blocking);
  return used.size === 0;
}

function solveOn(
  a: Float64Array,
  b: Float64Array,
  variables: readonly number[],
): ReadonlyMap<number, number> | undefined {
  const n = variables.length;
  const part = Float64Array.from(
    { length: n * n },
    (_, k) => a[variables[Math.floor(k / n)] * b.length + variables[k % n]],
  );
  const factor = cholesky(part, n);
  if (factor === undefined) return undefined;
  const x = solveCholesky(
    factor,
    Float64Array.from(variables, (i) => b[i]),
  );
  return new Map(variables.map((i, k) => [i, x[k]]));
}
