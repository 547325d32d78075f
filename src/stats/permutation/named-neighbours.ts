import { DuplicateItem, InvalidArgument, ItemMismatch } from "../../core/errors.ts";
import { listOf, texts } from "../../core/gate/kinds.ts";

/**
 * Which sensors lie beside each other, by name: every pair once, as names or as places in `names`. What has other names
 * or another order is joined by name.
 */
export interface NamedNeighbours {
  readonly names: readonly string[];
  readonly pairs: readonly (readonly [string, string] | readonly [number, number])[];
  /** Where they come from: the words for a figure legend. */
  readonly words?: string;
}

const pair = listOf((value, argument) => {
  if (typeof value !== "string" && !Number.isSafeInteger(value))
    throw new InvalidArgument(argument, value, "give two names, or two places in names");
});

/** Names that have occurred before, of thousands too. */
export function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.has(name) || seen.add(name) === undefined);
}

/** Throws `InvalidArgument`, `DuplicateItem` for what is no list of neighbours. */
export function checkNamedNeighbours({ names, pairs }: NamedNeighbours): void {
  texts(names, "names of neighbours");
  const twice = repeated(names);
  if (twice.length > 0) throw new DuplicateItem(twice, "name each sensor once in the neighbours");
  listOf(pair)(pairs, "pairs");
  const places = new Map(names.map((name, at) => [name, at]));
  for (const [a, b] of pairs) {
    placeIn(a, places, names.length);
    placeIn(b, places, names.length);
  }
}

/** The places beside each of `channels`, joined by name. Throws `ItemMismatch` naming channels that have no neighbours. */
export function neighbourLists(named: NamedNeighbours, channels: readonly string[]): Set<number>[] {
  checkNamedNeighbours(named);
  const at = placesByName(named.names, channels);
  const lists = channels.map(() => new Set<number>());
  const places = new Map(named.names.map((name, place) => [name, place]));
  for (const [first, second] of named.pairs) {
    const a = at.get(placeIn(first, places, named.names.length));
    const b = at.get(placeIn(second, places, named.names.length));
    if (a === undefined || b === undefined || a === b) continue;
    lists[a].add(b);
    lists[b].add(a);
  }
  return lists;
}

/** Where each name of the neighbours stands among the channels; "MEG0113" is "MEG 0113". */
function placesByName(names: readonly string[], channels: readonly string[]): Map<number, number> {
  const exact = new Map(names.map((name, place) => [name, place]));
  const close = new Map(names.map((name, place) => [withoutSpaces(name), place]));
  const found = channels.map((name) => exact.get(name) ?? close.get(withoutSpaces(name)));
  const missing = channels.filter((_, at) => found[at] === undefined);
  if (missing.length > 0)
    throw new ItemMismatch(
      missing,
      [],
      "the neighbours do not know these sensors; take neighbours of this recording, or leave the sensors out",
    );
  return new Map(found.map((place, at) => [place ?? -1, at]));
}

function withoutSpaces(name: string): string {
  return name.replace(/\s+/g, "");
}

function placeIn(
  value: string | number,
  places: ReadonlyMap<string, number>,
  size: number,
): number {
  const place = typeof value === "string" ? places.get(value) : value;
  if (place !== undefined && place >= 0 && place < size) return place;
  throw new InvalidArgument("pairs", value, "every pair must name two of the sensors in names");
}
