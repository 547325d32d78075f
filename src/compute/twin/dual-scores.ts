import { dualUnit, type DualUnitAt } from "./dual.ts";
import { parameters, type TwinMemory } from "./memory.ts";

/** Tiles of targets that a block takes. */
const TILES = 8;

/** Twin of `dualScores` in `assembly/dual-scores.ts`. */
export function dualScores(memory: TwinMemory, params: number, block: number): void {
  const nTargetTiles = parameters(memory, params, "dual").targetTiles;
  const groups = Math.ceil(nTargetTiles / TILES);
  const u = Math.floor(block / groups);
  const unit = dualUnit(memory, params, u);
  const { p, all, ranges } = unit;
  if (!(all[p.pivots / 8 + u] > 0)) return;
  const first = (block % groups) * TILES;
  for (let tile = first; tile < Math.min(nTargetTiles, first + TILES); tile++)
    for (let lane = 0; lane < 4; lane++) {
      const targets = p.targets / 8 + tile * p.nRows * 4 + lane;
      const predicted = predict(unit, targets);
      const observed = Float64Array.from(predicted, (_, k) => all[targets + (ranges[6] + k) * 4]);
      const at = (u * nTargetTiles + tile) * 4 + lane;
      [all[p.r2 / 8 + at], all[p.r / 8 + at]] = score(observed, predicted);
    }
}

function predict({ p, all, ranges, rows, side }: DualUnitAt, targets: number): Float64Array {
  const sum = rows.reduce((total, row) => total + all[targets + row * 4], 0);
  const mean = p.intercept === 0 ? 0 : sum / rows.length;
  return Float64Array.from({ length: ranges[7] - ranges[6] }, (_, test) => {
    const weights = side(test >> 2) + (test & 3);
    return rows.reduce(
      (value, row, k) => value + all[weights + k * 4] * all[targets + row * 4],
      mean,
    );
  });
}

function meanOf(values: Float64Array): number {
  return values[0] + values.reduce((sum, value) => sum + (value - values[0]), 0) / values.length;
}

function score(observed: Float64Array, predicted: Float64Array): [number, number] {
  const [mean, middle] = [meanOf(observed), meanOf(predicted)];
  let [error, about, spread, squares, together] = [0, 0, 0, 0, 0];
  observed.forEach((value, k) => {
    const [a, b] = [value - mean, predicted[k] - middle];
    error += (value - predicted[k]) * (value - predicted[k]);
    about += a * a;
    spread += b * b;
    together += a * b;
    squares += predicted[k] * predicted[k];
  });
  const r2 = about > 0 ? 1 - error / about : error > 0 ? 0 : 1;
  const known = spread > 1e-14 * squares && about > 0;
  return [r2, known ? together / Math.sqrt(spread * about) : NaN];
}
