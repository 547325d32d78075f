import type { Work } from "../../core/work.ts";

/** A point where a function is least, as far as it was found. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

interface Vertex {
  at: Float64Array;
  value: number;
}

const MOST_STEPS = 4000;
/** A simplex that has shrunk onto a point which is none is opened again. */
const RESTARTS = 3;

/** Least value by the simplex of Nelder and Mead (1965), begun again from what it found until that does not improve. */
export function* nelderMead(f: (at: Float64Array) => number, start: Float64Array): Work<Minimum> {
  let best: Minimum = { at: start, value: f(start) };
  for (let round = 0; round < RESTARTS; round++) {
    const found: Minimum = yield* descend(f, best.at, round === 0 ? 0.5 : 0.05);
    const better = found.value < best.value - 1e-12 * Math.abs(best.value);
    if (found.value < best.value || best.value === Infinity) best = found;
    if (!better) break;
  }
  return best;
}

function* descend(
  f: (at: Float64Array) => number,
  start: Float64Array,
  step: number,
): Work<Minimum> {
  const n = start.length;
  const simplex: Vertex[] = [];
  for (let k = 0; k <= n; k++) {
    const at = start.slice();
    if (k > 0) at[k - 1] += step * Math.max(1, Math.abs(at[k - 1]));
    simplex.push({ at, value: f(at) });
    yield;
  }
  for (let count = 0; count < MOST_STEPS; count++) {
    simplex.sort((a, b) => a.value - b.value);
    if (isSmall(simplex)) break;
    yield* move(f, simplex, centre(simplex));
  }
  return simplex.reduce((a, b) => (b.value < a.value ? b : a));
}

function isSmall(simplex: readonly Vertex[]): boolean {
  const [first, last] = [simplex[0], simplex[simplex.length - 1]];
  const spread = Math.max(
    ...simplex.map(({ at }) => Math.max(...at.map((x, i) => Math.abs(x - first.at[i])))),
  );
  return spread < 1e-9 && !(Math.abs(last.value - first.value) > 1e-13);
}

/** Mean of all vertices but the worst. */
function centre(simplex: readonly Vertex[]): Float64Array {
  const n = simplex.length - 1;
  return simplex[0].at.map((_, i) => simplex.slice(0, n).reduce((sum, v) => sum + v.at[i], 0) / n);
}

function* move(
  f: (at: Float64Array) => number,
  simplex: Vertex[],
  middle: Float64Array,
): Work<void> {
  const n = simplex.length - 1;
  const worst = simplex[n];
  const along = (factor: number): Vertex => {
    const at = middle.map((m, i) => m + factor * (worst.at[i] - m));
    return { at, value: f(at) };
  };
  const reflected = along(-1);
  yield;
  if (reflected.value < simplex[0].value) {
    const expanded = along(-2);
    yield;
    simplex[n] = expanded.value < reflected.value ? expanded : reflected;
  } else if (reflected.value < simplex[n - 1].value) {
    simplex[n] = reflected;
  } else {
    const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
    yield;
    if (contracted.value < Math.min(worst.value, reflected.value)) simplex[n] = contracted;
    else yield* shrink(f, simplex);
  }
}

function* shrink(f: (at: Float64Array) => number, simplex: Vertex[]): Work<void> {
  const [best] = simplex;
  for (let k = 1; k < simplex.length; k++) {
    const at = simplex[k].at.map((x, i) => (x + best.at[i]) / 2);
    simplex[k] = { at, value: f(at) };
    yield;
  }
}
