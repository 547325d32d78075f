import { InvalidArgument } from "../../core/errors.ts";
import { asTable, type TableLike } from "../../table/as-table.ts";
import { compareCodePoints } from "../../table/code-point-order.ts";
import type { Cell } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import type { Pulse } from "./fine-grid.ts";

/** How events are read. */
export interface EventOptions {
  /** The column that says of what condition an event is. Default `trial_type`. */
  readonly item?: string;
  /** How long an event is whose duration is missing, in seconds. Default: refused. */
  readonly durationS?: number;
  /** The column of amplitudes. Default `modulation` where there is such a column, else all are 1. */
  readonly modulation?: string;
  /** Events that are the same twice: refused (default), or `"sum"` as nilearn does. */
  readonly duplicates?: "refuse" | "sum";
  /**
   * Events of duration 0 beside longer ones: refused (default), or `"allow"`. One of duration 0 counts as a single
   * sample, `tr / oversampling` of what one of a second does.
   */
  readonly mixedDurations?: "refuse" | "allow";
}

/** One event as the model takes it. */
export interface ModelEvent extends Pulse {
  readonly condition: string;
  /** Number of its row in the table, from 0. */
  readonly row: number;
}

/** The events of a run. */
export interface RunEvents {
  readonly events: readonly ModelEvent[];
  /** Names of the conditions in the order of their columns: numbers as numbers, text by code point. */
  readonly conditions: readonly string[];
  /** Events so long before the first volume that nothing of them is left. */
  readonly nEarly: number;
  /** Events without a condition. */
  readonly nUnnamed: number;
  readonly table: Table;
}

/** Between when and when events may lie. */
export interface EventWindow {
  readonly firstS: number;
  readonly endS: number;
  readonly minOnsetS: number;
}

/** Read the events of a run. Throws `InvalidArgument` naming row and column. */
export function readEvents(
  input: TableLike,
  options: EventOptions,
  window: EventWindow,
): RunEvents {
  const table = asTable(input);
  const { item = "trial_type" } = options;
  for (const name of ["onset", "duration", item]) checkColumn(table, name);
  if (table.length === 0)
    throw new InvalidArgument("events", "no event", "give a table with a row an event");
  const named = namedRows(table, item);
  const all = named.map((row) => eventAt(table, row, item, options));
  refuseLate(all, window);
  const events = all.filter(({ onset }) => onset >= window.firstS + window.minOnsetS);
  if (events.length === 0)
    throw new InvalidArgument(
      "events",
      `${table.length} events, none that counts`,
      `name their condition in ${item}, and let them begin less than ${-window.minOnsetS} s before the first volume`,
    );
  if (options.duplicates !== "sum") refuseDuplicates(events);
  if (options.mixedDurations !== "allow") refuseMixed(events);
  return {
    events,
    conditions: conditionsOf(table, item, events),
    nEarly: all.length - events.length,
    nUnnamed: table.length - named.length,
    table,
  };
}

