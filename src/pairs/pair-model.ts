import type { Matrix } from "../core/matrix.ts";

/** Kinds of models of pairs. */
export type PairModelKind =
  "distance" | "ridge" | "svr" | "kernel-ridge" | "mlp" | "contrastive" | "siamese-cnn";

/** A trained model: nothing but numbers and words, so that it can be saved, read and looked into. */
export interface PairModel {
  readonly kind: PairModelKind;
  /** What was chosen, for example `{ alpha: 1000 }`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** What was learned, by name. */
  readonly arrays: Readonly<Record<string, Matrix<Float64Array>>>;
}

/** A single row as a matrix. */
export function rowMatrix(data: Float64Array): Matrix<Float64Array> {
  return { data, shape: [data.length] };
}
