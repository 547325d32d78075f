import { Worker } from "node:worker_threads";
import type { FromGuard, ToGuard } from "../../debugger/dap.ts";
import type { GuardData } from "../../guard/messages.ts";
import { hear, makeStopWord, settle } from "../../guard/stop-word.ts";
import { send } from "./channel.ts";
import { answerBox } from "./mailbox.ts";
import { kernelUrl } from "./own.ts";
import { guardPipe } from "../../executor/protocol.ts";

const stop = makeStopWord();
/** A guard that ends sooner than this, so often in a row, is not started again. */
const soonMs = 1000;
const mostInARow = 5;

let guard: Worker | undefined;
let pending: number | undefined;
let startedAt = 0;
let endedSoon = 0;

interface GuardParts {
  readonly onStop: () => void;
  readonly onMessage: (message: FromGuard) => void;
}

export function tellGuard(message: ToGuard): void {
  guard?.postMessage(message);
}

/**
 * Starts the thread that hears a Stop while the main thread is busy. When it ends, for whatever
 * reason, its pipe ends with it: the parent is asked for another, and calls this again.
 */
export function startGuard(parts: GuardParts, pipe: GuardData["pipe"] = guardPipe): void {
  startedAt = performance.now();
  const data: GuardData = { mailbox: answerBox, stop, pipe };
  // What NODE_OPTIONS loads is for the code of the user.
  const env = { ...process.env, NODE_OPTIONS: "" };
  const thread = new Worker(new URL("guard/guard.js", kernelUrl), {
    workerData: data,
    env,
    execArgv: [],
  });
  guard = thread;
  thread.on("message", (message: number | FromGuard) => {
    if (typeof message !== "number") parts.onMessage(message);
    else if (hearStop(message)) parts.onStop();
  });
  thread.on("error", () => undefined);
  thread.once("exit", () => {
    parts.onMessage({ isDebugging: false });
    endedSoon = performance.now() - startedAt < soonMs ? endedSoon + 1 : 0;
    if (endedSoon < mostInARow) send({ type: "guardLost" });
  });
}

/**
 * A Stop that was heard is over: nothing is on its way to the thread any more. False when the guard has
 * asked again meanwhile, and will be heard next.
 */
export function settleStop(): boolean {
  if (pending === undefined) return true;
  const settled = settle(stop, pending);
  pending = undefined;
  guard?.postMessage("settled");
  if (settled) send({ type: "interrupted" });
  return settled;
}

function hearStop(number: number): boolean {
  if (!hear(stop, number)) return false;
  pending = number;
  guard?.postMessage("heard");
  return true;
}
