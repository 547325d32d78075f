// Numbers of 64 bits without a sign, to be sorted by their leading bits; those that are the same there in any order.

export function toStarts(table: usize, size: usize): void {
  let total: u32 = 0;
  for (let at = table; at < table + (size << 2); at += 4) {
    const count = load<u32>(at);
    store<u32>(at, total);
    total += count;
  }
}

/** Two passes of a radix sort, by so many leading bits, at most 22; returns where the entries are then. */
export function sortDigits(entries: usize, beside: usize, n: usize, bits: u32, table: usize): usize {
  const half = (bits + 1) >> 1;
  deal(entries, beside, n, 64 - bits, half, table);
  if (half == bits) return beside;
  deal(beside, entries, n, 64 - bits + half, bits - half, table);
  return entries;
}

/** One pass of a radix sort, by so many bits from `low` on. */
function deal(from: usize, to: usize, n: usize, low: u64, bits: u32, table: usize): void {
  const size = <usize>1 << bits;
  const mask = <u32>size - 1;
  memory.fill(table, 0, size << 2);
  const end = from + (n << 3);
  for (let at = from; at < end; at += 8) {
    const count = table + (<usize>(<u32>(load<u64>(at) >> low) & mask) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  toStarts(table, size);
  for (let at = from; at < end; at += 8) {
    const entry = load<u64>(at);
    const place = table + (<usize>(<u32>(entry >> low) & mask) << 2);
    const k = load<u32>(place);
    store<u32>(place, k + 1);
    store<u64>(to + (<usize>k << 3), entry);
  }
}

export function insertAll(entries: usize, n: usize): void {
  const end = entries + (n << 3);
  for (let from = entries + 8; from < end; from += 8) {
    const entry = load<u64>(from);
    let at = from;
    while (at > entries) {
      const before = load<u64>(at - 8);
      if (before <= entry) break;
      store<u64>(at, before);
      at -= 8;
    }
    if (at != from) store<u64>(at, entry);
  }
}

/** Of so many that there is no room beside them. */
export function heapSort(entries: usize, n: usize): void {
  for (let k = n >> 1; k > 0; k--) sink(entries, k - 1, n);
  for (let last = n - 1; last > 0; last--) {
    const first = load<u64>(entries);
    store<u64>(entries, load<u64>(entries + (last << 3)));
    store<u64>(entries + (last << 3), first);
    sink(entries, 0, last);
  }
}

function sink(entries: usize, from: usize, n: usize): void {
  const entry = load<u64>(entries + (from << 3));
  let hole = from;
  for (;;) {
    let child: usize = (hole << 1) + 1;
    if (child >= n) break;
    if (child + 1 < n && load<u64>(entries + ((child + 1) << 3)) > load<u64>(entries + (child << 3))) child++;
    if (load<u64>(entries + (child << 3)) <= entry) break;
    store<u64>(entries + (hole << 3), load<u64>(entries + (child << 3)));
    hole = child;
  }
  store<u64>(entries + (hole << 3), entry);
}
