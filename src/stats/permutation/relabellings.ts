import { random } from "../../core/random.ts";
import type { Tail } from "./tail.ts";

/** The ways to relabel observations that a test goes through; the first is how they are. */
export interface Relabellings {
  readonly count: number;
  /** Every possible way occurs once, so p values are exact. */
  readonly exact: boolean;
  /** Labels of the observations, one way after the other. The array is used again for the next. */
  all(): Iterable<Int8Array>;
}

/** How many ways are wanted, and what they are drawn from. */
export interface RelabelOptions {
  readonly tail: Tail;
  readonly permutations: number;
  readonly seed: number;
}

/** Signs of `n` observations: every way when there are at most `permutations`, else that many drawn at random. */
export function signFlips(n: number, { tail, permutations, seed }: RelabelOptions): Relabellings {
  // Two-sided, a way and its mirror image have the same statistic: half of them say it all.
  const free = tail === "both" ? n - 1 : n;
  const exact = free < 31 && 2 ** free <= permutations;
  return exact
    ? { exact, count: 2 ** free, all: () => everySign(n, free) }
    : { exact, count: permutations, all: () => randomSigns(n, permutations, seed) };
}

function* everySign(n: number, free: number): Generator<Int8Array> {
  const signs = new Int8Array(n);
  for (let way = 0; way < 2 ** free; way++) {
    for (let i = 0; i < n; i++) signs[i] = (way >>> i) & 1 && i < free ? -1 : 1;
    yield signs;
  }
}

function* randomSigns(n: number, count: number, seed: number): Generator<Int8Array> {
  const { next } = random(seed);
  const signs = new Int8Array(n).fill(1);
  yield signs;
  for (let way = 1; way < count; way++) {
    for (let i = 0; i < n; i++) signs[i] = next() < 0.5 ? -1 : 1;
    yield signs;
  }
}

/** Groups of `n1 + n0` observations, 1 for the first sample and 0 for the second: every way, or as many as wanted. */
export function groupings(
  n1: number,
  n0: number,
  { permutations, seed }: RelabelOptions,
): Relabellings {
  const ways = choose(n1 + n0, n1);
  const exact = ways <= permutations;
  return exact
    ? { exact, count: ways, all: () => everyGrouping(n1, n0) }
    : { exact, count: permutations, all: () => randomGroupings(n1, n0, permutations, seed) };
}

/** Combinations in lexical order, which begins with the sample as it is. */
function* everyGrouping(n1: number, n0: number): Generator<Int8Array> {
  const n = n1 + n0;
  const chosen = Int32Array.from({ length: n1 }, (_, i) => i);
  const groups = new Int8Array(n);
  for (;;) {
    groups.fill(0);
    for (const i of chosen) groups[i] = 1;
    yield groups;
    let last = n1 - 1;
    while (last >= 0 && chosen[last] === n0 + last) last--;
    if (last < 0) return;
    chosen[last]++;
    for (let i = last + 1; i < n1; i++) chosen[i] = chosen[i - 1] + 1;
  }
}

function* randomGroupings(
  n1: number,
  n0: number,
  count: number,
  seed: number,
): Generator<Int8Array> {
  const { permutation } = random(seed);
  const groups = new Int8Array(n1 + n0).fill(1, 0, n1);
  yield groups;
  for (let way = 1; way < count; way++) {
    permutation(n1 + n0).forEach((observation, place) => {
      groups[observation] = place < n1 ? 1 : 0;
    });
    yield groups;
  }
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}
