import { pairIndex, type Rdm } from "../../rdm/rdm.ts";

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
  const sums = { finite: new Float64Array(side * side), value: new Float64Array(side * side) };
  const missing = new Float64Array(side * side);
  const cells = new Float64Array(n);
  const shares = Array.from({ length: n }, (_, i) => sharesOf(i, n, side));
  for (let i = 0; i < n; i++) {
    fillRow(rdm, i, cells);
    for (const [y, height] of shares[i]) {
      for (let j = 0; j < n; j++) {
        const cell = cells[j];
        if (cell === DIAGONAL) continue;
        for (const [x, width] of shares[j]) {
          const at = y * side + x;
          if (Number.isNaN(cell)) missing[at] += width * height;
          else {
            sums.finite[at] += width * height;
            sums.value[at] += width * height * cell;
          }
        }
      }
    }
  }
  return { side, values: means(sums.value, sums.finite, missing) };
}

function means(value: Float64Array, finite: Float64Array, missing: Float64Array): Float64Array {
  // A pixel with more missing than known area says so, rather than speak for what is not there.
  return value.map((sum, at) => {
    if (missing[at] > finite[at]) return NaN;
    return finite[at] > 0 ? sum / finite[at] : DIAGONAL;
  });
}

/** The pixels a cell reaches into, each with the length of the part. */
function sharesOf(cell: number, n: number, side: number): [pixel: number, length: number][] {
  const [from, to] = [(cell * side) / n, ((cell + 1) * side) / n];
  const first = Math.floor(from);
  // Cells are smaller than pixels here, so a cell reaches into two at most.
  if (to <= first + 1 + 1e-9 || first + 1 >= side) return [[Math.min(first, side - 1), to - from]];
  return [
    [first, first + 1 - from],
    [first + 1, to - first - 1],
  ];
}

function fillRow(rdm: Rdm, i: number, cells: Float64Array): void {
  const n = rdm.nItems;
  for (let j = 0; j < i; j++) cells[j] = finiteOrNaN(rdm.condensed[pairIndex(j, i, n)]);
  cells[i] = DIAGONAL;
  const start = i + 1 < n ? pairIndex(i, i + 1, n) - (i + 1) : 0;
  for (let j = i + 1; j < n; j++) cells[j] = finiteOrNaN(rdm.condensed[start + j]);
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
