import type { Minimum } from "./nelder-mead.ts";
import type { Work } from "../../core/work.ts";

const MOST_STEPS = 300;

/** Least value of a smooth function, by the quasi-Newton method BFGS with central differences (Nocedal & Wright, 6.1). */
export function* bfgs(f: (at: Float64Array) => number, start: Float64Array): Work<Minimum> {
  const n = start.length;
  let at: Float64Array = start.slice();
  let value = f(at);
  let gradient: Float64Array = yield* slope(f, at);
  let inverse = identity(n);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = Float64Array.from({ length: n }, (_, i) => -product(inverse[i], gradient));
    const descent = product(direction, gradient);
    if (!(descent < 0)) break;
    const next: Minimum | undefined = yield* search(f, at, value, direction, descent);
    if (next === undefined || value - next.value <= 1e-15 * Math.abs(value)) break;
    const nextGradient: Float64Array = yield* slope(f, next.at);
    inverse = updated(inverse, difference(next.at, at), difference(nextGradient, gradient));
    at = next.at;
    value = next.value;
    gradient = nextGradient;
    if (Math.sqrt(product(gradient, gradient)) < 1e-9) break;
  }
  return { at, value };
}

/** Halve the step until the value falls as the slope says (Armijo). */
function* search(
  f: (at: Float64Array) => number,
  at: Float64Array,
  value: number,
  direction: Float64Array,
  descent: number,
): Work<Minimum | undefined> {
  for (let length = 1; length > 1e-14; length /= 2) {
    const next = at.map((x, i) => x + length * direction[i]);
    const found = f(next);
    yield;
    if (found <= value + 1e-4 * length * descent) return { at: next, value: found };
  }
  return undefined;
}

function* slope(f: (at: Float64Array) => number, at: Float64Array): Work<Float64Array> {
  const gradient = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) {
    const step = 6e-6 * Math.max(1, Math.abs(at[i]));
    const [up, down] = [at.slice(), at.slice()];
    up[i] += step;
    down[i] -= step;
    const above = f(up);
    yield;
    gradient[i] = (above - f(down)) / (2 * step);
    yield;
  }
  return gradient;
}

/** The inverse Hessian after a step s that changed the gradient by y. */
function updated(inverse: Float64Array[], s: Float64Array, y: Float64Array): Float64Array[] {
  const curvature = product(s, y);
  if (!(curvature > 1e-300)) return identity(s.length);
  const inverseY = Float64Array.from(inverse, (row) => product(row, y));
  const scale = (1 + product(y, inverseY) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map(
      (value, j) =>
        value + scale * s[i] * s[j] - (inverseY[i] * s[j] + s[i] * inverseY[j]) / curvature,
    ),
  );
}

function identity(n: number): Float64Array[] {
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_v, j) => (i === j ? 1 : 0)),
  );
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
