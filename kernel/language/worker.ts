// A worker thread of the protocol process: TypeScript's language service for the cells of one notebook.
import { parentPort, workerData } from "node:worker_threads";
import type { ToWorker, WorkerSettings } from "./questions.ts";
import { serveLanguage } from "./serve-language.ts";

const take = serveLanguage(workerData as WorkerSettings, (said) => parentPort?.postMessage(said));
parentPort?.on("message", (message: ToWorker) => take(message));
