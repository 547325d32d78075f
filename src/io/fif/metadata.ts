import { blockKind, tagKind } from "./constants.ts";
import { findBlocks, findTag } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { fault, readJson, readString } from "./values.ts";
import type { FifTag } from "./tags.ts";
import type { FifCell, FifMetadata } from "./types.ts";

/** The metadata table of an epochs file: JSON records, as pandas writes them. */
export function readMetadata(file: FifFile, root: FifBlock): FifMetadata | undefined {
  const block = findBlocks(root, blockKind.metadata).at(0);
  const tag = block === undefined ? undefined : findTag(block, tagKind.description);
  if (tag === undefined) return undefined;
  const records = readJson(file, tag);
  if (!Array.isArray(records) || !records.every(isRecord))
    throw fault(file, tag, "a JSON list of records", "something else");
  return toColumns(file, tag, records);
}

// JavaScript moves keys that look like whole numbers to the front, so take the order from the text.
function keyOrder(file: FifFile, tag: FifTag): string[] {
  const keys: string[] = [];
  let depth = 0;
  let last = "";
  for (const [token] of readString(file, tag).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ":" && depth === 2) keys.push(String(JSON.parse(last)));
    if (token === "}" && depth === 1) return keys;
    last = token;
  }
  return keys;
}

function toColumns(
  file: FifFile,
  tag: FifTag,
  records: readonly Record<string, unknown>[],
): FifMetadata {
  const columns = new Map<string, FifCell[]>();
  records.forEach((record, row) => {
    const names = row === 0 ? keyOrder(file, tag) : Object.keys(record);
    for (const name of names) {
      const cell = record[name];
      if (!isCell(cell))
        throw fault(file, tag, "text, numbers, booleans or null", `row ${row}, column ${name}`);
      // A column that begins later is empty before.
      const column = columns.get(name) ?? Array.from({ length: row }, () => null);
      columns.set(name, column);
      column[row] = cell;
    }
    for (const column of columns.values()) if (column.length === row) column.push(null);
  });
  return { names: [...columns.keys()], columns, nRows: records.length };
}

/** Rows of a table, in the order given. */
export function takeRows(metadata: FifMetadata, rows: readonly number[]): FifMetadata {
  const columns = new Map(
    [...metadata.columns].map(([name, column]) => [name, rows.map((row) => column[row])]),
  );
  return { names: metadata.names, columns, nRows: rows.length };
}

/** Tables one below the other; they must have the same columns. Undefined when they have not. */
export function joinRows(tables: readonly FifMetadata[]): FifMetadata | undefined {
  const [first] = tables;
  const names = JSON.stringify(first.names);
  if (tables.some((table) => JSON.stringify(table.names) !== names)) return undefined;
  const columns = new Map(
    first.names.map((name) => [name, tables.flatMap((table) => table.columns.get(name) ?? [])]),
  );
  return { names: first.names, columns, nRows: tables.reduce((n, table) => n + table.nRows, 0) };
}

/** A table as JSON records, the columns in their order. */
export function toRecordsJson(metadata: FifMetadata): string {
  const rows = Array.from({ length: metadata.nRows }, (_, row) => {
    const cells = metadata.names.map((name) => {
      const cell = metadata.columns.get(name)?.[row] ?? null;
      return `${JSON.stringify(name)}:${JSON.stringify(cell)}`;
    });
    return `{${cells.join(",")}}`;
  });
  return asciiJson(`[${rows.join(",")}]`);
}

/** JSON in ASCII, since FIF text is Latin-1. */
export function asciiJson(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCell(value: unknown): value is FifCell {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
