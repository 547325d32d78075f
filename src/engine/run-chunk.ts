import { InvalidArgument, Unsupported } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import type { BlockWork, OpenedWork } from "./block-work.ts";
import type { BlockSet, PlannedBlock } from "./block-set.ts";
import { checkMachine } from "./check-machine.ts";
import type { Plan } from "./plan.ts";
import { noteBlock } from "./provenance.ts";
import type { RunFolder } from "./run-folder.ts";

/** What a chunk found and did. */
export interface ChunkDone {
  /** Blocks computed here. */
  readonly computed: number;
  /** Blocks that were there before, or came from another process meanwhile. */
  readonly found: number;
  /** Blocks left because `stop` fired. */
  readonly left: number;
}

/** How a chunk is run. */
export interface RunChunkOptions extends JobOptions {
  /** Fires when time is short: the block at hand is finished and no other begun. */
  readonly stop?: AbortSignal;
}

/**
 * Compute chunk `k` of `n`: those of its blocks that are not there. It takes nothing away and writes every block whole,
 * so it may run again, or twice at once.
 *
 * @throws OtherMachine; FileFormatError and MissingFile for inputs; Cancelled.
 */
export async function runChunk(
  set: BlockSet,
  works: readonly BlockWork[],
  k: number,
  n: number,
  options: RunChunkOptions = {},
): Promise<ChunkDone> {
  if (!Number.isInteger(k) || k < 0 || k >= n)
    throw new InvalidArgument("chunk", k, `there are ${n}, from 0`);
  return runSome(set.folder, set.ofChunk(k, n), works, options);
}

/** Compute these blocks, where they are not there. */
export async function runSome(
  folder: RunFolder,
  blocks: readonly PlannedBlock[],
  works: readonly BlockWork[],
  { stop, signal, jobs }: RunChunkOptions = {},
): Promise<ChunkDone> {
  let opened: { readonly plan: Plan; readonly work: OpenedWork } | undefined;
  let [computed, found] = [0, 0];
  for (const block of blocks) {
    throwIfCancelled(signal, "the chunk");
    if (stop?.aborted === true) break;
    if (await folder.hasBlock(block.key)) {
      found++;
      continue;
    }
    if (opened?.plan !== block.plan)
      opened = { plan: block.plan, work: await openWork(folder, block.plan, works) };
    const started = performance.now();
    const values = await opened.work.run(block.from, block.to, { signal, jobs, onProgress: false });
    checkLength(values, block);
    await folder.writeBlock(block.key, values);
    await noteBlock(folder, block, (performance.now() - started) / 1000);
    computed++;
  }
  return { computed, found, left: blocks.length - computed - found };
}

async function openWork(
  folder: RunFolder,
  plan: Plan,
  works: readonly BlockWork[],
): Promise<OpenedWork> {
  checkMachine(plan);
  const work = works.find(({ name }) => name === plan.work);
  if (work === undefined || work.version !== plan.workVersion)
    throw new Unsupported(
      `no work "${plan.work}" of version ${plan.workVersion} here`,
      "run the block with the tsrsa that made the plan",
    );
  const inputs: Record<string, NumericArray> = {};
  for (const [name, input] of Object.entries(plan.inputs))
    inputs[name] = await folder.readInput(input);
  return work.open(plan.parameters, inputs);
}

function checkLength(values: Float64Array, { plan, from, to }: PlannedBlock): void {
  const expected = (to - from) * plan.unitLength;
  if (values.length !== expected)
    throw new RangeError(
      `${plan.work} gave ${values.length} numbers for ${to - from} units of ${plan.unitLength}`,
    );
}
