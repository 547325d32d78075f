import type { LookAnswer } from "../executor/protocol.ts";

/** A process that runs a cell answers late, and a front end does not wait. */
const patienceMs = 200;

/** Questions for the values of a process that have no answer yet. */
export class Looks {
  readonly #open = new Map<number, (answer: LookAnswer | undefined) => void>();
  #asked = 0;

  /** Sends a question under a number; resolves to undefined when no answer comes soon. */
  ask(send: (id: number) => void): Promise<LookAnswer | undefined> {
    const id = (this.#asked += 1);
    return new Promise((resolve) => {
      const limit = setTimeout(() => this.#settle(id, undefined), patienceMs);
      this.#open.set(id, (answer) => {
        clearTimeout(limit);
        resolve(answer);
      });
      send(id);
    });
  }

  answer(id: number, answer: LookAnswer): void {
    this.#settle(id, answer);
  }

  #settle(id: number, answer: LookAnswer | undefined): void {
    this.#open.get(id)?.(answer);
    this.#open.delete(id);
  }
}
