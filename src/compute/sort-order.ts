const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS = 6;

/** Positions of the values in ascending order, stable; −0 equals 0. `NaN` must not occur. */
export function sortOrder(values: Float64Array): Uint32Array {
  return values.length <= 64 ? smallOrder(values) : radixOrder(values);
}

function smallOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) {
    let at = i;
    for (; at > 0 && values[order[at - 1]] > values[i]; at--) order[at] = order[at - 1];
    order[at] = i;
  }
  return order;
}

/** Least significant digit first over the 64 bits: the time does not depend on the distribution. */
function radixOrder(values: Float64Array): Uint32Array {
  const { low, high } = sortableBits(values);
  const counts = digitCounts(low, high);
  let order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let next = new Uint32Array(values.length);
  for (let digit = 0; digit < DIGITS; digit++) {
    const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (!toStarts(starts, values.length)) continue;
    scatter(order, next, starts, low, high, digit);
    [order, next] = [next, order];
  }
  return order;
}

/** Unsigned 64-bit keys in the order of the numbers: negatives have all bits flipped, others the sign. */
function sortableBits(values: Float64Array): { low: Uint32Array; high: Uint32Array } {
  const n = values.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  const one = new Float64Array(1);
  const [lowAt, highAt] = wordOrder();
  const words = new Uint32Array(one.buffer);
  for (let i = 0; i < n; i++) {
    one[0] = values[i] + 0; // −0 + 0 is 0, so both zeros get one key
    const top = words[highAt];
    const negative = top >>> 31;
    low[i] = negative ? ~words[lowAt] : words[lowAt];
    high[i] = negative ? ~top : top ^ 0x80000000;
  }
  return { low, high };
}

function wordOrder(): [number, number] {
  return new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? [1, 0] : [0, 1];
}

function digitOf(low: number, high: number, digit: number): number {
  switch (digit) {
    case 0:
      return low & 0x7ff;
    case 1:
      return (low >>> 11) & 0x7ff;
    case 2:
      return ((low >>> 22) | (high << 10)) & 0x7ff;
    case 3:
      return (high >>> 1) & 0x7ff;
    case 4:
      return (high >>> 12) & 0x7ff;
    default:
      return high >>> 23;
  }
}

function digitCounts(low: Uint32Array, high: Uint32Array): Uint32Array {
  const counts = new Uint32Array(DIGITS * BUCKETS);
  for (let i = 0; i < low.length; i++) {
    const l = low[i];
    const h = high[i];
    counts[l & 0x7ff]++;
    counts[BUCKETS + ((l >>> 11) & 0x7ff)]++;
    counts[2 * BUCKETS + (((l >>> 22) | (h << 10)) & 0x7ff)]++;
    counts[3 * BUCKETS + ((h >>> 1) & 0x7ff)]++;
    counts[4 * BUCKETS + ((h >>> 12) & 0x7ff)]++;
    counts[5 * BUCKETS + (h >>> 23)]++;
  }
  return counts;
}

/** Turns counts into first positions; false when all values share the digit and nothing is to be moved. */
function toStarts(counts: Uint32Array, n: number): boolean {
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket];
    if (count === n) return false;
    counts[bucket] = sum;
    sum += count;
  }
  return true;
}

function scatter(
  from: Uint32Array,
  to: Uint32Array,
  starts: Uint32Array,
  low: Uint32Array,
  high: Uint32Array,
  digit: number,
): void {
  for (let i = 0; i < from.length; i++) {
    const at = from[i];
    to[starts[digitOf(low[at], high[at], digit)]++] = at;
  }
}
