/**
 * A result in a form that another language can make too: arrays as shape and the bytes of their values as float64, text
 * and structure as they are.
 */
export type Canonical =
  null | string | boolean | readonly Canonical[] | { readonly [key: string]: Canonical };

/** Shape and values of numbers, as little-endian float64 in base64. */
export function numbers(shape: readonly number[], values: Iterable<number>): Canonical {
  const doubles = Float64Array.from(values);
  return { shape: shape.join(), values: Buffer.from(doubles.buffer).toString("base64") };
}

/** Shape and texts. */
export function texts(shape: readonly number[], values: readonly string[]): Canonical {
  return { shape: shape.join(), texts: [...values] };
}
