import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { listOf, thing } from "../core/gate/kinds.ts";
import type { Cell } from "./columns.ts";
import { Observations } from "./observations.ts";
import { Table } from "./table.ts";

const areObservations = listOf(thing("Observations", "patterns", "table"));

/**
 * Observations of several sets behind one another; columns that a set lacks are missing there.
 *
 * @throws InvalidArgument for none, or sets whose channels are others or in another order; ShapeMismatch for different
 *   numbers of channels.
 * @example
 * import { concatObservations, Observations } from "tsrsa";
 * const [a, b] = [1, 2].map((run) => new Observations({ patterns: [[run, 0]], table: { run: [run] } }));
 * concatObservations([a, b]).table.column("run"); // [ 1, 2 ]
 */
export function concatObservations(sets: readonly Observations[]): Observations {
  areObservations(sets, "sets");
  if (sets.length === 0) throw new InvalidArgument("sets", "none", "give at least one");
  const [first] = sets;
  const p = first.nChannels;
  for (const one of sets)
    if (one.nChannels !== p)
      throw new ShapeMismatch(`${p} channels in every set`, `${one.nChannels}`);
  const n = sets.reduce((sum, one) => sum + one.nObservations, 0);
  const data = new Float64Array(n * p);
  let at = 0;
  for (const { patterns } of sets) {
    data.set(patterns.data, at);
    at += patterns.data.length;
  }
  const channels = sharedChannels(sets);
  return new Observations({
    patterns: { data, shape: [n, p] },
    table: joined(sets.map(({ table }) => table)),
    ...(channels === undefined ? {} : { channels }),
  });
}

/** What is known of the channels, which all sets that know it must say alike: values are joined by position. */
function sharedChannels(sets: readonly Observations[]): Table | undefined {
  const known = sets.flatMap(({ channels }) => (channels === undefined ? [] : [channels]));
  const other = known.findIndex((channels) => wordsOf(channels) !== wordsOf(known[0]));
  if (other === -1) return known.at(0);
  throw new InvalidArgument(
    "sets",
    "sets whose tables of channels differ",
    "bring the channels of all sets into one order with takeChannels, and give their tables the same columns",
  );
}

/** Equal for tables of the same columns and cells, in whatever order the columns are. */
function wordsOf(channels: Table): string {
  const names = [...channels.names].sort();
  return JSON.stringify(names.map((name) => [name, channels.column(name).map(cellWord)]));
}

/** Numbers and text apart; `NaN` and large integers, which JSON does not know, too. */
function cellWord(cell: Cell): string | null {
  return cell === null ? null : `${typeof cell} ${String(cell)}`;
}

function joined(tables: readonly Table[]): Table {
  const names = [...new Set(tables.flatMap((table) => table.names))];
  const cells = (name: string): Cell[] =>
    tables.flatMap((table) =>
      table.names.includes(name)
        ? table.column(name)
        : Array.from({ length: table.length }, () => null),
    );
  return new Table(new Map(names.map((name) => [name, cells(name)])));
}
