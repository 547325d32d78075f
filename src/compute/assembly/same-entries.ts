// Sorted entries whose leading bits are the same: ties, or values too near each other for these bits to tell.

/** The average rank of sorted entries whose values are equal; t³ − t. */
// @ts-ignore: decorator
@inline
export function writeTies(sorted: usize, first: i32, last: i32, positions: u64, ranks: usize): f64 {
  const rank = 0.5 * (<f64>first + 1 + <f64>last);
  for (let k = first; k < last; k++) {
    store<f64>(ranks + (<usize>(load<u64>(sorted + (<usize>k << 3)) & positions) << 3), rank);
  }
  const size = <f64>(last - first);
  return size * size * size - size;
}

// @ts-ignore: decorator
@inline
export function valueOf(values: usize, entry: u64, positions: u64): f64 {
  return load<f64>(values + (<usize>(entry & positions) << 3));
}

/** Sort entries whose leading bits are the same: a heap, for nothing says how many there are. */
export function sortByValue(values: usize, entries: usize, n: i32, positions: u64): void {
  for (let k = n >> 1; k > 0; k--) sink(values, entries, k - 1, n, positions);
  for (let last = n - 1; last > 0; last--) {
    const greatest = load<u64>(entries);
    store<u64>(entries, load<u64>(entries + (<usize>last << 3)));
    store<u64>(entries + (<usize>last << 3), greatest);
    sink(values, entries, 0, last, positions);
  }
}

function sink(values: usize, entries: usize, from: i32, n: i32, positions: u64): void {
  const entry = load<u64>(entries + (<usize>from << 3));
  const value = valueOf(values, entry, positions);
  let hole = from;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= n) break;
    let at = entries + (<usize>child << 3);
    let other = valueOf(values, load<u64>(at), positions);
    if (child + 1 < n) {
      const beside = valueOf(values, load<u64>(at, 8), positions);
      if (beside > other) {
        other = beside;
        child++;
        at += 8;
      }
    }
    if (other <= value) break;
    store<u64>(entries + (<usize>hole << 3), load<u64>(at));
    hole = child;
  }
  store<u64>(entries + (<usize>hole << 3), entry);
}

/** Average ranks of sorted entries of which some are ties; Σ(t³ − t) of these. */
export function writeGroup(values: usize, sorted: usize, first: i32, last: i32, positions: u64, ranks: usize): f64 {
  let ties: f64 = 0;
  let i = first;
  while (i < last) {
    const value = valueOf(values, load<u64>(sorted + (<usize>i << 3)), positions);
    let end = i + 1;
    while (end < last && valueOf(values, load<u64>(sorted + (<usize>end << 3)), positions) == value) end++;
    ties += writeTies(sorted, i, end, positions, ranks);
    i = end;
  }
  return ties;
}
