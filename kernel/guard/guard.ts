// A worker thread of the executor. It hears an interrupt while the main thread is busy, and ends
// what runs there. Its pipe is its own: the fork's channel is read by the main thread alone.
import { connect, Socket } from "node:net";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { Descendants } from "./descendants.ts";
import { putAnswer } from "./mailbox.ts";
import { guardReader } from "./messages.ts";
import type { GuardData } from "./messages.ts";
import { Stopper } from "./stopper.ts";

const { mailbox, stop, pipe } = workerData as GuardData;
const control = typeof pipe === "number" ? new Socket({ fd: pipe }) : connect(pipe);
const stopper = new Stopper({
  stop,
  tell: (number) => parentPort?.postMessage(number),
  descendants: new Descendants(process.pid),
});

parentPort?.on("message", () => stopper.onAnswer());
control.on(
  "data",
  guardReader((message) => {
    if (message.type === "interrupt") void stopper.stop();
    else putAnswer(mailbox, message.answer);
  }),
);
// Without a parent nobody can stop a busy cell any more.
control.on("close", () => process.kill(process.pid, "SIGKILL"));
control.on("error", () => undefined);
