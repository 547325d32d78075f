import { randomUUID } from "node:crypto";
import type { Header } from "../messages/message.ts";
import type { CellRequest, Cells } from "./cells.ts";

/** The shells of a kernel: the main one, and those that front ends asked for, whose cells run beside. */
export class Subshells {
  readonly #main: Cells;
  readonly #make: () => Cells;
  readonly #others = new Map<string, Cells>();

  constructor(main: Cells, make: () => Cells) {
    this.#main = main;
    this.#make = make;
  }

  create(): string {
    const id = randomUUID();
    this.#others.set(id, this.#make());
    return id;
  }

  /** Takes no more cells for it; false when there is none of that name. */
  delete(id: string): boolean {
    this.#others.get(id)?.stop();
    return this.#others.delete(id);
  }

  get ids(): readonly string[] {
    return [...this.#others.keys()];
  }

  /** The shell that a request is for; undefined when it is gone. */
  of({ subshell_id: id }: Header): Cells | undefined {
    if (id === undefined || id === null) return this.#main;
    return typeof id === "string" ? this.#others.get(id) : undefined;
  }

  /** The cell of a shell that runs for the request with this header. */
  running(header: unknown): CellRequest | undefined {
    return this.#all.map(({ running }) => running).find((cell) => cell?.request.header === header);
  }

  /** Stops what runs, in all of them. */
  interrupt(): void {
    for (const shell of this.#others.values()) shell.giveUp();
    this.#main.interrupt();
  }

  stop(): void {
    for (const shell of this.#all) shell.stop();
  }

  get #all(): Cells[] {
    return [this.#main, ...this.#others.values()];
  }
}
