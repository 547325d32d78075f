/** MurmurHash2 of a text in UTF-8, by which front ends find the file of a cell. */
export function murmur2(text: string, seed: number): number {
  const bytes = new TextEncoder().encode(text);
  const m = 0x5bd1e995;
  let hash = (seed ^ bytes.length) >>> 0;
  let at = 0;
  for (; bytes.length - at >= 4; at += 4) {
    let word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    word = Math.imul(word, m);
    word ^= word >>> 24;
    hash = Math.imul(hash, m) ^ Math.imul(word, m);
  }
  const left = bytes.length - at;
  if (left >= 3) hash ^= bytes[at + 2] << 16;
  if (left >= 2) hash ^= bytes[at + 1] << 8;
  if (left >= 1) hash = Math.imul(hash ^ bytes[at], m);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, m);
  return (hash ^ (hash >>> 15)) >>> 0;
}
