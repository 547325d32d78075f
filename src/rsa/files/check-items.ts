import { ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import type { RdmFile } from "../../rdm/file/rdm-file.ts";

/** Throws `ShapeMismatch`, `ItemMismatch` unless both have the same items in the same order. */
export function checkItems(data: RdmFile, model: RdmFile): void {
  if (data.nItems !== model.nItems)
    throw new ShapeMismatch(`a model of ${data.nItems} items`, `${model.nItems}`);
  const [a, b] = [data.items, model.items];
  if (a === undefined && b === undefined) return;
  const [own, other] = [new Set(a), new Set(b)];
  if (a?.every((item, at) => item === b?.[at]) === true) return;
  throw new ItemMismatch(
    (a ?? []).filter((item) => !other.has(item)),
    (b ?? []).filter((item) => !own.has(item)),
    "write both files with the same items in the same order, and open both with their labels",
  );
}
