/**
 * Sums of products, and of their squares, of two series with two others, stored for each pair both ways by slot. A sum is
 * the same whichever of its two series comes first.
 */
export function pairSums(
  series: usize,
  bytes: usize,
  list: usize,
  slots: usize,
  i0: i32,
  i1: i32,
  j0: i32,
  j1: i32,
  products: usize,
  squares: usize,
  side: usize,
): void {
  let a = series + <usize>load<u32>(list + (<usize>i0 << 2)) * bytes;
  const toB = series + <usize>load<u32>(list + (<usize>i1 << 2)) * bytes - a;
  const toC = series + <usize>load<u32>(list + (<usize>j0 << 2)) * bytes - a;
  const toD = series + <usize>load<u32>(list + (<usize>j1 << 2)) * bytes - a;
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let q0 = f64x2.splat(0), q1 = f64x2.splat(0), q2 = f64x2.splat(0), q3 = f64x2.splat(0);
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(a + toB);
    const u = v128.load(a + toC);
    const w = v128.load(a + toD);
    let p = f64x2.mul(x, u);
    s0 = f64x2.add(s0, p);
    q0 = f64x2.add(q0, f64x2.mul(p, p));
    p = f64x2.mul(x, w);
    s1 = f64x2.add(s1, p);
    q1 = f64x2.add(q1, f64x2.mul(p, p));
    p = f64x2.mul(y, u);
    s2 = f64x2.add(s2, p);
    q2 = f64x2.add(q2, f64x2.mul(p, p));
    p = f64x2.mul(y, w);
    s3 = f64x2.add(s3, p);
    q3 = f64x2.add(q3, f64x2.mul(p, p));
    a += 16;
  }
  const slotA = <usize>load<u32>(slots + (<usize>i0 << 2));
  const slotB = <usize>load<u32>(slots + (<usize>i1 << 2));
  const slotC = <usize>load<u32>(slots + (<usize>j0 << 2));
  const slotD = <usize>load<u32>(slots + (<usize>j1 << 2));
  put(products, squares, slotA, slotC, side, s0, q0);
  put(products, squares, slotA, slotD, side, s1, q1);
  put(products, squares, slotB, slotC, side, s2, q2);
  put(products, squares, slotB, slotD, side, s3, q3);
}

// @ts-ignore: decorator
@inline
function put(products: usize, squares: usize, a: usize, b: usize, side: usize, sum: v128, square: v128): void {
  const there = (a * side + b) << 3;
  const back = (b * side + a) << 3;
  const s = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  const q = f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1);
  store<f64>(products + there, s);
  store<f64>(products + back, s);
  store<f64>(squares + there, q);
  store<f64>(squares + back, q);
}
