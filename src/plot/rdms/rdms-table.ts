import type { Rdm } from "../../rdm/rdm.ts";
import { Table } from "../../table/index.ts";

/** Every dissimilarity shown, one row a pair: `rdm` (counted from 1), `name`, `item1`, `item2`, `dissimilarity`. */
export function rdmsTable(rdms: readonly Rdm[], titles: readonly string[]): Table {
  const columns = {
    rdm: [] as number[],
    name: [] as string[],
    item1: [] as (string | number)[],
    item2: [] as (string | number)[],
    dissimilarity: [] as number[],
  };
  rdms.forEach((rdm, at) => {
    const label = (i: number) => rdm.items?.[i] ?? i;
    let pair = 0;
    for (let i = 0; i < rdm.nItems; i++) {
      for (let j = i + 1; j < rdm.nItems; j++) {
        columns.rdm.push(at + 1);
        columns.name.push(titles[at]);
        columns.item1.push(label(i));
        columns.item2.push(label(j));
        columns.dissimilarity.push(rdm.condensed[pair++]);
      }
    }
  });
  return new Table(columns);
}
