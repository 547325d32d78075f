import type { Publisher } from "zeromq";

/** How long output waits for a subscriber that takes nothing, and how long it then goes without. */
const patienceMs = 10_000;
const withoutMs = 60_000;

/**
 * Sends to every subscriber without loss: a slow one makes the sender wait. One that takes nothing
 * for ten seconds, such as a stopped program, loses output for a minute, so that the others go on.
 */
export class LosslessPublisher {
  readonly #socket: Publisher;
  #losslessAgainAt = 0;

  constructor(socket: Publisher) {
    this.#socket = socket;
    socket.noDrop = true;
    socket.sendTimeout = patienceMs;
  }

  async send(frames: Buffer[]): Promise<void> {
    if (this.#losslessAgainAt > 0 && Date.now() > this.#losslessAgainAt) this.#setLossless(true);
    try {
      await this.#socket.send(frames);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      this.#setLossless(false);
      await this.#socket.send(frames);
    }
  }

  #setLossless(lossless: boolean): void {
    this.#socket.noDrop = lossless;
    this.#losslessAgainAt = lossless ? 0 : Date.now() + withoutMs;
  }
}
