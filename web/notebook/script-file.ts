import { formatPercent, parsePercent } from "../../kernel/notebook/percent.ts";
import type { Cell } from "./cell.ts";
import { asStored, isAsStored, tagsOf } from "./cell.ts";
import type { NotebookFile } from "./file-form.ts";

/** A percent script; the lines of a cell that was not changed stay letter for letter. */
export function readScript(text: string): NotebookFile {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const plain = text.replaceAll("\r\n", "\n");
  const [before, ...pieces] = plain.split(/(?=^\/\/ ?%%)/m);
  // What stands before the first marker is a cell only when it says something.
  const all = /^\/\/ ?%%/.test(before) || before.trim() !== "" ? [before, ...pieces] : pieces;
  const lead = all.length === pieces.length ? before : "";
  const cells = all.map(readPiece);
  return {
    cells,
    keepsOutputs: false,
    write: (now) => {
      if (now.length === cells.length && now.every((cell, i) => isSame(cell, cells[i])))
        return text;
      const body = now.map((cell, i) => pieceOf(cell, i === now.length - 1)).join("");
      return (lead + body).replaceAll("\n", lineEnd);
    },
  };
}

function isSame(cell: Cell, read: Cell): boolean {
  return cell.stored === read.stored && isAsStored(cell, false);
}

/** The same file gives the same ids, so that two tabs mean the same cell. */
function readPiece(piece: string, at: number): Cell {
  const [{ kind, source, tags, title } = { kind: "code", source: "", tags: [] } as const] =
    parsePercent(piece);
  const metadata = {
    ...(tags.length === 0 ? {} : { tags }),
    ...(title === undefined ? {} : { title }),
  };
  const cell = { id: `cell-${at + 1}`, kind, source, metadata, outputs: [], executionCount: null };
  return asStored(cell, piece);
}

function pieceOf(cell: Cell, isLast: boolean): string {
  const { stored } = cell;
  const form = typeof stored?.form === "string" ? stored.form : undefined;
  if (form !== undefined && isAsStored(cell, false)) return isLast ? oneEnd(form) : spaced(form);
  const { title } = cell.metadata;
  const text = formatPercent([
    {
      kind: cell.kind,
      source: cell.source,
      tags: tagsOf(cell),
      ...(typeof title === "string" ? { title } : {}),
    },
  ]);
  const blanks = /\n+$/.exec(form ?? "")?.[0] ?? "\n\n";
  return isLast ? text : text.trimEnd() + (blanks.length < 1 ? "\n\n" : blanks);
}

/** A cell that was last and is no more needs its line end. */
function spaced(form: string): string {
  return form.endsWith("\n") ? form : `${form}\n\n`;
}

function oneEnd(form: string): string {
  return form.replace(/\n*$/, "\n");
}
