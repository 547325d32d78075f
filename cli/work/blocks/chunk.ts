import { openSet } from "../../../src/engine/open-set.ts";
import { runChunk } from "../../../src/engine/run-chunk.ts";
import { UsageError } from "../../usage-error.ts";
import { works } from "./works.ts";

/** The options of `tsrsa chunk`. */
export interface ChunkArguments {
  readonly chunks?: number;
  readonly jobs: number;
  readonly withParent?: true;
}

/** How a task ends that left blocks because its time was over: it may be asked again. */
const TEMPORARY_FAILURE = 75;

/** Compute one chunk of a plan; the number may come from a job array. */
export async function runChunkCommand(
  target: string,
  number: string | undefined,
  { chunks, jobs, withParent }: ChunkArguments,
): Promise<void> {
  const stop = new AbortController();
  // Slurm sends USR1 before the end of the task's time; before all else, as Node would open its debugger for it.
  process.on("SIGUSR1", () => stop.abort());
  const set = await openSet(target);
  const n = chunks ?? set.blocks.length;
  if (withParent === true) endWithParent();
  try {
    const done = await runChunk(set, works, numberOf(number), n, { jobs, stop: stop.signal });
    console.log(`${done.computed} blocks computed, ${done.found} were there, ${done.left} left`);
    if (done.left > 0) process.exitCode = TEMPORARY_FAILURE;
  } finally {
    // Else a chunk that fails would listen to its starter for ever, who waits for its end.
    process.stdin.destroy();
  }
}

function numberOf(given: string | undefined): number {
  const text = given ?? process.env.SLURM_ARRAY_TASK_ID;
  if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  throw new UsageError(
    `chunk takes its number, from 0, as an argument or in SLURM_ARRAY_TASK_ID, not ${text ?? "none"}`,
  );
}

/** Nobody waits for a chunk whose starter has died. */
function endWithParent(): void {
  process.stdin.on("end", () => process.exit(1)).on("error", () => process.exit(1));
  process.stdin.resume();
}
