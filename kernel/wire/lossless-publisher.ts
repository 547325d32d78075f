import { setTimeout as sleep } from "node:timers/promises";
import type { XPublisher } from "zeromq";

type Publisher = Pick<XPublisher, "noDrop" | "send">;

/** How long output waits for a subscriber that takes nothing, and how long it then goes without. */
const patienceMs = 10_000;
const withoutMs = 60_000;
const retryMs = 5;
const paceMs = 1;

/**
 * Sends to every subscriber without loss: a slow one makes the sender wait. One that takes nothing
 * for ten seconds, such as a stopped program, loses output for a minute, so that the others go on.
 */
export class LosslessPublisher {
  readonly #socket: Publisher;
  readonly #patienceMs: number;
  #losslessAgainAt = 0;

  /** `socket` is not bound yet. */
  constructor(socket: Publisher, { patience = patienceMs }: { patience?: number } = {}) {
    this.#socket = socket;
    this.#patienceMs = patience;
    socket.noDrop = true;
  }

  async send(frames: Buffer[]): Promise<void> {
    if (this.#losslessAgainAt > 0 && Date.now() > this.#losslessAgainAt) this.#setLossless(true);
    // While one is given up the socket drops what any has no room for: slower, the others keep up.
    if (this.#losslessAgainAt > 0) await sleep(paceMs);
    const end = Date.now() + this.#patienceMs;
    while (!(await this.#trySend(frames))) {
      if (Date.now() > end) this.#setLossless(false);
      else await sleep(retryMs);
    }
  }

  /** False when one of the subscribers has no room; the socket itself does not wait for it. */
  async #trySend(frames: Buffer[]): Promise<boolean> {
    try {
      await this.#socket.send(frames);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      return false;
    }
  }

  #setLossless(lossless: boolean): void {
    this.#socket.noDrop = lossless;
    this.#losslessAgainAt = lossless ? 0 : Date.now() + withoutMs;
  }
}
