import { oneOf, positive } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRdms, type RdmInput } from "./rdm-list.ts";
import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import { alignRdms } from "./align-rdms.ts";
import { weightedMean } from "./mean-rdm.ts";
import { ownedRdm } from "./owned.ts";
import type { Rdm } from "./rdm.ts";
import { describing } from "./take-items.ts";

const methods = ["evidence", "setsize", "simple"] as const;

/** How to bring RDMs to one scale. */
export interface RescaleOptions {
  /**
   * What a dissimilarity counts in the common estimate: its square, at least 0.04 (`evidence`, default), 1 over the
   * number of pairs of its RDM (`setsize`), or 1 (`simple`).
   */
  readonly method?: (typeof methods)[number];
  /** It ends when the sum of squared changes is no larger than this. Default 1e-8. */
  readonly threshold?: number;
}

/** RDMs on one scale, and what each of their pairs counted. */
export interface RescaledRdms {
  readonly rdms: readonly Rdm[];
  /** A list per RDM, as {@link meanRdm} takes them. */
  readonly weights: readonly Float64Array[];
}

const mostSteps = 10_000;

const rescaleNames: OptionNames<RescaleOptions> = { method: oneOf(methods), threshold: positive };

/**
 * Bring RDMs that share only some pairs to one scale: each is scaled to the length that the common estimate has over
 * its pairs, the estimate is their mean, and so on until it settles. Agrees with rsatoolbox's `rescale`.
 *
 * @throws ItemMismatch and others as {@link alignRdms}; InvalidArgument for an RDM that is all 0 or `NaN`, or when it
 *   does not settle; UnknownOption.
 * @example
 * import { Rdm, rescaleRdms } from "tsrsa";
 * const { rdms } = rescaleRdms([new Rdm([1, 2, 2]), new Rdm([10, 20, 20])]);
 * rdms[0].condensed[0] === rdms[1].condensed[0]; // true
 */
export function rescaleRdms(rdms: RdmInput, options: RescaleOptions = {}): RescaledRdms {
  checkOptions(options, rescaleNames);
  const all = toRdms(rdms);
  const { method = "evidence", threshold = 1e-8 } = options;
  if (!methods.includes(method)) throw new UnknownOption("method", method, methods);
  if (all.length === 0) throw new InvalidArgument("rdms", "none", "give at least one RDM");
  const aligned = alignRdms(all);
  const vectors = aligned.map((rdm) => rdm.condensed);
  const weights = vectors.map((vector) => weightsOf(vector, method));
  const scaled = settle(vectors, weights, threshold);
  return {
    rdms: aligned.map((rdm, at) => ownedRdm(scaled[at], describing(rdm))),
    weights,
  };
}

function weightsOf(vector: Float64Array, method: (typeof methods)[number]): Float64Array {
  if (method === "evidence") return vector.map((value) => Math.max(0.04, value * value));
  const known = vector.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const weight = method === "setsize" ? 1 / known : 1;
  return vector.map((value) => (Number.isNaN(value) ? NaN : weight));
}

function settle(
  vectors: readonly Float64Array[],
  weights: readonly Float64Array[],
  threshold: number,
): Float64Array[] {
  const units = vectors.map((vector) => scaledBy(vector, 1 / lengthOf(vector)));
  let estimate = unit(weightedMean(vectors, () => 1));
  for (let step = 0; step < mostSteps; step++) {
    const aligned = units.map((vector) => scaledBy(vector, lengthWhere(estimate, vector)));
    const next = unit(weightedMean(aligned, (v, pair) => weights[v][pair]));
    const change = squaredDistance(next, estimate);
    estimate = next;
    if (!(change > threshold)) return aligned;
  }
  throw new InvalidArgument(
    "threshold",
    threshold,
    `the scales have not settled in ${mostSteps} steps; raise it, or leave out RDMs that share few pairs`,
  );
}

function scaledBy(vector: Float64Array, factor: number): Float64Array {
  return vector.map((value) => value * factor);
}

function unit(vector: Float64Array): Float64Array {
  return scaledBy(vector, 1 / lengthOf(vector));
}

function lengthOf(vector: Float64Array): number {
  const length = lengthWhere(vector, vector);
  if (length > 0) return length;
  throw new InvalidArgument("rdms", "one that is all 0 or NaN", "it has no scale; leave it out");
}

/** Length over the pairs that `where` has too. */
function lengthWhere(vector: Float64Array, where: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) {
    if (!Number.isNaN(vector[at]) && !Number.isNaN(where[at])) sum += vector[at] ** 2;
  }
  return Math.sqrt(sum);
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    if (!Number.isNaN(a[at]) && !Number.isNaN(b[at])) sum += (a[at] - b[at]) ** 2;
  }
  return sum;
}
