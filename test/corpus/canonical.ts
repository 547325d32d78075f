import { createHash } from "node:crypto";

/**
 * A result in a form that another language can make too: arrays as shape and a hash of their values as float64, text and
 * structure as they are. Numbers are compared bit by bit, but NaN is NaN.
 */
export type Canonical =
  null | string | boolean | readonly Canonical[] | { readonly [key: string]: Canonical };

/** Shape and values of numbers; `digest` is of little-endian float64, with one NaN and no −0. */
export function numbers(shape: readonly number[], values: Iterable<number>): Canonical {
  const doubles = Float64Array.from(values, (value) => (value === 0 ? 0 : value));
  const bytes = new DataView(doubles.buffer);
  doubles.forEach((value, at) => {
    if (Number.isNaN(value)) bytes.setBigUint64(8 * at, 0x7ff8000000000000n, true);
  });
  const digest = createHash("sha256").update(doubles).digest("hex").slice(0, 16);
  return { shape: shape.join(), digest, first: Array.from(doubles.subarray(0, 4), String) };
}

/** Shape and texts. */
export function texts(shape: readonly number[], values: readonly string[]): Canonical {
  return { shape: shape.join(), texts: [...values] };
}
