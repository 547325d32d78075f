import { callLater } from "./host.ts";

/** Tells the service worker, which tells a busy cell, of a Stop. */
export interface StopTeller {
  /** The number of the newest Stop. */
  tell(number: number): void;
  /** It is over, and need not be told again. */
  over(): void;
}

/** A browser ends a service worker when it likes, and what it knew with it. */
const againMs = 500;

/** Tells `send` of each Stop, again and again until it is over. */
export function stopTeller(
  send: (number: number) => Promise<unknown>,
  later: (work: () => void, ms: number) => void = callLater,
): StopTeller {
  let current: number | undefined;
  const tell = (number: number): void => {
    if (current !== number) return;
    send(number).catch(() => undefined);
    later(() => tell(number), againMs);
  };
  return {
    tell: (number) => {
      current = number;
      tell(number);
    },
    over: () => (current = undefined),
  };
}
