import { Product } from "./layouts";
import { int, address } from "./params";
import { CONTINUED, PRODUCT, REPLACED, sumTile } from "./tile";

/** Tiles to a side of a block. */
const SIDE: i32 = 8;
/** Terms summed at a time: panels of them fit the first-level cache. */
const STRETCH: i32 = 256;

/** Block = square of 8 × 8 tiles. A · Bᵀ of two matrices in panels [tile of 4 rows][column][4], in rows. */
export function productTiles(params: usize, block: i32, scratch: usize): void {
  const aTiles = int(params, Product.aTiles);
  const bTiles = int(params, Product.bTiles);
  const count = int(params, Product.count);
  const panelBytes = <usize>count << 5;
  const rowBytes = <usize>bTiles << 5;
  const across = (bTiles + SIDE - 1) / SIDE;
  const firstA = (block / across) * SIDE;
  const firstB = (block % across) * SIDE;
  for (let k = 0; k < count; k += STRETCH) {
    const from = <usize>k << 5;
    const bytes = <usize>min(STRETCH, count - k) << 5;
    for (let i = firstA; i < min(aTiles, firstA + SIDE); i++) {
      const a = address(params, Product.left) + <usize>i * panelBytes + from;
      for (let j = firstB; j < min(bTiles, firstB + SIDE); j++) {
        const b = address(params, Product.right) + <usize>j * panelBytes + from;
        const to = address(params, Product.out) + (<usize>i * rowBytes << 2) + (<usize>j << 5);
        if (k == 0) sumTile(PRODUCT, REPLACED, a, 32, b, 32, bytes, to, rowBytes);
        else sumTile(PRODUCT, CONTINUED, a, 32, b, 32, bytes, to, rowBytes);
      }
    }
  }
}
