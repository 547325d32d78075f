import type { Budget } from "../budget/budget.ts";
import type { ByteCursor } from "../binary/byte-cursor.ts";

/** One label of a parcellation. */
export interface AnnotEntry {
  /** Undefined where the file has no table of names. */
  readonly name: string | undefined;
  /** Red + 256 green + 65536 blue, as the vertices have it. */
  readonly colour: number;
  /** From 0 to 255. */
  readonly rgba: readonly [number, number, number, number];
}

/** Entries of either version of the table. A negative number tells the version, a positive one how many there are. */
export function readColourTable(cursor: ByteCursor, budget: Budget): AnnotEntry[] {
  const first = cursor.int32("colour table");
  if (first < 0 && first !== -2) throw cursor.fault("version of the table", "1 or 2", `${-first}`);
  if (first < 0) cursor.int32("size of the table");
  cursor.take(textLength(cursor, "name of the table's file"), "name of the table's file");
  const count = first < 0 ? cursor.int32("number of labels") : first;
  cursor.checkRoom(count, first < 0 ? 24 : 20, "number of labels");
  budget.takeObjects(4 * count, "labels");
  const structures = new Set<number>();
  const entries: AnnotEntry[] = [];
  for (let at = 0; at < count; at++) {
    if (first < 0) checkOnce(cursor, structures, cursor.int32("structure"), "structure");
    entries.push(readEntry(cursor));
  }
  const colours = new Set<number>();
  for (const { colour } of entries) checkOnce(cursor, colours, colour, "colour");
  return entries;
}

function readEntry(cursor: ByteCursor): AnnotEntry {
  const bytes = cursor.take(textLength(cursor, "name of a label"), "name of a label");
  const end = bytes.indexOf(0);
  const name = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  const [red, green, blue, transparency] = cursor.int32s(4, `colour of ${name}`);
  for (const part of [red, green, blue, transparency])
    if (part < 0 || part > 255) throw cursor.fault(`colour of ${name}`, "0 to 255", `${part}`);
  return {
    name,
    colour: red + 256 * green + 65536 * blue,
    rgba: [red, green, blue, 255 - transparency],
  };
}

function textLength(cursor: ByteCursor, field: string): number {
  const length = cursor.int32(`length of the ${field}`);
  if (length < 1 || length > cursor.left)
    throw cursor.fault(`length of the ${field}`, `1 to ${cursor.left}`, `${length}`);
  return length;
}

function checkOnce(cursor: ByteCursor, seen: Set<number>, value: number, what: string): void {
  if (seen.has(value)) throw cursor.fault(`${what} of a label`, "each once", `${value} twice`);
  seen.add(value);
}
