import { Table } from "../table/table.ts";
import type { Columns } from "../table/columns.ts";
import { ownedRdm } from "./owned.ts";
import type { Rdm, RdmOptions } from "./rdm.ts";

/** The rows and columns at these positions, in this order. */
export function takeItems(rdm: Rdm, positions: readonly number[]): Rdm {
  const n = positions.length;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) condensed[at++] = rdm.at(positions[i], positions[j]);
  }
  return ownedRdm(condensed, {
    ...describing(rdm),
    items: rdm.items && positions.map((at) => rdm.items?.[at] ?? ""),
    itemTable: rdm.itemTable && takeRows(rdm.itemTable, positions),
  });
}

/** All that is said of an RDM beside its numbers. */
export function describing({ items, metric, name, meta, itemTable }: Rdm): RdmOptions {
  return { items, metric, name, meta, itemTable };
}

/** The rows of a table at these positions. */
export function takeRows(table: Columns, positions: readonly number[]): Table {
  const columns = table.names.map((name) => {
    const values = table.column(name);
    return [name, positions.map((at) => values[at])] as const;
  });
  return new Table(new Map(columns));
}
