import { placeOfPair, type Rdm } from "../../rdm/rdm.ts";

/** A square of values: what a panel shows at each pixel. NaN where cells are missing, Infinity on the diagonal. */
export interface PanelPixels {
  readonly side: number;
  readonly values: Float64Array;
}

/** Marks the diagonal among values: no dissimilarity that is drawn is infinite. */
export const DIAGONAL = Infinity;

/**
 * The cells of an RDM as at most `mostPixels` × `mostPixels` pixels. With room to spare each cell becomes a block of
 * pixels; without, each pixel is the mean over the area of the cells it covers, diagonal and missing cells left out.
 */
export function panelPixels(rdm: Rdm, mostPixels: number): PanelPixels {
  return rdm.nItems <= mostPixels ? enlarged(rdm, mostPixels) : averaged(rdm, mostPixels);
}

function enlarged(rdm: Rdm, mostPixels: number): PanelPixels {
  const n = rdm.nItems;
  const block = Math.max(1, Math.floor(mostPixels / n));
  const side = n * block;
  const values = new Float64Array(side * side);
  const cells = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    fillRow(rdm, i, cells);
    const row = values.subarray(i * block * side, (i * block + 1) * side);
    for (let x = 0; x < side; x++) row[x] = cells[Math.floor(x / block)];
    for (let copy = 1; copy < block; copy++) values.set(row, (i * block + copy) * side);
  }
  return { side, values };
}

function averaged(rdm: Rdm, side: number): PanelPixels {
  const n = rdm.nItems;
  const area = side * side;
  const sums = { value: new Float64Array(area), finite: new Float64Array(area) };
  const missing = new Float64Array(area);
  const cells = new Float64Array(n);
  const reach = reachOf(n, side);
  for (let i = 0; i < n; i++) {
    fillRow(rdm, i, cells);
    const row = averagedRow(cells, reach, side);
    for (const [y, height] of [
      [reach.first[i], reach.inFirst[i]],
      [reach.first[i] + 1, reach.inSecond[i]],
    ]) {
      if (height === 0) continue;
      for (let x = 0; x < side; x++) {
        sums.value[y * side + x] += height * row.value[x];
        sums.finite[y * side + x] += height * row.finite[x];
        missing[y * side + x] += height * row.missing[x];
      }
    }
  }
  return { side, values: means(sums.value, sums.finite, missing) };
}

/** The pixels each cell reaches into: two at most, because cells are smaller than pixels here. */
interface Reach {
  readonly first: Int32Array;
  readonly inFirst: Float64Array;
  readonly inSecond: Float64Array;
}

function reachOf(n: number, side: number): Reach {
  const first = Int32Array.from({ length: n }, (_, i) => Math.floor((i * side) / n));
  const ends = Float64Array.from(first, (pixel, i) => ((i + 1) * side) / n - (pixel + 1));
  // A cell that ends on the edge of its pixel, but for rounding, does not reach into the next.
  const inSecond = ends.map((over) => (over > 1e-9 ? over : 0));
  return { first, inSecond, inFirst: inSecond.map((over) => side / n - over) };
}

function averagedRow(cells: Float64Array, { first, inFirst, inSecond }: Reach, side: number) {
  // One place more, for a last cell that reaches over nothing.
  const sums = [0, 1, 2].map(() => new Float64Array(side + 1));
  const [value, finite, missing] = sums;
  for (let j = 0; j < cells.length; j++) {
    const cell = cells[j];
    if (cell === DIAGONAL) continue;
    const x = first[j];
    if (Number.isNaN(cell)) {
      missing[x] += inFirst[j];
      missing[x + 1] += inSecond[j];
    } else {
      finite[x] += inFirst[j];
      finite[x + 1] += inSecond[j];
      value[x] += cell * inFirst[j];
      value[x + 1] += cell * inSecond[j];
    }
  }
  return { value, finite, missing };
}

function means(value: Float64Array, finite: Float64Array, missing: Float64Array): Float64Array {
  // A pixel with more missing than known area says so, rather than speak for what is not there.
  return value.map((sum, at) => {
    if (missing[at] > finite[at]) return NaN;
    return finite[at] > 0 ? sum / finite[at] : DIAGONAL;
  });
}

function fillRow(rdm: Rdm, i: number, cells: Float64Array): void {
  const n = rdm.nItems;
  for (let j = 0; j < i; j++) cells[j] = finiteOrNaN(rdm.condensed[placeOfPair(j, i, n)]);
  cells[i] = DIAGONAL;
  const start = i + 1 < n ? placeOfPair(i, i + 1, n) - (i + 1) : 0;
  for (let j = i + 1; j < n; j++) cells[j] = finiteOrNaN(rdm.condensed[start + j]);
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
