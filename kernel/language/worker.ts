// A worker thread of the protocol process: TypeScript's language service for the cells of one notebook.
import { parentPort, workerData } from "node:worker_threads";
import { cellLanguage } from "./cell-language.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./questions.ts";

const language = cellLanguage(workerData as WorkerSettings);
// Reads the libraries now, while nobody waits.
language.answer({ type: "complete", code: "Math.", cursor: 5 });
say({ ready: true });

const quietMs = 100;
let refresh: NodeJS.Timeout | undefined;

parentPort?.on("message", (message: ToWorker) => {
  if ("ran" in message) language.cellExecuted(message.ran);
  else if ("reset" in message) language.reset();
  else say(answer(message));
  clearTimeout(refresh);
  // The types of the cells that ran are read before somebody asks.
  refresh = setTimeout(() => language.refresh(), quietMs);
});

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

function answer({ id, question }: Extract<ToWorker, { id: number }>): FromWorker {
  try {
    return { id, answer: language.answer(question) };
  } catch (error) {
    return { id, failure: String(error) };
  }
}
