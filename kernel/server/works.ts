import type { IncomingMessage } from "../messages/message.ts";

/** A request whose handling may show something: a cell, or a message of a comm. */
export interface Work {
  /** What the executor calls it: cells that count have their number, all else one below 0. */
  readonly number: number;
  readonly request: Asked;
}

/** Of a request, what its outputs need; its content may be large. */
export type Asked = Pick<IncomingMessage, "header">;

const most = 200;

/** Requests by the number of their work, so that what comes late still finds its place. */
export class Works {
  readonly #works = new Map<number, Work>();
  #unnumbered = 0;
  #newest: Work | undefined;

  /** Notes a request; without a number it gets one that no cell has. */
  add({ header }: Asked, number = --this.#unnumbered): Work {
    const work = { number, request: { header } };
    this.#works.delete(number);
    this.#works.set(number, work);
    this.#newest = work;
    for (const oldest of this.#works.keys()) {
      if (this.#works.size <= most) break;
      this.#works.delete(oldest);
    }
    return work;
  }

  get(number: number): Work | undefined {
    return this.#works.get(number);
  }

  /** The one that began last. */
  get newest(): Work | undefined {
    return this.#newest;
  }
}
