import type { CellEnd, Confined, Limits } from "./confined.ts";
import { startConfined } from "./confined.ts";
import type { GradedCell } from "./slice.ts";

/**
 * The exercises of one hand-in, run inside the published notebook. A cell that had to be stopped ends its process; the
 * next exercise gets a new one, in which the published cells are run again.
 */
export class HandInRun {
  readonly #cells: readonly GradedCell[];
  readonly #limits: Limits;
  readonly #until: number;
  #process: Confined | undefined;
  /** Published cells before this one have been run. */
  #next = 0;

  constructor(cells: readonly GradedCell[], limits: Limits) {
    this.#cells = cells;
    this.#limits = limits;
    this.#until = performance.now() + 1000 * limits.seconds;
  }

  /** Runs the published cells up to the exercise at `at`, then the learner's cell in its place. */
  async exercise(at: number, source: string): Promise<CellEnd> {
    const seconds = (this.#until - performance.now()) / 1000;
    if (this.#process === undefined && seconds <= 0)
      return { outputs: [], error: "not reached within the limit of time", isLast: true };
    const running = (this.#process ??= await startConfined({ ...this.#limits, seconds }));
    for (; this.#next < at; this.#next++) {
      const cell = this.#cells[this.#next];
      if (cell.exercise !== undefined) continue;
      const end = await running.run(withTodo(cell.source), true);
      if (end.error !== undefined) return this.#ended(end);
    }
    return this.#ended(await running.run(source, false));
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#process = undefined;
  }

  async #ended(end: CellEnd): Promise<CellEnd> {
    if (end.isLast) {
      await this.close();
      this.#next = 0;
    }
    return end;
  }
}

/** An empty blank calls `todo`, which the solved notebook does not import. */
function withTodo(source: string): string {
  return source.replace(/import \{([^}]*)\} from "tsrsa\/course"/, (_, names: string) => {
    const all = [...names.split(",").map((name) => name.trim()), "todo"];
    return `import { ${[...new Set(all)].filter((name) => name !== "").join(", ")} } from "tsrsa/course"`;
  });
}
