import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { random } from "../../core/random.ts";

/** Orders of items that a test goes through; the first is the one given. */
export interface ItemOrders {
  readonly nItems: number;
  readonly count: number;
  /** Every order once. */
  readonly exact: boolean;
  readonly seed: number;
}

/** Products of two squares of values, the items of the second in the orders from … to. Throws `Cancelled`. */
export async function permutedProducts(
  left: Float64Array,
  right: Float64Array,
  { nItems, count, exact, seed }: ItemOrders,
  [from, to]: readonly [from: number, to: number],
  job: JobOptions,
): Promise<Float64Array> {
  const products = new Float64Array(to - from);
  const line = reporter(job, "permutations", products.length);
  const pause = pauses(job.signal, "permutation test");
  let at = 0;
  for (const order of exact ? everyOrder(nItems) : randomOrders(nItems, count, seed)) {
    if (at >= to) break;
    if (at >= from) products[at - from] = permutedProduct(left, right, order, nItems);
    at++;
    if (!pause.due()) continue;
    line.update(Math.max(0, at - from));
    await pause.turn();
  }
  line.update(products.length);
  line.finish();
  return products;
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
