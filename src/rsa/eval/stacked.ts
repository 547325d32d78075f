/** Vectors of one length, one behind the other. */
export function stacked(vectors: readonly Float64Array[]): Float64Array {
  const length = vectors[0]?.length ?? 0;
  const all = new Float64Array(vectors.length * length);
  vectors.forEach((vector, at) => all.set(vector, at * length));
  return all;
}

/** So many vectors out of what {@link stacked} made of them. */
export function unstacked(all: Float64Array, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, at) => partOf(all, at, all.length / count));
}

/** One of them. */
export function partOf(all: Float64Array, at: number, length: number): Float64Array {
  return all.subarray(at * length, (at + 1) * length);
}

/** Lists of any length one behind the other, and where each begins. */
export function listsOf(lists: readonly ArrayLike<number>[]): {
  all: Float64Array;
  starts: Uint32Array;
} {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, at) => (starts[at + 1] = starts[at] + list.length));
  const all = new Float64Array(starts[lists.length]);
  lists.forEach((list, at) => all.set(list, starts[at]));
  return { all, starts };
}
