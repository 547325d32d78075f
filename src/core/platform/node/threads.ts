import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Thread, ThreadEvents } from "../../thread.ts";

/** Start a thread from the text of a classic script. */
export function startThread(script: string, events: ThreadEvents): Thread {
  // Without execArgv a loader of the main thread (a test runner's) would be started in every worker again.
  const worker = new Worker(script, { eval: true, execArgv: [], name: "tsrsa" });
  let dead = false;
  const die = (cause: Error): void => {
    if (!dead) events.onDeath(cause);
    dead = true;
  };
  worker.on("message", events.onMessage);
  worker.on("error", (error: unknown) =>
    die(error instanceof Error ? error : new Error(String(error))),
  );
  worker.on("exit", (code) => die(new Error(`the thread ended with code ${code}`)));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    stop: () => void worker.terminate(),
  };
}

/** Number of threads that can run at once. */
export function threadCount(): number {
  return availableParallelism();
}

/** Let timers, messages and signals have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Milliseconds of processor time that this process has had. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
