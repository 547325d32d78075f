import { InvalidArgument } from "../core/errors.ts";

/**
 * Throws `InvalidArgument` naming items that are in one fold (or run) only, which nothing can be cross-validated with.
 *
 * @param itemOf - the item of each observation; below 0: it does not count.
 * @param foldOf - the fold of each observation.
 */
export function refuseLoneItems(
  items: readonly string[],
  itemOf: ArrayLike<number>,
  foldOf: ArrayLike<number>,
): void {
  const folds = items.map(() => new Set<number>());
  for (let at = 0; at < itemOf.length; at++) if (itemOf[at] >= 0) folds[itemOf[at]].add(foldOf[at]);
  const lone = items.filter((_, item) => folds[item].size < 2);
  if (lone.length === 0) return;
  throw new InvalidArgument(
    "items",
    lone.slice(0, 20).join(", "),
    `${lone.length} of ${items.length} items are in fewer than two folds, so that no distance to them is cross-validated; leave them out, or leave strict out: then these distances are NaN`,
  );
}
