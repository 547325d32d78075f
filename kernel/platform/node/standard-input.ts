import { syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers";
import type { Input } from "../../executor/input.ts";
import { asNewest } from "./context.ts";

/** A reader asks again as soon as it has a line; most are done with that one. */
const pauseMs = 30;

/**
 * Gives cells a `process.stdin` whose lines the user is asked for, once somebody reads it. Who ends it (`break` in a
 * loop over it does) ends it for itself: the next cell finds it open.
 */
export function installStandardInput(input: Input): void {
  let stdin = openInput(input);
  const current = (): Readable => (stdin.destroyed ? (stdin = openInput(input)) : stdin);
  Object.defineProperty(process, "stdin", {
    get: current,
    set: (value: unknown) =>
      Object.defineProperty(process, "stdin", { value, writable: true, configurable: true }),
    enumerable: true,
    configurable: true,
  });
  syncBuiltinESMExports();
}

function openInput(input: Input): Readable {
  let hasAsked = false;
  const stdin = new Readable({
    read() {
      setTimeout(ask, hasAsked ? pauseMs : 0);
      hasAsked = true;
    },
  });
  // It is the cell that runs which asks, whichever read from it first.
  const ask = (): void => asNewest(askNow);
  const askNow = (): void => {
    if (stdin.destroyed) return;
    if (!isRead(stdin)) return void stdin.once("resume", ask);
    input().then(
      (line) => stdin.push(`${line}\n`),
      (error: Error) => stdin.destroy(error),
    );
  };
  return Object.assign(stdin, { fd: 0, isTTY: false });
}

/** A loop over it reads without letting it flow. */
function isRead(stdin: Readable): boolean {
  return stdin.readableFlowing === true || stdin.listenerCount("readable") > 0;
}
