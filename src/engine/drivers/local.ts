import { thisMachine } from "#platform/machine";
import { startProgram, wait } from "#platform/processes";
import type { Ended, Running } from "../../core/machine.ts";
import { throwIfCancelled } from "../../core/job.ts";
import type { Round, RoundEnd } from "./driver.ts";

/** How often the files are looked at for the progress line, in ms. */
const LOOK_MS = 500;

/** Compute chunks in processes of this machine, some at once, one thread each. */
export async function localProcesses(round: Round): Promise<RoundEnd> {
  const { engine, chunks, options } = round;
  const atOnce = Math.min(engine.processes ?? thisMachine().cores, chunks.length);
  const waiting = [...chunks];
  const running = new Set<Running>();
  const ends: Ended[] = [];
  const worker = async (): Promise<void> => {
    for (let k = waiting.shift(); k !== undefined; k = waiting.shift()) {
      if (options.signal?.aborted === true) return;
      const one = startProgram(chunkCommand(round, k));
      running.add(one);
      ends.push(await one.ended);
      running.delete(one);
    }
  };
  const stop = (): void => running.forEach((one) => one.stop());
  options.signal?.addEventListener("abort", stop);
  const all = Promise.all(Array.from({ length: atOnce }, worker));
  await watched(round, all);
  options.signal?.removeEventListener("abort", stop);
  throwIfCancelled(options.signal, "the work in blocks");
  return endOf(ends);
}

function chunkCommand({ command, nChunks, engine }: Round, k: number): string[] {
  const cores = String(engine.slurm?.cores ?? 1);
  return [...command, String(k), "--chunks", String(nChunks), "--jobs", cores, "--with-parent"];
}

async function watched({ set, options }: Round, all: Promise<unknown>): Promise<void> {
  let over = false;
  const done = all.finally(() => (over = true));
  while (!over) {
    await Promise.race([done, wait(LOOK_MS)]);
    if (over || options.onDone === undefined) continue;
    options.onDone(set.blocks.length - (await set.missing()).length);
  }
  await done;
}

/** A chunk that says what is wrong will say it again; one that was killed may not. */
function endOf(ends: readonly Ended[]): RoundEnd {
  const failed = ends.filter(({ code }) => code !== 0);
  const spoke = failed.filter(({ code }) => code !== undefined && code < 128 && code !== 75);
  return {
    failures: failed.map(({ errors, signal }) => errors || `ended by ${signal ?? "nobody knows"}`),
    again: spoke.length === 0,
  };
}
