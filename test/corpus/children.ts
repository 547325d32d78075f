import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Answer, Task } from "./child.ts";

/** Processor time, as a busy machine must fail no sound file; by the clock only what never ends is told. */
const limits = { readSeconds: 5, waitSeconds: 120, startSeconds: 120, peakMebibytes: 512 } as const;
/** A child that had this much is followed by a new one. */
const restartMebibytes = 250;
/** Beside V8's heap a child has code, buffers and the wasm of its readers. */
const heapMebibytes = 512;

/**
 * Does a task in a child process, which gets {@link limits}; a file that makes it crash, hang or take too much memory
 * is told as that file's fault, and a new child goes on behind it.
 */
async function inChildren(task: Task, tell: (answer: Answer) => void): Promise<void> {
  let items = task.items;
  while (items.length > 0) {
    const done = await inOneChild({ ...task, items }, tell);
    items = items.slice(done);
  }
}

/** Number of items that are done with when the child has ended. */
function inOneChild(task: Task, tell: (answer: Answer) => void): Promise<number> {
  const child = fork(new URL("child.ts", import.meta.url), {
    execArgv: [
      ...["--import", new URL("../support/typescript.mjs", import.meta.url).href],
      ...["-C", "tsrsa-source", `--max-old-space-size=${heapMebibytes}`],
    ],
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
  });
  return new Promise((resolve, reject) => {
    let [done, said] = [0, ""];
    let timer: NodeJS.Timeout | undefined;
    const failed = (fault: string) => {
      if (done < task.items.length)
        tell({ item: task.items[done++], fault: `${fault} ${said}`.trim(), peakBytes: 0 });
      child.kill("SIGKILL");
    };
    const wait = (seconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => failed(`no answer in ${seconds} s`), seconds * 1000);
    };
    wait(limits.startSeconds);
    child.stderr?.on("data", (chunk) => (said = `${said}${String(chunk)}`.slice(-2000)));
    child.on("message", (message: Answer | "ready") => {
      wait(limits.waitSeconds);
      if (message === "ready") return void child.send(task);
      if (message.peakBytes > limits.peakMebibytes * 2 ** 20)
        return failed(`${Math.round(message.peakBytes / 2 ** 20)} MiB of memory`);
      const seconds = message.processorSeconds ?? 0;
      if (seconds > limits.readSeconds) return failed(`${seconds.toFixed(1)} s of processor time`);
      tell(message);
      done++;
      // What earlier files left behind is no fault of the next one.
      if (message.peakBytes > restartMebibytes * 2 ** 20) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal !== "SIGKILL") failed(`the process ended: ${code ?? signal}`);
      resolve(done);
    });
  });
}

/** Items that one child reads before another takes over. */
const mostItems = 6_000;

/** Does a task in as many children at once as the machine has processors. */
export async function inManyChildren(task: Task): Promise<Answer[]> {
  const answers: Answer[] = [];
  const atOnce = availableParallelism();
  const nParts = atOnce * Math.ceil(task.items.length / mostItems / atOnce);
  // Every so many items, so that slow formats are spread over all parts.
  const parts = Array.from({ length: nParts }, (_, part) =>
    task.items.filter((_item, at) => at % nParts === part),
  );
  const work = async () => {
    for (let items = parts.shift(); items !== undefined; items = parts.shift())
      await inChildren({ ...task, items }, (answer) => void answers.push(answer));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}