function checkColumn(table: Table, name: string): void {
  if (table.names.includes(name)) return;
  const other = name === "onset" || name === "duration";
  throw new InvalidArgument(
    "events",
    `no column ${name}`,
    `there are ${table.names.slice(0, 24).join(", ")}; ${
      other
        ? `rename the column of each event's ${name} in seconds to ${name}`
        : `say which column names the condition of each event with item, as item: ${JSON.stringify(otherColumn(table))}`
    }`,
  );
}

function otherColumn({ names }: Table): string {
  return names.find((name) => name !== "onset" && name !== "duration") ?? "condition";
}

function namedRows(table: Table, item: string): number[] {
  return [...table.column(item).keys()].filter((row) => !isMissing(table.column(item)[row]));
}

function isMissing(cell: Cell): boolean {
  return cell === null || (typeof cell === "string" && ["", "n/a"].includes(cell.trim()));
}

function eventAt(table: Table, row: number, item: string, options: EventOptions): ModelEvent {
  const { durationS, modulation } = options;
  const at = (column: string): number => numberAt(table, column, row);
  const lacksDuration = isMissing(table.column("duration")[row]);
  if (lacksDuration && durationS === undefined)
    throw badCell("duration", row, "n/a", "give durationS, the seconds of events without one");
  const duration = lacksDuration && durationS !== undefined ? durationS : at("duration");
  if (duration < 0) throw badCell("duration", row, duration, "give 0 or more seconds");
  const amplitudes = modulation ?? (table.names.includes("modulation") ? "modulation" : undefined);
  return {
    onset: at("onset"),
    duration,
    amplitude: amplitudes === undefined ? 1 : at(amplitudes),
    condition: String(table.column(item)[row]),
    row,
  };
}

function numberAt(table: Table, column: string, row: number): number {
  const cell = table.column(column)[row];
  if (isMissing(cell)) throw badCell(column, row, "n/a", "give a number, or leave the row out");
  const value = typeof cell === "string" && /^[-+\d.eE]+$/.test(cell.trim()) ? Number(cell) : cell;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw badCell(column, row, cell, "give seconds as a number with a decimal point");
}

function badCell(column: string, row: number, found: unknown, advice: string): InvalidArgument {
  return new InvalidArgument(`${column} in row ${row + 1} of the events`, asRead(found), advice);
}

/** n/a as the file has it, without the quotes of a text. */
function asRead(found: unknown): unknown {
  return found === "n/a" ? "missing (n/a)" : found;
}

function refuseLate(events: readonly ModelEvent[], { endS }: EventWindow): void {
  const late = events.filter(({ onset }) => onset >= endS);
  if (late.length === 0) return;
  const { row, condition, onset } = late[0];
  const inMs =
    events.every((event) => event.onset / 1000 < endS) && late.length > events.length / 2;
  const all = late.length === 1 ? "" : ` (and ${late.length - 1} more)`;
  throw new InvalidArgument(
    "events",
    `row ${row + 1}, ${condition}, at ${onset} s${all}`,
    `the scan ends at ${endS} s; ${
      inMs
        ? "are onsets in milliseconds? Give seconds from the first volume"
        : "leave out what comes after the last volume; check nVolumes and tr, and that onsets are no milliseconds"
    }`,
  );
}

function refuseDuplicates(events: readonly ModelEvent[]): void {
  const seen = new Map<string, ModelEvent>();
  for (const event of events) {
    const key = JSON.stringify([event.condition, event.onset, event.duration]);
    const before = seen.get(key);
    seen.set(key, event);
    if (before === undefined) continue;
    throw new InvalidArgument(
      "events",
      `row ${before.row + 1} and row ${event.row + 1} are the same event`,
      `both are ${JSON.stringify(event.condition)} at ${event.onset} s; leave one out, or add them up with duplicates: "sum"`,
    );
  }
}

function refuseMixed(events: readonly ModelEvent[]): void {
  const zero = events.find(({ duration }) => duration === 0);
  const longer = events.find(({ duration }) => duration > 0);
  if (zero === undefined || longer === undefined) return;
  throw new InvalidArgument(
    "duration",
    `0 s in row ${zero.row + 1} and ${longer.duration} s in row ${longer.row + 1}`,
    'one of 0 s is a single fine sample, so that the two are not comparable; give all a duration, or mixedDurations: "allow"',
  );
}

/** The conditions that have events, sorted. */
function conditionsOf(table: Table, item: string, events: readonly ModelEvent[]): string[] {
  const found = new Map(events.map(({ row, condition }) => [condition, table.column(item)[row]]));
  const names = [...found.keys()];
  const numeric = [...found.values()].every((cell) => typeof cell === "number");
  return numeric ? names.sort((a, b) => Number(a) - Number(b)) : names.sort(compareCodePoints);
}

/** What to say of events that do not count; empty when all do. */
export function omittedNotes({ nEarly, nUnnamed }: RunEvents): string[] {
  return [
    ...(nEarly > 0 ? [`${nEarly} events long before the first volume were left out`] : []),
    ...(nUnnamed > 0 ? [`${nUnnamed} events without a condition were left out`] : []),
  ];
}
