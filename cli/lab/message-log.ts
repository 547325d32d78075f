/** A message that was published, as it was sent. */
export interface Logged {
  readonly number: number;
  readonly text: string;
}

interface Entry extends Logged {
  readonly cell: string | undefined;
  readonly request: string | undefined;
}

const mostCharacters = 64 * 2 ** 20;

/**
 * What the cells of a notebook showed when they ran last, so that a tab that was closed, or lost its socket, hears what it
 * missed. Of more than 64 MB the oldest is forgotten.
 */
export class MessageLog {
  #entries: Entry[] = [];
  #characters = 0;
  #count = 0;

  /** The number of the newest message. */
  get newest(): number {
    return this.#count;
  }

  /** The number the next message will have, which is written into it. */
  get next(): number {
    return this.#count + 1;
  }

  /** `cell` and `request` say whose message it is. A new request for a cell ends what its last one showed. */
  add(text: string, cell: string | undefined, request: string | undefined): void {
    this.#count += 1;
    if (cell !== undefined) this.#keep((entry) => entry.cell !== cell || entry.request === request);
    this.#entries.push({ number: this.#count, text, cell, request });
    this.#characters += text.length;
    while (this.#characters > mostCharacters) {
      const oldest = this.#entries.shift();
      if (oldest === undefined) break;
      this.#characters -= oldest.text.length;
    }
  }

  /** The messages after number `after`, in order. */
  after(after: number): readonly Logged[] {
    return this.#entries.filter(({ number }) => number > after);
  }

  #keep(isKept: (entry: Entry) => boolean): void {
    const last = this.#entries.findLast((entry) => !isKept(entry));
    if (last === undefined) return;
    this.#entries = this.#entries.filter((entry) => {
      const kept = isKept(entry);
      if (!kept) this.#characters -= entry.text.length;
      return kept;
    });
  }
}
