import { ItemMismatch } from "../../core/errors.ts";
import { isList } from "../../core/gate/vector.ts";
import { toRows, type MatrixLike } from "../../core/matrix.ts";

type Sigma = ArrayLike<number> | MatrixLike;

/**
 * A covariance in the order of these items, where both say which items they have; one that does not name its items stays
 * as it is. Items that are not asked for are left out. Throws `ItemMismatch` for items that the covariance lacks.
 */
export function sigmaOfItems(sigma: Sigma, items: readonly string[] | undefined): Sigma {
  const own = namesOf(sigma);
  if (own === undefined || items === undefined) return sigma;
  const at = new Map(own.map((item, k) => [item, k]));
  const missing = items.filter((item) => !at.has(item));
  if (missing.length > 0)
    throw new ItemMismatch(
      missing,
      [],
      "give a sigma of all items of the RDMs, or take those it has",
    );
  const { data, shape } = toRows(sigma as MatrixLike, "sigma");
  // What is not items × items is refused with its shape by who takes it.
  if (shape[0] !== own.length || shape[1] !== own.length) return sigma;
  const places = items.map((item) => at.get(item) ?? 0);
  const taken = places.flatMap((i) => places.map((j) => data[i * own.length + j]));
  return { data: Float64Array.from(taken), shape: [items.length, items.length] };
}

function namesOf(sigma: Sigma): readonly string[] | undefined {
  if (isList(sigma) || !("items" in sigma) || !Array.isArray(sigma.items)) return undefined;
  return sigma.items.map(String);
}
