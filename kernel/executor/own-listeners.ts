import process from "node:process";

type Listener = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

const kept = new Map<string | symbol, Listener>();

/**
 * Listens to an event of the process for good: test runners and command-line tools remove all listeners that they
 * find, or put them back later, and a kernel that no longer hears its messages, hears them twice, or does not hear of
 * the errors of a cell, would hang, run cells twice, or end. So nobody finds the kernel's listeners.
 */
export function keepListening(event: string, listener: Listener): void {
  if (kept.size === 0) hideListeners();
  kept.set(event, listener);
  process.on(event as "exit", listener as never);
}

function hideListeners(): void {
  const remove = methodOf("removeListener");
  const raw = methodOf("rawListeners") as (event: unknown) => unknown[];
  const removeOne = (event: unknown, listener: unknown): unknown =>
    isKept(event, listener) ? process : remove(event, listener);
  const removeAll = (event: unknown): void => {
    // Node itself listens for these: signals and messages depend on it.
    if (event === "newListener" || event === "removeListener") return;
    for (const listener of raw(event)) removeOne(event, listener);
  };
  replace("removeListener", removeOne);
  replace("off", removeOne);
  replace("removeAllListeners", (...events) => {
    (events.length === 0 ? process.eventNames() : events).forEach(removeAll);
    return process;
  });
  for (const method of ["listeners", "rawListeners"] as const) {
    const list = methodOf(method) as (event: unknown) => unknown[];
    replace(method, (event) => list(event).filter((listener) => !isKept(event, listener)));
  }
}

function isKept(event: unknown, listener: unknown): boolean {
  return listener !== undefined && kept.get(event as string) === listener;
}

function methodOf(name: string): Call {
  return (Reflect.get(process, name) as Call).bind(process);
}

function replace(name: string, value: Call): void {
  Object.defineProperty(process, name, { configurable: true, writable: true, value });
}
