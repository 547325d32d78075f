import { ShapeMismatch } from "../core/errors.ts";
import type { Arena } from "./arena.ts";

/** Length of all vectors. Throws `ShapeMismatch` when they differ. */
export function commonLength(vectors: readonly Float64Array[]): number {
  const n = vectors[0]?.length ?? 0;
  for (const vector of vectors) {
    if (vector.length !== n)
      throw new ShapeMismatch(`${n} values in every vector`, `${vector.length}`);
  }
  return n;
}

/** Address of vectors of equal length, one after the other. */
export function storeVectors(arena: Arena, vectors: readonly Float64Array[]): number {
  const n = vectors[0]?.length ?? 0;
  const address = arena.allocate(vectors.length * n * 8);
  const all = arena.float64(address, vectors.length * n);
  vectors.forEach((vector, v) => all.set(vector, v * n));
  return address;
}
