import process from "node:process";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers";
import type { Input } from "../../executor/input.ts";

/** A reader asks again as soon as it has a line; most are done with that one. */
const pauseMs = 30;

/** Gives cells a `process.stdin` whose lines the user is asked for, once somebody reads it. */
export function installStandardInput(input: Input): void {
  let hasAsked = false;
  const stdin = new Readable({
    read() {
      setTimeout(ask, hasAsked ? pauseMs : 0);
      hasAsked = true;
    },
  });
  const ask = (): void => {
    if (stdin.destroyed) return;
    if (stdin.isPaused()) return void stdin.once("resume", ask);
    input().then(
      (line) => stdin.push(`${line}\n`),
      (error: Error) => stdin.destroy(error),
    );
  };
  Object.defineProperty(process, "stdin", {
    value: Object.assign(stdin, { fd: 0, isTTY: false }),
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
