import type { AnnouncedCell } from "./dap.ts";
import { pathOf, placesOf } from "./sources.ts";

type Post = (method: string, params: object) => Promise<unknown>;

/** So many cells that ran keep their breakpoints. */
const mostCells = 200;

/** The breakpoints of cells: those that were asked for by path, and those that V8 has in the scripts. */
export class Breakpoints {
  readonly #post: Post;
  readonly #cells = new Map<string, AnnouncedCell>();
  /** Lines by the path of the cell. */
  readonly #wanted = new Map<string, readonly number[]>();
  /** What V8 calls them, by script. */
  readonly #made = new Map<string, readonly string[]>();

  constructor(post: Post) {
    this.#post = post;
  }

  get all(): readonly object[] {
    return [...this.#wanted].map(([source, lines]) => ({
      source,
      breakpoints: lines.map((line) => ({ line })),
    }));
  }

  /** The cell that a script was made of. */
  cell(script: string): AnnouncedCell | undefined {
    return this.#cells.get(script);
  }

  async announce(cell: AnnouncedCell): Promise<void> {
    this.#cells.set(cell.script, cell);
    for (const oldest of this.#cells.keys()) {
      if (this.#cells.size <= mostCells) break;
      this.#cells.delete(oldest);
    }
    await this.#makeIn(cell);
  }

  /** Takes the place of all breakpoints of a cell, also where it runs already. */
  async set(path: string, lines: readonly number[]): Promise<object> {
    if (lines.length === 0) this.#wanted.delete(path);
    else this.#wanted.set(path, lines);
    for (const cell of this.#cells.values())
      if (pathOf(cell.source) === path) await this.#makeIn(cell);
    return { breakpoints: lines.map((line) => ({ verified: true, line, source: { path } })) };
  }

  clear(): void {
    this.#wanted.clear();
    this.#made.clear();
  }

  async #makeIn(cell: AnnouncedCell): Promise<void> {
    for (const breakpointId of this.#made.get(cell.script) ?? [])
      await this.#post("Debugger.removeBreakpoint", { breakpointId }).catch(() => undefined);
    const lines = this.#wanted.get(pathOf(cell.source)) ?? [];
    const places = lines.flatMap((line) => placesOf(cell, line));
    const urlRegex = `[/\\\\]${cell.script.replace(/\./g, "\\.")}$`;
    const made = await Promise.all(
      places.map((place) => this.#post("Debugger.setBreakpointByUrl", { urlRegex, ...place })),
    );
    this.#made.set(
      cell.script,
      made.map((one) => (one as { breakpointId: string }).breakpointId),
    );
  }
}
