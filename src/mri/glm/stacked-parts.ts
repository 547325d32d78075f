/** Arrays of any length one behind the other. */
export function stackedParts(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A copy of one of them: it outlives the block it came from. */
export function partOf(all: Float64Array, from: number, length: number): Float64Array {
  return all.slice(from, from + length);
}
