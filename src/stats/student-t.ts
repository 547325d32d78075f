import { InvalidArgument } from "../core/errors.ts";
import { proper } from "../core/gate/kinds.ts";
import { toNumber } from "../core/gate/number.ts";
import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Probability that Student's t with `dof` degrees of freedom is at least `t` (one-sided p value). Agrees with
 * `scipy.stats.t.sf`. Throws `InvalidArgument` for degrees of freedom that are not positive.
 *
 * @example
 * import { studentTUpperTail } from "tsrsa";
 * studentTUpperTail(2.5, 10).toFixed(5); // '0.01572'
 */
export function studentTUpperTail(t: number, dof: number): number {
  checkDof(dof);
  return upperTail(
    toNumber(t, () => "t"),
    dof,
  );
}

function upperTail(t: number, dof: number): number {
  if (t === Infinity) return 0;
  const outer = incompleteBeta(dof / (dof + t * t), dof / 2, 0.5) / 2;
  // Close to zero the inner part is the small one, and keeps its digits.
  const inner = incompleteBeta((t * t) / (dof + t * t), 0.5, dof / 2) / 2;
  const upper = t * t < 1 ? 0.5 - inner : outer;
  return t >= 0 ? upper : 1 - upper;
}

/**
 * The t that Student's t with `dof` degrees of freedom exceeds with probability `p`. Agrees with
 * `scipy.stats.t.isf`. Throws `InvalidArgument` unless 0 < p < 1.
 *
 * @example
 * import { studentTThreshold } from "tsrsa";
 * studentTThreshold(0.025, 14).toFixed(4); // '2.1448'
 */
export function studentTThreshold(p: number, dof: number): number {
  checkDof(dof);
  proper(p, "p");
  if (p > 0.5) return -studentTThreshold(1 - p, dof);
  let [low, high] = [0, 1];
  while (upperTail(high, dof) > p) [low, high] = [high, 2 * high];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle, dof) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function checkDof(dof: number): void {
  if (!(typeof dof === "number" && dof > 0))
    throw new InvalidArgument(
      "dof",
      dof,
      "give a positive number: a t test needs two observations",
    );
}
