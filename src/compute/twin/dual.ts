import type { Parameters } from "../layouts.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

/** What a kernel of `assembly/dual.ts` is given. */
export interface DualUnitAt {
  readonly p: Parameters<"dual">;
  readonly all: Float64Array;
  readonly ranges: Uint32Array;
  /** Training rows among all. */
  readonly rows: readonly number[];
  /** Places among all numbers. */
  readonly system: number;
  readonly panel: number;
  readonly means: number;
  readonly side: (tile: number) => number;
}

export function dualUnit(memory: TwinMemory, params: number, u: number): DualUnitAt {
  const p = parameters(memory, params, "dual");
  const ranges = uint32At(memory, p.ranges + u * 32, 8);
  const rows: number[] = [];
  for (let k = 0; k < 6; k += 2) for (let j = ranges[k]; j < ranges[k + 1]; j++) rows.push(j);
  const panel = p.nTiles * 16;
  return {
    p,
    all: new Float64Array(memory.buffer),
    ranges,
    rows,
    system: p.systems / 8 + u * p.nTiles * panel,
    panel,
    means: p.means / 8 + u * (p.nRows + 1),
    side: (tile) => p.sides / 8 + (u * p.sideTiles + tile) * panel,
  };
}

/** Twin of `dualMeans` in `assembly/dual.ts`. */
export function dualMeans(memory: TwinMemory, params: number, block: number): void {
  const { p, all, rows, means } = dualUnit(memory, params, block);
  const n = p.nRows;
  all.fill(0, means, means + n + 1);
  if (p.intercept === 0) return;
  const sumOf = (at: number): number => rows.reduce((sum, row) => sum + all[at + row], 0);
  for (let i = 0; i < n; i++) all[means + i] = sumOf(p.products / 8 + i * n) / rows.length;
  all[means + n] = sumOf(means) / rows.length;
}

/** Twin of `dualSystems`. */
export function dualSystems(memory: TwinMemory, params: number, block: number): void {
  const perUnit = parameters(memory, params, "dual").perUnit;
  const u = Math.floor(block / perUnit);
  const tile = block % perUnit;
  const unit = dualUnit(memory, params, u);
  const { p, all, rows, ranges, system, panel } = unit;
  const [nTiles, alpha] = [p.nTiles, float64At(memory, p.alphas, u + 1)[u]];
  for (let r = 0; r < 4; r++) {
    if (tile < nTiles) {
      const i = tile * 4 + r;
      const to = system + tile * panel + r;
      fillRow(unit, rows[i], i + 1, to);
      all[to + i * 4] = i < rows.length ? all[to + i * 4] + alpha : 1;
      all[p.diagonals / 8 + u * nTiles * 4 + i] = all[to + i * 4];
    } else {
      const row = ranges[6] + (tile - nTiles) * 4 + r;
      const known = row < ranges[7] ? row : undefined;
      fillRow(unit, known, nTiles * 4, unit.side(tile - nTiles) + r);
    }
  }
}

function fillRow(
  { p, all, rows, means }: DualUnitAt,
  row: number | undefined,
  columns: number,
  to: number,
): void {
  const n = p.nRows;
  for (let i = 0; i < columns; i++) {
    const there = row !== undefined && i < rows.length;
    const shift = there ? all[means + n] - all[means + row] : 0;
    all[to + i * 4] = there
      ? all[p.products / 8 + row * n + rows[i]] + (shift - all[means + rows[i]])
      : 0;
  }
}

