import { parameters, type TwinMemory } from "./memory.ts";

const SIDE = 8;

/** Twin of `productTiles` in `assembly/product.ts`. */
export function productTiles(memory: TwinMemory, params: number, block: number): void {
  const { aTiles, bTiles, count, left, right, out } = parameters(memory, params, "product");
  const all = new Float64Array(memory.buffer);
  const across = Math.ceil(bTiles / SIDE);
  const [firstA, firstB] = [Math.floor(block / across) * SIDE * 4, (block % across) * SIDE * 4];
  const start = (base: number, row: number): number =>
    base / 8 + Math.floor(row / 4) * count * 4 + (row % 4);
  for (let i = firstA; i < Math.min(aTiles * 4, firstA + SIDE * 4); i++)
    for (let j = firstB; j < Math.min(bTiles * 4, firstB + SIDE * 4); j++) {
      const [a, b] = [start(left, i), start(right, j)];
      let sum = 0;
      for (let k = 0; k < count * 4; k += 4) sum += all[a + k] * all[b + k];
      all[out / 8 + i * bTiles * 4 + j] = sum;
    }
}
