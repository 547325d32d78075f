import type { CellKind, NotebookCell } from "./cell.ts";
import { cellIds, kernelMetadata } from "./cell.ts";
import type { NotebookOutput } from "./outputs.ts";

/** A notebook file of format 4.5, as far as we write it. */
export interface Ipynb {
  readonly cells: readonly IpynbCell[];
  readonly metadata: Record<string, unknown>;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

export interface IpynbCell {
  readonly cell_type: CellKind;
  readonly id: string;
  readonly metadata: Record<string, unknown>;
  readonly source: string | readonly string[];
  readonly outputs?: readonly NotebookOutput[];
  readonly execution_count?: number | null;
}

/** What running added to a code cell. */
export interface CellRun {
  readonly outputs: readonly NotebookOutput[];
  readonly executionCount: number | null;
  /** Kept under `metadata.tsrsa`: `metadata.execution` may hold dates only. */
  readonly metadata?: Record<string, unknown>;
}

/** A notebook of these cells; `runs` holds, by position, what running a cell gave. */
export function toIpynb(
  cells: readonly NotebookCell[],
  runs: ReadonlyMap<number, CellRun> = new Map(),
  metadata: Record<string, unknown> = {},
): Ipynb {
  const ids = cellIds(cells);
  return {
    cells: cells.map((cell, i) => toIpynbCell(cell, ids[i], runs.get(i))),
    metadata: { ...kernelMetadata, ...metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function toIpynbCell(cell: NotebookCell, id: string, run: CellRun | undefined): IpynbCell {
  const metadata = {
    ...(cell.tags.length === 0 ? {} : { tags: cell.tags }),
    ...(cell.title === undefined ? {} : { title: cell.title }),
    ...(run?.metadata === undefined ? {} : { tsrsa: run.metadata }),
  };
  const common = { cell_type: cell.kind, id, metadata, source: splitLines(cell.source) };
  if (cell.kind !== "code") return common;
  return { ...common, execution_count: run?.executionCount ?? null, outputs: run?.outputs ?? [] };
}

/** The text of the file: keys as Jupyter orders them, so that saving there changes little. */
export function formatIpynb(notebook: Ipynb): string {
  return `${JSON.stringify(notebook, sortedKeys, 1)}\n`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The cells of a notebook file. Throws when it is not one, or of a format before 4. */
export function parseIpynb(text: string): NotebookCell[] {
  const { cells, nbformat } = JSON.parse(text) as { cells?: unknown; nbformat?: unknown };
  if (nbformat !== 4 || !Array.isArray(cells))
    throw new Error(
      `not a notebook of format 4 (nbformat is ${JSON.stringify(nbformat)}); save it again with a current Jupyter`,
    );
  return cells.map((cell) => readCell(cell as Partial<IpynbCell>));
}

function readCell({ cell_type, source, metadata }: Partial<IpynbCell>): NotebookCell {
  const { tags, title } = metadata ?? {};
  return {
    kind: cell_type === "markdown" || cell_type === "raw" ? cell_type : "code",
    source: joinLines(source ?? ""),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    ...(typeof title === "string" ? { title } : {}),
  };
}

/** Text as notebooks store it: one string a line, each but the last with its line end. */
export function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Text as notebooks may store it: one string or a list of them. */
export function joinLines(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("");
}
