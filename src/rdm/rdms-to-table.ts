import { toRdms, type RdmInput } from "./rdm-list.ts";
import { Table } from "../table/table.ts";
import type { Cell } from "../table/columns.ts";

/**
 * RDMs as one long table, a row for each pair of each RDM: `item_1`, `item_2` (labels, or positions where there are
 * none), `dissimilarity`, `rdm` (its number), its `name` and `meta`, and the item tables' columns for both items
 * (`category_1`, `category_2`). The rows of rsatoolbox's `to_df`.
 *
 * @example
 * import { Rdm, rdmsToTable } from "tsrsa";
 * rdmsToTable([new Rdm([0.5], { items: ["cat", "dog"], meta: { roi: "V1" } })]).row(0);
 * // { item_1: "cat", item_2: "dog", dissimilarity: 0.5, rdm: 0, roi: "V1" }
 */
export function rdmsToTable(rdms: RdmInput): Table {
  const all = toRdms(rdms);
  const nRows = all.reduce((sum, rdm) => sum + rdm.condensed.length, 0);
  const columns = new Map<string, Cell[]>();
  const put = (name: string, row: number, value: Cell): void => {
    let column = columns.get(name);
    if (column === undefined) columns.set(name, (column = Array<Cell>(nRows).fill(null)));
    column[row] = value;
  };
  for (const name of ["item_1", "item_2", "dissimilarity", "rdm"])
    columns.set(name, Array<Cell>(nRows));
  let row = 0;
  all.forEach((rdm, number) => {
    const said = Object.entries({
      ...(rdm.name === undefined ? {} : { name: rdm.name }),
      ...rdm.meta,
    });
    for (let i = 0, at = 0; i < rdm.nItems; i++) {
      for (let j = i + 1; j < rdm.nItems; j++, at++, row++) {
        put("item_1", row, rdm.items?.[i] ?? i);
        put("item_2", row, rdm.items?.[j] ?? j);
        put("dissimilarity", row, rdm.condensed[at]);
        put("rdm", row, number);
        for (const [name, value] of said) put(name, row, value);
        for (const name of rdm.itemTable?.names ?? []) {
          const values = rdm.itemTable?.column(name);
          put(`${name}_1`, row, values?.[i] ?? null);
          put(`${name}_2`, row, values?.[j] ?? null);
        }
      }
    }
  });
  return new Table(columns);
}
