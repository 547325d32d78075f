import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";

type OnEnd = (code: number | null, signal: NodeJS.Signals | null) => void;

/** How long text may take that a process printed past the streams of Node before it ended. */
const lastWordsMs = 200;

/**
 * Calls `onEnd` once a process has ended and what it sent through `output` was read. A process it
 * left behind may hold its standard streams open for ever, so these are not waited for.
 */
export function whenEnded(child: ChildProcess, output: Readable, onEnd: OnEnd): void {
  let told = false;
  const tell: OnEnd = (code, signal) => {
    if (!told) onEnd(code, signal);
    told = true;
  };
  child.once("close", tell);
  child.once("exit", (code, signal) => {
    const soon = (): void => void setTimeout(tell, lastWordsMs, code, signal);
    if (output.closed) soon();
    else output.once("close", soon);
  });
}