/** Twin of `choleskyTiles`. */
export function choleskyTiles(memory: TwinMemory, params: number, block: number): void {
  const groups = parameters(memory, params, "dual").groups;
  const u = Math.floor(block / groups);
  const { p, all, system, panel } = dualUnit(memory, params, u);
  const pivots = p.pivots / 8 + u;
  const first = p.firstRow + (block % groups) * p.rowTiles;
  const last = Math.min(p.nTiles, first + p.rowTiles);
  if (p.firstColumn > 0 && !(all[pivots] > 0)) return;
  if (p.firstColumn === 0 && first === 0) all[pivots] = 1;
  for (let j = p.firstColumn; j < p.lastColumn; j++) {
    const columns = system + j * panel;
    for (let i = Math.max(first, j); i < last; i++) {
      const rows = system + i * panel;
      const tile = rows + j * 16;
      lessProducts(all, columns, rows, j * 4, tile);
      if (i === j)
        factorize(all, tile, p.diagonals / 8 + (u * p.nTiles + j) * 4, pivots, p.nTiles * 4);
      else {
        solveForward(all, columns + j * 16, tile);
        for (let c = 0; c < 4; c++)
          for (let r = 0; r < 4; r++) all[columns + i * 16 + r * 4 + c] = all[tile + c * 4 + r];
      }
    }
  }
}

/** Tile [r][c] −= Σ a[k][r] · b[k][c]. */
function lessProducts(all: Float64Array, a: number, b: number, count: number, tile: number): void {
  for (let r = 0; r < 4; r++)
    for (let c = 0; c < 4; c++) {
      let sum = all[tile + r * 4 + c];
      for (let k = 0; k < count; k++) sum -= all[a + k * 4 + r] * all[b + k * 4 + c];
      all[tile + r * 4 + c] = sum;
    }
}

function factorize(
  all: Float64Array,
  tile: number,
  diagonal: number,
  pivots: number,
  n: number,
): void {
  for (let c = 0; c < 4; c++) {
    const pivot = all[tile + c * 5];
    const share = pivot / all[diagonal + c];
    if (!(share > 1e-15 * n)) all[pivots] = 0;
    else if (share < all[pivots]) all[pivots] = share;
    const root = Math.sqrt(pivot);
    for (let r = 0; r < 4; r++) all[tile + c * 4 + r] = r < c ? 0 : all[tile + c * 4 + r] / root;
    for (let d = c + 1; d < 4; d++)
      for (let r = d; r < 4; r++)
        all[tile + d * 4 + r] -= all[tile + c * 4 + d] * all[tile + c * 4 + r];
  }
}

function solveForward(all: Float64Array, factor: number, tile: number): void {
  for (let c = 0; c < 4; c++)
    for (let r = 0; r < 4; r++) {
      for (let d = 0; d < c; d++)
        all[tile + c * 4 + r] -= all[factor + d * 4 + c] * all[tile + d * 4 + r];
      all[tile + c * 4 + r] /= all[factor + c * 5];
    }
}

function solveBackward(all: Float64Array, factor: number, tile: number): void {
  for (let c = 3; c >= 0; c--)
    for (let r = 0; r < 4; r++) {
      for (let d = c + 1; d < 4; d++)
        all[tile + c * 4 + r] -= all[factor + c * 4 + d] * all[tile + d * 4 + r];
      all[tile + c * 4 + r] /= all[factor + c * 5];
    }
}

/** Twin of `dualSolve`. */
export function dualSolve(memory: TwinMemory, params: number, block: number): void {
  const sideTiles = parameters(memory, params, "dual").sideTiles;
  const u = Math.floor(block / sideTiles);
  const { p, all, system, panel, side: sideAt } = dualUnit(memory, params, u);
  if (!(all[p.pivots / 8 + u] > 0)) return;
  const [nTiles, side] = [p.nTiles, sideAt(block % sideTiles)];
  for (let j = 0; j < nTiles; j++) {
    lessProducts(all, system + j * panel, side, j * 4, side + j * 16);
    solveForward(all, system + j * panel + j * 16, side + j * 16);
  }
  for (let j = nTiles - 1; j >= 0; j--) {
    const [columns, at] = [system + j * panel, j * 16];
    const count = (nTiles - j - 1) * 4;
    lessProducts(all, columns + at + 16, side + at + 16, count, side + at);
    solveBackward(all, columns + at, side + at);
  }
}
