import type { Arena } from "./arena.ts";

/** A long vector that is read piece by piece, as from a file. */
export interface VectorInPieces {
  readonly length: number;
  /** So many values from one on. */
  read(from: number, count: number): Promise<Float64Array>;
}

/** Values of a sample's vector, in memory or not. */
export type SampleVector = Float64Array | VectorInPieces;

/** Values that are read at a time. */
const PIECE = 2 ** 20;

/** Put a vector where the kernels find it. */
export async function fillVector(
  arena: Arena,
  address: number,
  vector: SampleVector,
): Promise<void> {
  const n = vector.length;
  if (vector instanceof Float64Array) return arena.float64(address, n).set(vector);
  for (let from = 0; from < n; from += PIECE) {
    const piece = await vector.read(from, Math.min(PIECE, n - from));
    arena.float64(address + 8 * from, piece.length).set(piece);
  }
}
