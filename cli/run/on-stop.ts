const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Called when the process is asked to stop: by Ctrl-C, by a batch system (SIGTERM), by a terminal that closes (SIGHUP).
 * The first time what has come is to be kept; from the second on (`again`) nobody wants to wait.
 *
 * @returns what ends the listening.
 */
export function onStop(stop: (again: boolean) => void): () => void {
  let again = false;
  const listener = (): void => {
    stop(again);
    again = true;
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}
