import type { JobOptions } from "../../core/job.ts";
import type { BlockWork } from "../../engine/block-work.ts";
import { asJson } from "../../engine/canonical-json.ts";
import type { EngineOptions } from "../../engine/engine-options.ts";
import { runBlocks } from "../../engine/run-blocks.ts";
import { permutedProducts, type ItemOrders } from "./permuted-products.ts";

/** Permutations in a block. The stream of random orders is gone through from its start, which costs little. */
const BLOCK_PERMUTATIONS = 250;

/** Products of two RDMs under permutations of items. */
export const permutationBlocks: BlockWork = {
  name: "permutations of items",
  version: 1,
  open: (parameters, { left, right }) => ({
    run: (from, to, job) =>
      permutedProducts(
        left as Float64Array,
        right as Float64Array,
        parameters as unknown as ItemOrders,
        [from, to],
        job,
      ),
  }),
};

/** As {@link permutedProducts} of all orders, by an engine. */
export function permuteInBlocks(
  left: Float64Array,
  right: Float64Array,
  orders: ItemOrders,
  job: JobOptions,
  engine: EngineOptions,
): Promise<Float64Array> {
  const work = {
    work: permutationBlocks,
    label: "permutation test",
    parameters: asJson(orders, "permutations"),
    inputs: { left, right },
    nUnits: orders.count,
    unitLength: 1,
    blockUnits: BLOCK_PERMUTATIONS,
  };
  return runBlocks(work, engine, job);
}
