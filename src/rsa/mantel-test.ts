import { noteDraw } from "../core/run-record.ts";
import { repetitions } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRdm, type RdmLike } from "../rdm/rdm-list.ts";
import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { dot } from "../linalg/dot.ts";
import { centredSide, type Centred } from "../stats/centred.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { extremeness, tailKind, tailWords, type Tail } from "../stats/permutation/tail.ts";
import { rank } from "../stats/rank.ts";
import type { ProductScore } from "./comparisons/comparison.ts";
import { compareMethodNames } from "./comparisons/registry.ts";
import { permuteInBlocks } from "./mantel/permutation-blocks.ts";
import { permutedProducts, type ItemOrders } from "./mantel/permuted-products.ts";
import { nameOf, pairComparisonOf, type PairComparisonLike } from "./comparisons/resolve.ts";

/** How two RDMs are tested against each other. */
export interface MantelOptions extends Pick<JobOptions, "signal" | "onProgress">, EngineJob {
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
  ...engineNames,
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
  const orders = { nItems: n, count, exact, seed };
  const products = await productsOf(left.square, right.square, orders, options);
  const scores = products.map((product) =>
    compared.score(product, left.squares, right.squares, left.nPairs),
  );
  const [score] = scores;
  const limit = extremeness(score, tail) - ROUNDING;
  const beyond = scores.reduce((sum, one) => sum + (extremeness(one, tail) >= limit ? 1 : 0), 0);
  const words = exact
    ? `all ${count} orders of the items`
    : `${count} random orders of the items, seed ${seed}`;
  return {
    score,
    pValue: Number.isNaN(score) ? NaN : beyond / count,
    nullDistribution: scores.sort(),
    exact,
    method: `Mantel test (${nameOf(method)}; ${tailWords(tail)}; ${words})`,
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

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

function productsOf(
  left: Float64Array,
  right: Float64Array,
  orders: ItemOrders,
  { engine, signal, onProgress }: MantelOptions,
): Promise<Float64Array> {
  const job = { signal, onProgress };
  return engine === undefined
    ? permutedProducts(left, right, orders, [0, orders.count], job)
    : permuteInBlocks(left, right, orders, job, engine);
}
