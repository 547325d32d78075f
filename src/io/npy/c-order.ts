/** Fill `target` (C order: last axis fastest) from `source` in Fortran order (first axis fastest). */
export function toCOrder<V, T extends { [index: number]: V; readonly length: number }>(
  source: T,
  target: T,
  shape: readonly number[],
): T {
  const strides = fortranStrides(shape);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < source.length; to++) {
    target[to] = source[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return target;
}

function fortranStrides(shape: readonly number[]): number[] {
  let stride = 1;
  return shape.map((length) => {
    const own = stride;
    stride *= length;
    return own;
  });
}
