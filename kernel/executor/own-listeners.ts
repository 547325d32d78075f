import process from "node:process";

type Listener = (...args: never[]) => unknown;

const kept = new Map<string, Listener>();

/**
 * Listens to an event of the process for good: test runners and command-line tools remove all listeners that they
 * find, and a kernel that no longer hears its messages, or the errors of a cell, would hang or end.
 */
export function keepListening(event: string, listener: Listener): void {
  if (kept.size === 0) guardRemovals();
  kept.set(event, listener);
  process.on(event as "exit", listener as never);
}

function guardRemovals(): void {
  for (const method of ["removeAllListeners", "removeListener", "off"] as const) {
    const remove = Reflect.get(process, method) as (...args: unknown[]) => unknown;
    Object.defineProperty(process, method, {
      configurable: true,
      writable: true,
      value: (...args: unknown[]) => {
        Reflect.apply(remove, process, args);
        listenAgain();
        return process;
      },
    });
  }
}

function listenAgain(): void {
  for (const [event, listener] of kept)
    if (!process.listeners(event as "exit").includes(listener as never))
      process.on(event as "exit", listener as never);
}
