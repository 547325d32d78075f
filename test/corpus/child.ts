import { tryCase } from "./try-case.ts";
import { sourceOf, tryMutation, type Fate } from "./try-mutation.ts";

/** What a child is to do, one item after the other. */
export type Task =
  | { readonly kind: "corpus"; readonly folder: string; readonly items: readonly number[] }
  | {
      readonly kind: "mutations";
      readonly folder: string;
      readonly seed: number;
      /** Each is a source and which of its copies; see `itemOf`. */
      readonly items: readonly number[];
    };

/** What came of one item. */
export interface Answer {
  readonly item: number;
  readonly fault?: string;
  readonly fate?: Fate;
  /** Processor time that it took: a busy machine gives little of it in a second. */
  readonly processorSeconds?: number;
  /** Most memory the child had so far. */
  readonly peakBytes: number;
}

// A child of a test: it reads bad files, and is watched from outside. What it cannot answer for is told by its end.

/** Errors that nobody waited for; they belong to the file that was read last. */
const stray: unknown[] = [];
process.on("unhandledRejection", (error) => stray.push(error));
process.on("uncaughtException", (error) => stray.push(error));

async function answer(task: Task, item: number): Promise<Answer> {
  const before = process.cpuUsage();
  const { fault, fate } =
    task.kind === "corpus"
      ? { fault: await tryCase(item, task.folder) }
      : await tryMutation(...sourceOf(item), task.seed, task.folder);
  await new Promise((resolve) => setImmediate(resolve));
  const late = stray.splice(0).map((error) => (error instanceof Error ? error.stack : error));
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const told = late.length > 0 ? `an error that nobody catches: ${late.join("; ")}` : fault;
  const { user, system } = process.cpuUsage(before);
  return { item, fault: told, fate, peakBytes, processorSeconds: (user + system) / 1e6 };
}

process.once("message", (task: Task) => {
  void (async () => {
    for (const item of task.items) process.send?.(await answer(task, item));
    process.disconnect();
  })();
});
process.send?.("ready");
