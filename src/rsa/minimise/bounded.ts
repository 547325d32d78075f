import type { Work } from "../../core/work.ts";

const SHRINK = (Math.sqrt(5) - 1) / 2;

/** Where a function of one number is least between two bounds, the bounds included; by golden sections. */
export function* leastBetween(f: (x: number) => number, low: number, high: number): Work<number> {
  let [a, b] = [low, high];
  let [left, right] = [b - SHRINK * (b - a), a + SHRINK * (b - a)];
  let [fLeft, fRight] = [f(left), f(right)];
  while (b - a > 1e-10 * (high - low)) {
    if (fLeft <= fRight) {
      [b, right, fRight] = [right, left, fLeft];
      left = b - SHRINK * (b - a);
      fLeft = f(left);
      yield;
    } else {
      [a, left, fLeft] = [left, right, fRight];
      right = a + SHRINK * (b - a);
      fRight = f(right);
      yield;
    }
  }
  const found = [low, (a + b) / 2, high].map((x) => ({ x, value: f(x) }));
  return found.reduce((best, next) => (next.value < best.value ? next : best)).x;
}
