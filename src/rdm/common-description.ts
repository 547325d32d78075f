import type { Rdm, RdmOptions } from "./rdm.ts";

/** What can be said of all of these RDMs of the same items: what is the same in each of them. */
export function commonDescription(rdms: readonly Rdm[]): RdmOptions {
  const [first] = rdms;
  const same = <Value>(valueOf: (rdm: Rdm) => Value): Value | undefined => {
    const value = valueOf(first);
    return rdms.every((rdm) => valueOf(rdm) === value) ? value : undefined;
  };
  const meta = Object.entries(first.meta).filter(([key, value]) =>
    rdms.every((rdm) => rdm.meta[key] === value),
  );
  return {
    items: first.items,
    itemTable: first.itemTable,
    metric: same((rdm) => rdm.metric),
    name: same((rdm) => rdm.name),
    meta: Object.fromEntries(meta),
  };
}
