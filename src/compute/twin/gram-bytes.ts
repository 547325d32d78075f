import { SIDE, TILE, squareAt } from "./convert.ts";
import { placeOf, tilePair } from "./gram-tiles.ts";
import { parameters, type TwinMemory } from "./memory.ts";

/** Twin of `assembly/gram-bytes.ts`. Sums of whole numbers are exact in any order. */
export function gramByteTiles(memory: TwinMemory, params: number, block: number): void {
  const [n, nFeatures, chunkFeatures, , panels, tiles] = parameters(memory, params);
  const nTiles = Math.ceil(n / TILE);
  const nSides = Math.ceil(nTiles / SIDE);
  const nSquares = (nSides * (nSides + 1)) / 2;
  const chunk = Math.floor(block / nSquares);
  const [row, column] = squareAt(block % nSquares, nSides);
  const width = Math.min(chunkFeatures, nFeatures - chunk * chunkFeatures);
  const panelLength = Math.ceil(width / 2) * TILE * 2;
  const chunkStart = panels + chunk * chunkFeatures * nTiles * TILE * 2;
  const features = new Int16Array(memory.buffer, chunkStart, nTiles * panelLength);
  const tileCount = tilePair(nTiles - 1, nTiles - 1, nTiles) + 1;
  const sums = new Float64Array(memory.buffer, tiles + chunk * tileCount * 128, tileCount * 16);
  const start = (item: number) => Math.floor(item / TILE) * panelLength + (item % TILE) * 2;
  const side = SIDE * TILE;
  const end = nTiles * TILE;
  for (let i = row * side; i < Math.min(end, (row + 1) * side); i++) {
    const firstJ = Math.max(i - (i % TILE), column * side);
    for (let j = firstJ; j < Math.min(end, (column + 1) * side); j++) {
      sums[placeOf(i, j, nTiles)] = pairSum(features, start(i), start(j), panelLength);
    }
  }
}

function pairSum(features: Int16Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k += TILE * 2) {
    sum += features[a + k] * features[b + k] + features[a + k + 1] * features[b + k + 1];
  }
  return sum;
}
