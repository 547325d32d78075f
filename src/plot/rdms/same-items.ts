import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";

/** Throws `ItemMismatch`, `ShapeMismatch`, `InvalidArgument` unless all RDMs are of the same items and one metric. */
export function refuseOtherItems(rdms: readonly Rdm[]): void {
  const [first] = rdms;
  const known = new Set(first.items);
  for (const { items, nItems } of rdms) {
    if (nItems !== first.nItems)
      throw new ShapeMismatch(`RDMs of ${first.nItems} items, as the first`, `${nItems}`);
    if (first.items === undefined && items === undefined) continue;
    const own = new Set(items);
    const lost = first.items?.filter((item) => !own.has(item)) ?? [];
    const extra = items?.filter((item) => !known.has(item)) ?? [];
    if (lost.length + extra.length > 0)
      throw new ItemMismatch(lost, extra, "RDMs drawn together here are of the same items");
  }
  const metrics = new Set(rdms.map(({ metric }) => metric));
  if (metrics.size === 1) return;
  throw new InvalidArgument(
    "rdms",
    `metrics ${[...metrics].join(", ")}`,
    "one scale is of one metric",
  );
}
