import { Gram } from "./layouts";
import { int, address } from "./params";
import { tilePair } from "./gram";

const SIDE: i32 = 8;

/**
 * Block as in gramTiles, for features that are whole numbers from −128 to 255, as pixels are: exact products of 16-bit
 * integers, four times as many to an instruction. Panels are [tile][pair of features][4 items][2 features].
 * A chunk of 2,048 features cannot overflow 32 bits: 2,048 · 255² < 2³¹.
 */
export function gramByteTiles(params: usize, block: i32, scratch: usize): void {
  const nFeatures = int(params, Gram.nFeatures);
  const chunkFeatures = int(params, Gram.chunkFeatures);
  const nTiles = (int(params, Gram.nItems) + 3) >> 2;
  const nSides = (nTiles + SIDE - 1) / SIDE;
  const nSquares = (nSides * (nSides + 1)) / 2;
  const chunk = block / nSquares;
  let row = 0;
  let column = block % nSquares;
  while (column >= nSides - row) {
    column -= nSides - row;
    row++;
  }
  column += row;
  const width = min(chunkFeatures, nFeatures - chunk * chunkFeatures);
  const panelBytes = <usize>((width + 1) >> 1) << 4;
  const panels = address(params, Gram.panels) + ((<usize>chunk * <usize>chunkFeatures * <usize>nTiles) << 3);
  const tiles = address(params, Gram.tiles) + ((<usize>chunk * (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1)) << 7);
  for (let i = row * SIDE; i < min(nTiles, (row + 1) * SIDE); i++) {
    const a = panels + <usize>i * panelBytes;
    for (let j = max(i, column * SIDE); j < min(nTiles, (column + 1) * SIDE); j++) {
      multiply(a, panels + <usize>j * panelBytes, panelBytes, tiles + (tilePair(i, j, nTiles) << 7));
    }
  }
}

function multiply(a: usize, b: usize, bytes: usize, to: usize): void {
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let c2 = i32x4.splat(0);
  let c3 = i32x4.splat(0);
  let x = a;
  let y = b;
  const end = a + bytes;
  while (x < end) {
    const v = v128.load(y);
    c0 = i32x4.add(c0, i32x4.dot_i16x8_s(v128.load32_splat(x), v));
    c1 = i32x4.add(c1, i32x4.dot_i16x8_s(v128.load32_splat(x, 4), v));
    c2 = i32x4.add(c2, i32x4.dot_i16x8_s(v128.load32_splat(x, 8), v));
    c3 = i32x4.add(c3, i32x4.dot_i16x8_s(v128.load32_splat(x, 12), v));
    x += 16;
    y += 16;
  }
  storeRow(to, c0);
  storeRow(to + 32, c1);
  storeRow(to + 64, c2);
  storeRow(to + 96, c3);
}

function storeRow(to: usize, sums: v128): void {
  v128.store(to, f64x2.convert_low_i32x4_s(sums));
  v128.store(to, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(sums, sums, 2, 3, 0, 1)), 16);
}
