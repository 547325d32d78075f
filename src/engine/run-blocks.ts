import { nextTurn } from "#platform/threads";
import { InvalidArgument } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { BlockPlan, BlockTask } from "./plan.ts";

/** A finished block. */
export interface BlockResult<R> {
  readonly block: number;
  readonly result: R;
}

/** Runs the blocks asked for and hands them over as they are finished, in any order. */
export type BlockRunner = <P, R>(
  plan: BlockPlan<P>,
  task: BlockTask<P, R>,
  blocks: readonly number[],
  job: JobOptions,
) => AsyncIterable<BlockResult<R>>;

/** Longest time in ms without a turn of the event loop, apart from the time of one block. */
const TURN_MS = 8;

/** Runs blocks one after the other in this process; a block itself may use all threads. */
export const runHere: BlockRunner = async function* (plan, task, blocks, job) {
  let turn = performance.now();
  for (const block of blocks) {
    throwIfCancelled(job.signal, plan.task);
    yield { block, result: await task.runBlock(plan.params, block) };
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
};

/**
 * Results of all blocks in the order of their numbers. Blocks that are `known` are not run again; a runner that comes
 * back without some (a lost machine) is asked for them once more.
 *
 * @throws InvalidArgument when the plan is of another task or blocks stay missing; Cancelled; what a block throws.
 */
export async function runBlocks<P, R>(
  plan: BlockPlan<P>,
  task: BlockTask<P, R>,
  job: JobOptions = {},
  options: { readonly runner?: BlockRunner; readonly known?: ReadonlyMap<number, R> } = {},
): Promise<R[]> {
  const { runner = runHere, known } = options;
  if (plan.task !== task.name)
    throw new InvalidArgument("plan", plan.task, `it is no plan of the task ${task.name}`);
  throwIfCancelled(job.signal, plan.task);
  const results = new Map<number, R>(known);
  for (let round = 0; round < 2 && missing(plan, results).length > 0; round++) {
    for await (const { block, result } of runner(plan, task, missing(plan, results), job)) {
      results.set(block, result);
      if (typeof job.onProgress === "function")
        job.onProgress({ done: results.size, total: plan.nBlocks });
    }
  }
  return inOrder(plan, results);
}

/** Numbers of the blocks that have no result yet, in order. */
export function missing<P>(
  plan: BlockPlan<P>,
  results: { has: (block: number) => boolean },
): number[] {
  return Array.from({ length: plan.nBlocks }, (_, block) => block).filter(
    (block) => !results.has(block),
  );
}

function inOrder<P, R>(plan: BlockPlan<P>, results: ReadonlyMap<number, R>): R[] {
  const lost = missing(plan, results);
  if (lost.length > 0) {
    throw new InvalidArgument(
      "runner",
      `${plan.nBlocks - lost.length} of ${plan.nBlocks} blocks`,
      `blocks ${lost.slice(0, 5).join(", ")} … did not come back; run them again`,
    );
  }
  return Array.from({ length: plan.nBlocks }, (_, block) => results.get(block) as R);
}
