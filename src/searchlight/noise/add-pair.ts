/** Σ ab and Σ (ab)² of two stretches of a list. */
export function addPair(
  values: Float64Array,
  a: number,
  b: number,
  n: number,
): { product: number; square: number } {
  let [s0, s1, q0, q1] = [0, 0, 0, 0];
  const even = n - (n % 2);
  for (let t = 0; t < even; t += 2) {
    const x = values[a + t] * values[b + t];
    const y = values[a + t + 1] * values[b + t + 1];
    s0 += x;
    s1 += y;
    q0 += x * x;
    q1 += y * y;
  }
  if (even < n) {
    const x = values[a + even] * values[b + even];
    s0 += x;
    q0 += x * x;
  }
  return { product: s0 + s1, square: q0 + q1 };
}
