import type { Thread, ThreadEvents } from "../../thread.ts";

/** Start a thread from the text of a classic script. */
export function startThread(script: string, events: ThreadEvents): Thread {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address, { name: "tsrsa" });
  let dead = false;
  worker.onmessage = (event: MessageEvent<unknown>) => events.onMessage(event.data);
  worker.onerror = (event) => {
    if (!dead) events.onDeath(new Error(event.message || "the worker could not be started"));
    dead = true;
    worker.terminate();
  };
  return {
    post: (message) => worker.postMessage(message),
    hold: () => {},
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}

/** Number of threads that can run at once. */
export function threadCount(): number {
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Let timers, messages and signals have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    // Unlike setTimeout, a message is not held back for 4 ms.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** A page is not told how much processor time it has had: the time that passed. */
export function processorMs(): number {
  return performance.now();
}
