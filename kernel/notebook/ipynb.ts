import type { CellKind, NotebookCell } from "./cell.ts";
import { cellIds, kernelMetadata } from "./cell.ts";
import { isObject, isTextList } from "./json.ts";
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

/** A text that is no notebook of format 4, or one that lacks what its cells need. */
export class NotebookFault extends Error {
  override readonly name = "NotebookFault";
  constructor(
    readonly field: string,
    readonly expected: string,
    readonly found: string,
    readonly advice = "open it in Jupyter and save it again",
  ) {
    super(`${field}: expected ${expected}, found ${found}; ${advice}`);
  }
}

/**
 * The cells of a notebook file. Throws `NotebookFault` when it is none, of a format before 4, or when a cell has no
 * known kind, no source, or tags that are no text: a cell is never guessed. Ids and outputs are not needed.
 */
export function parseIpynb(text: string): NotebookCell[] {
  const notebook = parseJson(text.replace(/^\uFEFF/, ""));
  if (!isObject(notebook)) throw new NotebookFault("the file", "a JSON object", kindOf(notebook));
  const { cells, nbformat } = notebook;
  if (nbformat !== 4)
    throw new NotebookFault(
      "nbformat",
      "4",
      JSON.stringify(nbformat) ?? "none",
      "not a notebook of format 4; save it again with a current Jupyter",
    );
  if (!Array.isArray(cells)) throw new NotebookFault("cells", "a list", kindOf(cells));
  return cells.map((cell: unknown, at) => readCell(cell, `cell ${at + 1}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new NotebookFault(
      "text",
      "JSON",
      found,
      "the file is damaged, cut short or of another kind",
    );
  }
}

function readCell(cell: unknown, at: string): NotebookCell {
  if (!isObject(cell)) throw new NotebookFault(at, "an object", kindOf(cell));
  const { cell_type: kind, source, metadata = {} } = cell;
  if (kind !== "code" && kind !== "markdown" && kind !== "raw")
    throw new NotebookFault(`${at}: cell_type`, "code, markdown or raw", kindOf(kind));
  if (typeof source !== "string" && !isTextList(source))
    throw new NotebookFault(`${at}: source`, "text or a list of lines", kindOf(source));
  if (!isObject(metadata))
    throw new NotebookFault(`${at}: metadata`, "an object", kindOf(metadata));
  const { tags = [], title } = metadata;
  if (!isTextList(tags)) throw new NotebookFault(`${at}: tags`, "a list of names", kindOf(tags));
  return {
    kind,
    source: joinLines(source),
    tags,
    ...(typeof title === "string" ? { title } : {}),
  };
}

/** What a value is, for a message. */
function kindOf(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "an object" : JSON.stringify(value).slice(0, 40);
}

/** Text as notebooks store it: one string a line, each but the last with its line end. */
export function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Text as notebooks may store it: one string or a list of them. */
export function joinLines(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("");
}
