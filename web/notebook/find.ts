import type { Cells } from "./edits.ts";

/** A place where a text stands in a cell. */
export interface Match {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** All places of a text, in order. Capitals matter only where the text has one. */
export function findAll(cells: Cells, text: string): Match[] {
  if (text === "") return [];
  const isExact = text !== text.toLowerCase();
  const wanted = escaped(text);
  const pattern = new RegExp(wanted, isExact ? "gu" : "giu");
  return cells.flatMap(({ id, source }) =>
    [...source.matchAll(pattern)].map(({ index, 0: found }) => ({
      id,
      from: index,
      to: index + found.length,
    })),
  );
}

/** The new texts of the cells in which `text` was replaced by `other`. */
export function replaceAll(
  cells: Cells,
  text: string,
  other: string,
): { id: string; source: string }[] {
  const matches = findAll(cells, text);
  return cells.flatMap(({ id, source }) => {
    const own = matches.filter((match) => match.id === id);
    if (own.length === 0) return [];
    let changed = source;
    for (const { from, to } of own.reverse())
      changed = changed.slice(0, from) + other + changed.slice(to);
    return [{ id, source: changed }];
  });
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
