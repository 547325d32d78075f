// A worker thread of the executor. It hears an interrupt while the main thread is busy, and ends
// what runs there. Its pipe is its own: the fork's channel is read by the main thread alone.
import { Session } from "node:inspector/promises";
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { guardPipe } from "../executor/protocol.ts";
import { putAnswer } from "./mailbox.ts";
import { guardReader } from "./messages.ts";

const mailbox = (workerData as { mailbox: SharedArrayBuffer }).mailbox;
const control = new Socket({ fd: guardPipe });
/** One termination at a time: the inspector refuses a second while one is on its way. */
let last: Promise<void> = Promise.resolve();

control.on(
  "data",
  guardReader((message) => {
    if (message.type === "interrupt") last = last.then(interrupt);
    else putAnswer(mailbox, message.answer);
  }),
);
// Without a parent nobody can stop a busy cell any more.
control.on("close", () => process.kill(process.pid, "SIGKILL"));
control.on("error", () => undefined);

async function interrupt(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  try {
    await session.post("Runtime.terminateExecution");
  } catch {
    // What ran has ended by itself.
  } finally {
    // An inspector left connected makes process.exit wait for it.
    session.disconnect();
    parentPort?.postMessage("interrupted");
  }
}
