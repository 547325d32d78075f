import { next, toOffsets, count } from "./argsort";

/** Bits of a value that one tree of counters takes in. */
const LOW_BITS: u32 = 18;
const LEVELS: i32 = 6;
const MASK_BYTES: usize = 256;
const DIGIT_TABLE: usize = 8192;

/**
 * Number of i < j with sequence[i] > sequence[j], for values below `distinct`. Each value in turn asks a tree of
 * counters, eight to a node, how many greater ones were before it: six loads, and twelve additions to take it in, with
 * nothing to wait for but memory. Values of more than 18 bits are first told apart by their upper bits.
 *
 * `scratch`: 8 kB, the masks, and the tree (see `treeBytes` in `kernels.ts`); `spare`: as long as the sequence.
 */
export function inversions(sequence: usize, spare: usize, n: i32, distinct: u32, scratch: usize): f64 {
  const masks = scratch + DIGIT_TABLE;
  for (let digit = 0; digit < 8; digit++) {
    for (let lane = 0; lane < 8; lane++) store<u32>(masks + <usize>((digit << 5) + (lane << 2)), lane < digit ? 1 : 0);
  }
  if (distinct <= <u32>1 << LOW_BITS) return <f64>countGreater(sequence, n, 0, distinct, scratch);
  const nUpper = ((distinct - 1) >> LOW_BITS) + 1;
  // An order of up to 2³² values has at most 2¹⁴ upper parts; up to 2,048, which is 5 · 10⁸ values, are sorted here.
  let total = countGreater(sequence, n, LOW_BITS, nUpper, scratch);
  memory.fill(scratch, 0, DIGIT_TABLE);
  for (let i = 0; i < n; i++) count(scratch, load<u32>(sequence + (<usize>i << 2)) >> LOW_BITS);
  toOffsets(scratch);
  for (let i = 0; i < n; i++) {
    const v = load<u32>(sequence + (<usize>i << 2));
    store<u32>(spare + (<usize>next(scratch, v >> LOW_BITS) << 2), v & ((1 << LOW_BITS) - 1));
  }
  let from: u32 = 0;
  for (let part: u32 = 0; part < nUpper; part++) {
    const to = load<u32>(scratch + (<usize>part << 2));
    const size = min<u32>(1 << LOW_BITS, distinct - (part << LOW_BITS));
    total += countGreater(spare + (<usize>from << 2), <i32>(to - from), 0, size, scratch);
    from = to;
  }
  return <f64>total;
}

function countGreater(sequence: usize, n: i32, shift: u32, distinct: u32, scratch: usize): i64 {
  const masks = scratch + DIGIT_TABLE;
  const tree = masks + MASK_BYTES;
  let levels = 1;
  while (levels < LEVELS && (distinct - 1) >> <u32>(3 * levels) > 0) levels++;
  let base = tree;
  for (let level = 0; level < levels; level++) {
    const bytes = ((<usize>((distinct - 1) >> <u32>(3 * level + 3)) + 1) << 5);
    memory.fill(base, 0, bytes);
    base += bytes;
  }
  const end = sequence + (<usize>n << 2);
  let total: i64 = 0;
  const step1 = ((<usize>((distinct - 1) >> 3) + 1) << 5);
  const step2 = ((<usize>((distinct - 1) >> 6) + 1) << 5);
  const step3 = ((<usize>((distinct - 1) >> 9) + 1) << 5);
  const step4 = ((<usize>((distinct - 1) >> 12) + 1) << 5);
  const step5 = ((<usize>((distinct - 1) >> 15) + 1) << 5);
  for (let at = sequence; at < end; at += 4) {
    const v = load<u32>(at) >> shift;
    let greater = ask(tree, v, 0, masks);
    if (levels > 1) greater += ask(tree + step1, v, 3, masks);
    if (levels > 2) greater += ask(tree + step1 + step2, v, 6, masks);
    if (levels > 3) greater += ask(tree + step1 + step2 + step3, v, 9, masks);
    if (levels > 4) greater += ask(tree + step1 + step2 + step3 + step4, v, 12, masks);
    if (levels > 5) greater += ask(tree + step1 + step2 + step3 + step4 + step5, v, 15, masks);
    total += <i64>greater;
  }
  return total;
}

/** How many greater ones a node has seen; then it has seen this one. */
// @ts-ignore: decorator
@inline
function ask(base: usize, v: u32, shift: u32, masks: usize): u32 {
  const digits = v >> shift;
  const greater = load<u32>(base + (<usize>digits << 2));
  const node = base + (<usize>(digits >> 3) << 5);
  const mask = masks + (<usize>(digits & 7) << 5);
  v128.store(node, i32x4.add(v128.load(node), v128.load(mask)));
  v128.store(node, i32x4.add(v128.load(node, 16), v128.load(mask, 16)), 16);
  return greater;
}
