// The executor process: its main thread runs the user's code and nothing else.
import { join } from "node:path";
import process from "node:process";
import { installDisplayHook } from "./display-hook.ts";
import { onStop, onStrayError, runBeside, runCell, runHandler } from "./cell.ts";
import { send } from "#kernel/channel";
import { saveAtExit } from "./checkpoints.ts";
import { declareKernelNames } from "./kernel-names.ts";
import { notebookModules } from "./modules.ts";
import { notebookFile } from "./notebook-file.ts";
import type { ExecutorRequest } from "./protocol.ts";
import { captureStreams } from "./capture-streams.ts";
import { flushStreams } from "./streams.ts";
import { keepListening } from "./own-listeners.ts";
import { installStorage } from "../platform/node/storage.ts";
import { installGlobals } from "./globals.ts";
import { onGuardMessage } from "./debugging.ts";
import { startGuard } from "#kernel/stop";
import { onAnswer } from "./input.ts";
import { watchTimers } from "./timers.ts";
import { look } from "./values.ts";

const folder = process.cwd();
const notebook = join(folder, notebookFile());
// The user's code may replace it.
const exit = process.exit.bind(process);
const packagesFrom = process.env.TSRSA_PACKAGES_FROM;

// The first ten calls of an error often lie in libraries, and the user's own come after.
Error.stackTraceLimit = 50;

installStorage();
captureStreams();
installDisplayHook();
watchTimers();
const receiveComm = installGlobals();
declareKernelNames(notebookModules(notebook, packagesFrom), folder, notebook);

const guardParts = { onStop, onMessage: onGuardMessage };
startGuard(guardParts);

// For a program that looks for it, no process stands above this one.
Object.defineProperty(process, "send", { value: undefined, configurable: true, writable: true });
keepListening("message", (request: ExecutorRequest) => {
  if (request.type === "exit") exit();
  else if (request.type === "guard") startGuard(guardParts, request.path);
  else if (request.type === "execute") runCell(request.cell, request.code, folder);
  else if (request.type === "beside") runBeside(request.cell, request.code, folder);
  else if (request.type === "inputReply") onAnswer(request);
  else if (request.type === "look")
    send({ type: "looked", id: request.id, answer: look(request.question) });
  else runHandler(request.cell, () => receiveComm(request.message));
});
keepListening("uncaughtException", (error: unknown) => onStrayError(error));
keepListening("unhandledRejection", (error: unknown, promise: object) =>
  onStrayError(error, promise),
);
keepListening("exit", () => {
  saveAtExit();
  flushStreams();
});
keepListening("disconnect", () => exit());
// Ctrl-C in a terminal reaches every process there; the parent decides what it means.
keepListening("SIGINT", () => undefined);

send({ type: "ready" });
