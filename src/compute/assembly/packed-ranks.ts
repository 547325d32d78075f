import { Packed, RankTiles } from "./layouts";
import { int, address } from "./params";
import { averageRanks } from "./ranks";
import { CONTINUED, PRODUCT, sumTile } from "./tile";

// Twice a rank has at most 20 bits. A packed tile of four vectors has the lower 16 of each, [value][4], and behind them
// the upper four of each in another 16, [value]: ten bytes for four ranks, where numbers of 64 bits take 32.

/** Values unpacked at a time: a panel of them fits the first-level cache. */
const STRETCH: i32 = 256;
const PANEL_BYTES: usize = 8192;

// @ts-ignore: decorator
@inline
function tileBytes(n: i32): usize {
  return (<usize>n * 10 + 63) & ~63;
}

/** Block = four vectors: their ranks in a packed tile, and in the place of the values; those that fill it up have the middle rank. */
export function rankTiles(params: usize, block: i32, scratch: usize): void {
  const n = int(params, RankTiles.n);
  const bytes = <usize>n << 3;
  const values = address(params, RankTiles.values) + ((<usize>block * bytes) << 2);
  for (let lane = 0; lane < 4; lane++) {
    const own = values + <usize>lane * bytes;
    const v = (block << 2) + lane;
    if (v < int(params, RankTiles.nVectors)) {
      store<f64>(address(params, RankTiles.ties) + (<usize>v << 3), averageRanks(own, n, own, scratch));
    } else {
      const middle = 0.5 * (<f64>n + 1);
      for (let at = own; at < own + bytes; at += 8) store<f64>(at, middle);
    }
  }
  pack(values, n, address(params, RankTiles.packed) + <usize>block * tileBytes(n));
}

function pack(ranks: usize, n: i32, to: usize): void {
  const bytes = <usize>n << 3;
  const second = ranks + bytes;
  const third = second + bytes;
  const fourth = third + bytes;
  let upper = to + bytes;
  let lower = to;
  for (let at: usize = 0; at < bytes; at += 8) {
    const ab = v128.load_lane<u64>(second + at, v128.load_zero<u64>(ranks + at), 1);
    const cd = v128.load_lane<u64>(fourth + at, v128.load_zero<u64>(third + at), 1);
    const two = i32x4.trunc_sat_f64x2_u_zero(f64x2.add(ab, ab));
    const others = i32x4.trunc_sat_f64x2_u_zero(f64x2.add(cd, cd));
    const all = v128.shuffle<i32>(two, others, 0, 1, 4, 5);
    const low = v128.and(all, i32x4.splat(0xffff));
    v128.store_lane<u64>(lower, i16x8.narrow_i32x4_u(low, low), 0);
    const high = i32x4.shr_u(all, 16);
    const four =
      i32x4.extract_lane(high, 0) |
      (i32x4.extract_lane(high, 1) << 4) |
      (i32x4.extract_lane(high, 2) << 8) |
      (i32x4.extract_lane(high, 3) << 12);
    store<u16>(upper, <u16>four);
    lower += 8;
    upper += 2;
  }
}

/** Twice the ranks minus their mean, of some values of a tile: a panel [value][4]. */
function unpack(tile: usize, from: i32, count: i32, n: i32, panel: usize): void {
  const middle = i32x4.splat(n + 1);
  const places = i32x4(0xf, 0xf0, 0xf00, 0xf000);
  const shifts = i32x4(65536, 4096, 256, 16);
  let lower = tile + (<usize>from << 3);
  let upper = tile + (<usize>n << 3) + (<usize>from << 1);
  const end = lower + (<usize>count << 3);
  let to = panel;
  while (lower < end) {
    const high = i32x4.mul(v128.and(i32x4.splat(<i32>load<u16>(upper)), places), shifts);
    const ranks = i32x4.sub(i32x4.add(v128.load_ext<u16>(lower), high), middle);
    v128.store(to, f64x2.convert_low_i32x4_s(ranks));
    v128.store(to, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(ranks, ranks, 2, 3, 2, 3)), 16);
    lower += 8;
    upper += 2;
    to += 32;
  }
}

/**
 * Block = chunk of the values. Four times the products of centred ranks of each vector of one list of packed tiles with
 * each of another, over this chunk, in rows. They are integers below 2^53: exact in any order.
 */
export function packedProducts(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Packed.n);
  const aTiles = int(params, Packed.aTiles);
  const bTiles = int(params, Packed.bTiles);
  const chunkLength = int(params, Packed.chunkLength);
  const rowBytes = <usize>bTiles << 5;
  const out = address(params, Packed.out) + <usize>block * <usize>aTiles * (rowBytes << 2);
  memory.fill(out, 0, <usize>aTiles * (rowBytes << 2));
  const last = min(n, (block + 1) * chunkLength);
  const b = scratch + <usize>aTiles * PANEL_BYTES;
  for (let from = block * chunkLength; from < last; from += STRETCH) {
    const count = min(STRETCH, last - from);
    for (let i = 0; i < aTiles; i++) {
      unpack(address(params, Packed.left) + <usize>i * tileBytes(n), from, count, n, scratch + <usize>i * PANEL_BYTES);
    }
    for (let j = 0; j < bTiles; j++) {
      unpack(address(params, Packed.right) + <usize>j * tileBytes(n), from, count, n, b);
      for (let i = 0; i < aTiles; i++) {
        const to = out + (<usize>i * rowBytes << 2) + (<usize>j << 5);
        addProducts(scratch + <usize>i * PANEL_BYTES, b, <usize>count << 5, to, rowBytes);
      }
    }
  }
}

function addProducts(a: usize, b: usize, bytes: usize, to: usize, rowBytes: usize): void {
  sumTile(PRODUCT, CONTINUED, a, 32, b, 32, bytes, to, rowBytes);
}
