import type { NotebookDocument } from "../notebook/document.ts";
import type { RanCell, StaleReason } from "../notebook/stale.ts";
import { staleCells } from "../notebook/stale.ts";
import type { CellNames } from "../store/store.ts";
import type { Ran } from "./notebook-run.ts";

/** Asks which names each of some cells reads and writes. */
export type AskNames = (sources: readonly string[]) => Promise<readonly CellNames[]>;

const noNames: CellNames = { reads: [], writes: [], imports: [] };
const quietMs = 300;

/** Knows which cells are stale: their inputs changed since they ran. */
export class Freshness {
  stale: ReadonlyMap<string, StaleReason> = new Map();
  readonly #document: NotebookDocument;
  readonly #ask: AskNames;
  readonly #ran: () => ReadonlyMap<string, Ran>;
  readonly #onChange: () => void;
  /** By the text of the cell, and by the texts of all, since what a cell reads depends on what others write. */
  #names = new Map<string, CellNames>();
  #askedFor = "";
  /** What cells wrote, by their id, so that it is known of deleted ones. */
  readonly #written = new Map<string, readonly string[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    document: NotebookDocument,
    ran: () => ReadonlyMap<string, Ran>,
    ask: AskNames,
    onChange: () => void,
  ) {
    this.#document = document;
    this.#ran = ran;
    this.#ask = ask;
    this.#onChange = onChange;
  }

  /** Looks again, once things have been quiet for a moment. */
  later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), quietMs);
  }

  /** Looks again. */
  async look(): Promise<void> {
    await this.#learnNames();
    const ran = this.#ran();
    const cells = this.#codeCells().map(({ id, source }): RanCell => {
      const names = this.#names.get(source) ?? noNames;
      const run = ran.get(id);
      if (run !== undefined) this.#written.set(id, names.writes);
      return { id, source, names, ran: run };
    });
    this.stale = staleCells(cells, this.#lostNames(cells, ran));
    this.#onChange();
  }

  /** The names of cells above that a cell needs, by the cells that write them. */
  namesOf(source: string): CellNames {
    return this.#names.get(source) ?? noNames;
  }

  #codeCells(): { id: string; source: string }[] {
    return this.#document.cells.filter(({ kind }) => kind === "code");
  }

  async #learnNames(): Promise<void> {
    const sources = this.#codeCells().map(({ source }) => source);
    const key = JSON.stringify(sources);
    if (key === this.#askedFor) return;
    try {
      const names = await this.#ask(sources);
      this.#names = new Map(sources.map((source, i) => [source, names[i] ?? noNames]));
      this.#askedFor = key;
    } catch {
      // Without the server nothing runs either; what is known stays until it is back.
    }
  }

  #lostNames(cells: readonly RanCell[], ran: ReadonlyMap<string, Ran>): Set<string> {
    const there = new Set(cells.map(({ id }) => id));
    return new Set(
      [...this.#written]
        .filter(([id]) => !there.has(id) && ran.has(id))
        .flatMap(([, names]) => [...names]),
    );
  }
}
