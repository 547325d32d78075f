// A worker thread of the executor. It hears an interrupt while the main thread is busy, and ends
// what runs there. Its pipe is its own: the fork's channel is read by the main thread alone.
import { connect, Socket } from "node:net";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { Descendants } from "./descendants.ts";
import { putAnswer } from "./mailbox.ts";
import type { FromGuard, ToGuard } from "../debugger/dap.ts";
import { Debugger } from "../debugger/debugger.ts";
import { guardReader, saidBytes } from "./messages.ts";
import type { GuardData } from "./messages.ts";
import { Stopper } from "./stopper.ts";

const { mailbox, stop, pipe } = workerData as GuardData;
const control = typeof pipe === "number" ? new Socket({ fd: pipe }) : connect(pipe);
const debug = new Debugger({
  tell: (message) => control.write(saidBytes(message)),
  onState: (isDebugging) => parentPort?.postMessage({ isDebugging } satisfies FromGuard),
  hidden: ["node:.*", `${new URL("../", import.meta.url).href}.*`],
});
const stopper = new Stopper({
  release: () => debug.release(),
  stop,
  tell: (number) => parentPort?.postMessage(number),
  descendants: new Descendants(process.pid),
});

parentPort?.on("message", (message: "heard" | "settled" | ToGuard) => {
  if (typeof message === "string") return stopper.onAnswer();
  const { announce } = message;
  const answer = (): void =>
    parentPort?.postMessage({ announced: announce.cell } satisfies FromGuard);
  void debug.announce(announce).then(answer, answer);
});
control.on(
  "data",
  guardReader((message) => {
    if (message.type === "interrupt") void stopper.stop();
    else if (message.type === "answer") putAnswer(mailbox, message.answer);
    else void debug.handle(message.request);
  }),
);
// Without a parent nobody can stop a busy cell any more.
control.on("close", () => process.kill(process.pid, "SIGKILL"));
control.on("error", () => undefined);
