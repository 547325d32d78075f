/**
 * A seed for each of several streams that have nothing to do with each other, as set 3, person 7: the same wherever and
 * in whatever order they are drawn.
 */
export function seedOf(seed: number, ...places: readonly number[]): number {
  const words = new Uint32Array(Float64Array.of(seed + 0).buffer);
  let state = words[0] ^ Math.imul(words[1], 0x9e3779b1);
  for (const place of places) state = mixed(state ^ mixed(place + 0x632be5ab));
  return (mixed(state) >>> 0) + mixed(state + 0x85157af5) / 2 ** 33;
}

function mixed(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) | 0;
}
