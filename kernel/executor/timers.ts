import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers";
import { carry } from "#kernel/frames";
import { callerFile } from "./stacks.ts";

/** Timers that the code of a cell started itself, and that have not fired. */
const started = new Set<NodeJS.Timeout>();

/**
 * Notes the timers of cells, so that an interrupt can end them. Timers of libraries are left alone, but what they print
 * goes to the cell that started them too.
 */
export function watchTimers(): void {
  watch("setTimeout", (callback, delay, args) => {
    const timer: NodeJS.Timeout = setTimeout(
      (...given: unknown[]) => {
        started.delete(timer);
        callback(...given);
      },
      delay,
      ...args,
    );
    return timer;
  });
  watch("setInterval", (callback, delay, args) => setInterval(callback, delay, ...args));
}

/** Ends the timers that cells started. */
export function stopTimers(): void {
  for (const timer of started) {
    clearTimeout(timer);
    clearInterval(timer);
  }
  started.clear();
}

type Callback = (...args: unknown[]) => void;

function watch(
  name: "setTimeout" | "setInterval",
  start: (callback: Callback, delay: number | undefined, args: unknown[]) => NodeJS.Timeout,
): void {
  const original = globalThis[name] as (...args: unknown[]) => NodeJS.Timeout;
  const watched = (callback: Callback, delay?: number, ...args: unknown[]): NodeJS.Timeout => {
    const carried = carry(callback);
    if (typeof callback !== "function" || !calledByCell(watched))
      return original(carried, delay, ...args);
    const timer = start(carried, delay, args);
    started.add(timer);
    return timer;
  };
  // Node's own promise form of setTimeout hangs on the function.
  const properties = Object.getOwnPropertyDescriptors(original);
  Object.defineProperties(watched, properties);
  Object.defineProperty(globalThis, name, {
    value: watched,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function calledByCell(watched: (...args: never) => unknown): boolean {
  return /[\\/]cell-\d+\.ts$/.test(callerFile(watched) ?? "");
}
