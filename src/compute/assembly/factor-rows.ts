/**
 * Factorize A = UᵀU of rows [A | B] in place, of A's upper triangle, and solve UᵀX = B beside it: row after row, each
 * entry summed in the order of the rows above. Rows are `rowBytes` apart and begin at an even column.
 *
 * @returns whether a pivot is not above `least`: A is then not positive definite.
 */
export function factorRows(rows: usize, count: i32, rowBytes: usize, column: usize, least: f64): bool {
  let failed = false;
  for (let j = 0; j < count; j++) {
    const own = rows + <usize>j * rowBytes;
    const bytes = <usize>j << 3;
    for (let k = 0, from = rows + bytes; k < j; k++, from += rowBytes) {
      store<f64>(column + (<usize>k << 3), load<f64>(from));
    }
    let c = <usize>(j & ~1) << 3;
    while (c + 64 <= rowBytes) {
      fourPairs(rows + c, own + c, rowBytes, column, bytes);
      c += 64;
    }
    for (; c < rowBytes; c += 16) onePair(rows + c, own + c, rowBytes, column, bytes);
    const pivot = load<f64>(own + bytes);
    if (!(pivot > least)) failed = true;
    const scale = f64x2.splat(1 / Math.sqrt(pivot));
    for (c = <usize>(j & ~1) << 3; c < rowBytes; c += 16) {
      v128.store(own + c, f64x2.mul(v128.load(own + c), scale));
    }
  }
  return failed;
}

/** Take the rows above off eight entries of a row. */
// @ts-ignore: decorator
@inline
function fourPairs(above: usize, own: usize, rowBytes: usize, column: usize, bytes: usize): void {
  let a = v128.load(own), b = v128.load(own, 16), c = v128.load(own, 32), d = v128.load(own, 48);
  for (let k = column, from = above; k < column + bytes; k += 8, from += rowBytes) {
    const factor = v128.load_splat<f64>(k);
    a = f64x2.sub(a, f64x2.mul(factor, v128.load(from)));
    b = f64x2.sub(b, f64x2.mul(factor, v128.load(from, 16)));
    c = f64x2.sub(c, f64x2.mul(factor, v128.load(from, 32)));
    d = f64x2.sub(d, f64x2.mul(factor, v128.load(from, 48)));
  }
  v128.store(own, a);
  v128.store(own, b, 16);
  v128.store(own, c, 32);
  v128.store(own, d, 48);
}

// @ts-ignore: decorator
@inline
function onePair(above: usize, own: usize, rowBytes: usize, column: usize, bytes: usize): void {
  let a = v128.load(own);
  for (let k = column, from = above; k < column + bytes; k += 8, from += rowBytes) {
    a = f64x2.sub(a, f64x2.mul(v128.load_splat<f64>(k), v128.load(from)));
  }
  v128.store(own, a);
}
