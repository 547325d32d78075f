import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerSettings } from "./questions.ts";
import type { LanguageThread, ThreadListener } from "./worker-link.ts";

const heapLimitMb = 2048;

/** Starts the language service in a thread of this process. */
export function startThread(settings: WorkerSettings, listener: ThreadListener): LanguageThread {
  const worker = new Worker(workerEntry(), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
    execArgv: [],
  });
  worker.unref();
  worker.on("message", (message: FromWorker) => listener.onMessage(message));
  worker.on("error", () => undefined);
  worker.on("exit", () => listener.onEnd());
  return {
    post: (message) => worker.postMessage(message),
    close: async () => void (await worker.terminate()),
  };
}

/** The built entry: Node runs JavaScript only, also when this file runs from source in a test. */
function workerEntry(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fromSource ? "../../dist/kernel/language/worker.js" : "./worker.js";
  return fileURLToPath(new URL(path, import.meta.url));
}
