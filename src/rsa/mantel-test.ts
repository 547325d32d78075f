import { noteDraw } from "../core/run-record.ts";
import { repetitions } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRdm, type RdmLike } from "../rdm/rdm-list.ts";
import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { dot } from "../linalg/dot.ts";
import { centredSide, type Centred } from "../stats/centred.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { random } from "../core/random.ts";
import { extremeness, tailKind, tailWords, type Tail } from "../stats/permutation/tail.ts";
import { rank } from "../stats/rank.ts";
import type { ProductScore } from "./comparisons/comparison.ts";
import { compareMethodNames } from "./comparisons/registry.ts";
import { nameOf, pairComparisonOf, type PairComparisonLike } from "./comparisons/resolve.ts";

/** How two RDMs are tested against each other. */
export interface MantelOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /**
   * Default: `spearman`. `pearson`, `cosine`, `rho-a`, or a comparison of your own whose score follows from a `product`:
   * an exchange of items then moves no more than that.
   */
  readonly method?: PairComparisonLike;
  /** Default: `greater`, since RDMs that agree correlate positively. */
  readonly tail?: Tail;
  /** Orders of the items, the given one among them; every order when there are not more. Default: 10,000. */
  readonly permutations?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Items are matched by label, as for `rsa`: `all` (default), `common`, or a list. */
  readonly items?: ItemChoice;
}

/** Whether two RDMs agree more than they would if their items had nothing to do with each other. */
export interface MantelResult {
  readonly score: number;
  readonly pValue: number;
  /** Scores under the orders gone through, ascending, the given one among them. */
  readonly nullDistribution: Float64Array;
  readonly exact: boolean;
  /** The words for a figure legend. */
  readonly method: string;
}

const ROUNDING = 1e-12;

export const mantelNames: OptionNames<MantelOptions> = {
  method: true,
  tail: tailKind,
  permutations: repetitions(2),
  seed: true,
  items: true,
  signal: true,
  onProgress: true,
};

/**
 * Permutation test of the correlation of two RDMs: the items of one are exchanged at random (Mantel 1967; Kriegeskorte
 * et al. 2008). The pairs of an RDM are not independent, so that the p value of an ordinary correlation is far too small.
 * It speaks of these items only, and of one subject or a mean.
 *
 * @throws ItemMismatch when labels differ; InvalidArgument for `NaN` or fewer than 4 items; UnknownOption; Cancelled.
 * @example
 * import { mantelTest, Rdm } from "tsrsa";
 * const items = ["a", "b", "c", "d", "e"];
 * const data = new Rdm([1, 2, 6, 7, 3, 8, 9, 5, 6, 4], { items });
 * const model = new Rdm([1, 3, 6, 8, 2, 7, 9, 5, 6, 4], { items });
 * const { pValue } = await mantelTest(data, model, { onProgress: false });
 * pValue.toFixed(4); // '0.0083'
 */
export async function mantelTest(
  a: RdmLike,
  b: RdmLike,
  options: MantelOptions = {},
): Promise<MantelResult> {
  checkOptions(options, mantelNames);
  const { method = "spearman", tail = "greater", permutations = 10_000, seed = 0 } = options;
  noteDraw("mantelTest", { method, tail, permutations, seed });
  const compared = productOf(method);
  const [left, right] = alignRdms([toRdm(a, "a"), toRdm(b, "b")], options.items).map((rdm) =>
    sideOf(rdm, compared.scale),
  );
  const n = left.nItems;
  const exact = factorial(n) <= permutations;
  const count = exact ? factorial(n) : permutations;
  const scores = new Float64Array(count);
  const line = reporter(options, "permutations", count);
  let done = 0;
  const pause = pauses(options.signal, "permutation test");
  for (const order of exact ? everyOrder(n) : randomOrders(n, count, seed)) {
    const product = permutedProduct(left.square, right.square, order, n);
    scores[done++] = compared.score(product, left.squares, right.squares, left.nPairs);
    if (!pause.due()) continue;
    line.update(done);
    await pause.turn();
  }
  line.update(done);
  line.finish();
  const [score] = scores;
  const limit = extremeness(score, tail) - ROUNDING;
  const beyond = scores.reduce((sum, one) => sum + (extremeness(one, tail) >= limit ? 1 : 0), 0);
  const orders = exact
    ? `all ${count} orders of the items`
    : `${count} random orders of the items, seed ${seed}`;
  return {
    score,
    pValue: Number.isNaN(score) ? NaN : beyond / count,
    nullDistribution: scores.sort(),
    exact,
    method: `Mantel test (${nameOf(method)}; ${tailWords(tail)}; ${orders})`,
  };
}

interface Side {
  readonly nItems: number;
  readonly nPairs: number;
  /** Sum of squares of the values, ranks or centred values. */
  readonly squares: number;
  /** These as a square; zeros on the diagonal. */
  readonly square: Float64Array;
}

function sideOf(rdm: Rdm, scale: ProductScore["scale"]): Side {
  const { nItems: n } = rdm;
  if (n < 4)
    throw new InvalidArgument("items", n, "give four or more; fewer have hardly any orders");
  if (hasNaN(rdm.condensed))
    throw new InvalidArgument(
      `RDM ${rdm.name ?? ""}`.trim(),
      "dissimilarities that are NaN",
      "leave their items out with subset: an exchange of items would move the gaps",
    );
  const { values, squares } = onScale(rdm.condensed, scale);
  const square = new Float64Array(n * n);
  for (let i = 0, k = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, k++) square[i * n + j] = square[j * n + i] = values[k];
  return { nItems: n, nPairs: values.length, squares, square };
}

function onScale(values: Float64Array, scale: ProductScore["scale"]): Centred {
  if (scale === "values") return { values, squares: dot(values, values) };
  return centredSide(scale === "ranks" ? rank(values) : values);
}

/** Throws `UnknownOption` for a method that no product gives. */
function productOf(method: PairComparisonLike): ProductScore {
  const known = compareMethodNames.filter((name) => pairComparisonOf(name).product !== undefined);
  const refused = new UnknownOption("method", method, known);
  if (typeof method === "string" && !known.includes(method)) throw refused;
  const { product, direction } = pairComparisonOf(method);
  if (product !== undefined && direction === "similarity") return product;
  throw refused;
}

/** The product after the second one's items were exchanged; means and squares stay what they are. */
function permutedProduct(a: Float64Array, b: Float64Array, order: Int32Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const row = order[i] * n;
    for (let j = i + 1; j < n; j++) sum += a[i * n + j] * b[row + order[j]];
  }
  return sum;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Every order once, the given one first (next in lexical order). */
function* everyOrder(n: number): Generator<Int32Array> {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (;;) {
    yield order;
    let i = n - 2;
    while (i >= 0 && order[i] > order[i + 1]) i--;
    if (i < 0) return;
    let j = n - 1;
    while (order[j] < order[i]) j--;
    [order[i], order[j]] = [order[j], order[i]];
    order.subarray(i + 1).reverse();
  }
}

function* randomOrders(n: number, count: number, seed: number): Generator<Int32Array> {
  const { permutation } = random(seed);
  yield Int32Array.from({ length: n }, (_, i) => i);
  for (let way = 1; way < count; way++) yield permutation(n);
}
