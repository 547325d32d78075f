import type { Cell, CellKind } from "./cell.ts";
import { emptyCell } from "./cell.ts";

/** The cells of a notebook, in order. */
export type Cells = readonly Cell[];

/** Puts cells before position `at`. */
export function insert(cells: Cells, at: number, added: Cells): Cells {
  return [...cells.slice(0, at), ...added, ...cells.slice(at)];
}

/** Takes cells out; a notebook always has one cell to write in. */
export function remove(cells: Cells, ids: ReadonlySet<string>): Cells {
  const left = cells.filter(({ id }) => !ids.has(id));
  return left.length === 0 ? [emptyCell()] : left;
}

/** Moves a cell by so many places, up when negative; at the ends it stays. */
export function move(cells: Cells, id: string, by: number): Cells {
  const from = indexOf(cells, id);
  const to = Math.min(Math.max(from + by, 0), cells.length - 1);
  if (from < 0 || from === to) return cells;
  const others = cells.filter((cell) => cell.id !== id);
  return insert(others, to, [cells[from]]);
}

/** Cuts a cell in two at an offset in its source; its outputs stay with the first part. */
export function split(cells: Cells, id: string, offset: number): { cells: Cells; second: string } {
  const at = indexOf(cells, id);
  const cell = cells[at];
  const first = { ...cell, source: cell.source.slice(0, offset).replace(/\n$/, "") };
  const second = emptyCell(cell.kind, cell.source.slice(offset).replace(/^\n/, ""));
  const both = [first, { ...second, metadata: cell.metadata }];
  return { cells: [...cells.slice(0, at), ...both, ...cells.slice(at + 1)], second: second.id };
}

/** Joins a cell with the one below; the outputs are those of the upper one. */
export function mergeBelow(cells: Cells, id: string): Cells {
  const at = indexOf(cells, id);
  const below = cells[at + 1];
  if (at < 0 || below === undefined) return cells;
  const cell = cells[at];
  const between = cell.kind === "code" && below.kind === "code" ? "\n" : "\n\n";
  const source = [cell.source, below.source].filter((text) => text !== "").join(between);
  return [...cells.slice(0, at), { ...cell, source }, ...cells.slice(at + 2)];
}

/** Makes code of text, or text of code, which then has no outputs. */
export function changeKind(cells: Cells, id: string, kind: CellKind): Cells {
  return cells.map((cell) =>
    cell.id !== id || cell.kind === kind
      ? cell
      : { ...cell, kind, outputs: [], executionCount: null },
  );
}

/** The position of a cell, -1 when it is gone. */
export function indexOf(cells: Cells, id: string): number {
  return cells.findIndex((cell) => cell.id === id);
}
