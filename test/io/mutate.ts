/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A damaged copy: 1 to 4 bytes changed anywhere or in the first 128 (or `head`), or the end cut off. */
export function mutate(bytes: Uint8Array, random: () => number, head = 128): Uint8Array {
  const copy = new Uint8Array(bytes);
  const below = (n: number) => Math.floor(random() * n);
  if (random() < 0.15) return copy.subarray(0, below(copy.length));
  const range = random() < 0.5 ? Math.min(head, copy.length) : copy.length;
  for (let n = 1 + below(4); n > 0; n--) {
    const at = below(range);
    copy[at] = random() < 0.5 ? copy[at] ^ (1 << below(8)) : [0, 255, 127, below(256)][below(4)];
  }
  return copy;
}
