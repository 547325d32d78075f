import { callLater } from "#kernel/host";

/** Starts something slow while nobody waits: a moment after it was wanted, and between two cells if it can be. */
export class WarmUp {
  readonly #parts: WarmUpParts;
  #wanted = false;

  constructor(parts: WarmUpParts) {
    this.#parts = parts;
  }

  /** Asks for the start; only the first call counts. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#later(mostTries);
  }

  #later(tries: number): void {
    callLater(() => {
      if (tries > 0 && this.#parts.isBusy()) this.#later(tries - 1);
      else this.#parts.start();
    }, pauseMs);
  }
}

export interface WarmUpParts {
  readonly isBusy: () => boolean;
  readonly start: () => void;
}

const pauseMs = 100;
/** After so many looks it starts beside a cell that runs long. */
const mostTries = 20;
