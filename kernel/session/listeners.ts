import type { Output } from "../executor/protocol.ts";

type Listener = (output: Output) => void;

/** So many cells are remembered for what they show after they ended. */
const most = 200;

/** Who hears what a cell shows, by its number. */
export class Listeners {
  readonly #byCell = new Map<number, Listener>();

  set(cell: number, listener: Listener | undefined): void {
    this.#byCell.delete(cell);
    if (listener !== undefined) this.#byCell.set(cell, listener);
    for (const oldest of this.#byCell.keys()) {
      if (this.#byCell.size <= most) break;
      this.#byCell.delete(oldest);
    }
  }

  tell(cell: number, output: Output): void {
    this.#byCell.get(cell)?.(output);
  }
}
