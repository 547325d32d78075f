import { toLabels } from "../core/gate/label.ts";
import { toRdms, type RdmInput } from "./rdm-list.ts";
import { InvalidArgument, UnknownItem } from "../core/errors.ts";
import { Table } from "../table/table.ts";
import { ownedRdm } from "./owned.ts";
import { placeOfPair, type Rdm } from "./rdm.ts";
import { describing } from "./take-items.ts";

/**
 * RDMs of different items, each as an RDM of all items: pairs that an RDM lacks are `NaN`.
 * Agrees with rsatoolbox's `from_partials`.
 *
 * @param items - all items, in the order wanted; default: those of all RDMs, each once, in the order they come.
 * @throws InvalidArgument for RDMs without labels; UnknownItem for an item of an RDM that `items` lacks.
 * @example
 * import { fromPartials, Rdm } from "tsrsa";
 * const partials = [new Rdm([1], { items: ["a", "b"] }), new Rdm([2], { items: ["c", "a"] })];
 * fromPartials(partials).map((rdm) => Array.from(rdm.condensed)); // [ [ 1, NaN, NaN ], [ NaN, 2, NaN ] ]
 */
export function fromPartials(rdms: RdmInput, items?: readonly string[]): Rdm[] {
  const partials = toRdms(rdms);
  const all =
    items === undefined ? [...new Set(partials.flatMap((rdm) => labelsOf(rdm)))] : toLabels(items);
  const position = new Map(all.map((item, at) => [item, at]));
  return partials.map((rdm) => {
    const places = labelsOf(rdm).map((item) => {
      const at = position.get(item);
      if (at === undefined) throw new UnknownItem(item, all);
      return at;
    });
    return spread(rdm, all, places);
  });
}

function labelsOf({ items, name }: Rdm): readonly string[] {
  if (items !== undefined) return items;
  throw new InvalidArgument(
    "RDM",
    name ?? "one without labels",
    "label it with withItems(rdm, items), so that it is known which items it lacks",
  );
}

function spread(rdm: Rdm, items: readonly string[], places: readonly number[]): Rdm {
  const n = items.length;
  const condensed = new Float64Array((n * (n - 1)) / 2).fill(NaN);
  for (let i = 0, at = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++)
      condensed[placeOfPair(places[i], places[j], n)] = rdm.condensed[at++];
  }
  return ownedRdm(condensed, {
    ...describing(rdm),
    items,
    itemTable: rdm.itemTable && spreadRows(rdm.itemTable, n, places),
  });
}

function spreadRows(table: NonNullable<Rdm["itemTable"]>, n: number, places: readonly number[]) {
  const rowAt = new Map(places.map((place, row) => [place, row]));
  const columns = table.names.map((name) => {
    const values = table.column(name);
    const spreadValues = Array.from({ length: n }, (_, place) => {
      const row = rowAt.get(place);
      return row === undefined ? null : values[row];
    });
    return [name, spreadValues] as const;
  });
  return new Table(new Map(columns));
}
