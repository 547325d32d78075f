import process from "node:process";
import { asCell, cellNow, cellOfError } from "#kernel/context";

type Listener = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

const kept = new Map<string | symbol, Listener>();

/**
 * Listens to an event of the process for good: test runners and command-line tools remove all listeners that they
 * find, or put them back later, and a kernel that no longer hears its messages, hears them twice, or does not hear of
 * the errors of a cell, would hang, run cells twice, or end. So nobody finds the kernel's listeners. A program that
 * listens for errors itself is heard instead of the kernel, as in Node.
 */
export function keepListening(event: string, listener: Listener): void {
  if (kept.size === 0) {
    hideListeners();
    tellApart();
  }
  kept.set(event, listener);
  process.on(event as "exit", listener as never);
}

/** What goes wrong is the kernel's to tell only where no other listens; and messages are the kernel's alone. */
function tellApart(): void {
  const emit = methodOf("emit");
  replace("emit", (event, ...values) => {
    const own = kept.get(event as string) as Call | undefined;
    if (own === undefined || !toldApart.has(event as string)) return emit(event, ...values);
    const others = event === "message" ? [] : (process.rawListeners(event as "exit") as Call[]);
    if (others.length === 0) own(...values);
    // What they print belongs to the cell that the error comes from.
    const promise = event === "unhandledRejection" ? (values[1] as object) : undefined;
    const cell = cellOfError(values[0], promise) ?? cellNow();
    for (const listener of others) asCell(cell, () => hear(listener, own, values));
    return true;
  });
}

const toldApart = new Set(["message", "uncaughtException", "unhandledRejection"]);

/** A listener that throws, as those of compiled C often do to end a program, would end the process. */
function hear(listener: Call, own: Call, values: readonly unknown[]): void {
  try {
    listener.apply(process, [...values]);
  } catch (error) {
    if (error === values[0]) own(...values);
    else own(error);
  }
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
