/** Values packed without a turn of the event loop: about 2 ms. */
export const PACKED_AT_ONCE = 2 ** 18;

/** A matrix in the memory of a job: panels [tile of 4 rows][column][4]. */
export interface Panels {
  readonly address: number;
  readonly nTiles: number;
  readonly nColumns: number;
}

/** Some rows of a matrix (… × width) as panels of their own; rows that fill the last tile are 0. */
export function packRows(
  data: Float64Array,
  width: number,
  from: number,
  to: number,
  panel: Float64Array,
): void {
  for (let row = from, at = 0; row < to; row += 4, at += 4 * width) {
    for (let lane = 0; lane < 4; lane++) {
      const start = (row + lane) * width;
      const known = row + lane < to;
      for (let k = 0, place = at + lane; k < width; k++, place += 4)
        panel[place] = known ? data[start + k] : 0;
    }
  }
}

/** Where columns of a matrix are, and what is subtracted from each. */
export interface Columns {
  readonly data: Float64Array | Float32Array;
  /** Columns of the whole matrix. */
  readonly width: number;
  /** Its rows in the order wanted; default as they are. */
  readonly rows?: ArrayLike<number>;
  readonly nRows: number;
  readonly means?: Float64Array;
}

/** Some columns of a matrix, turned, as panels [tile of 4 columns][row][4] of `length` rows; what fills them up is 0. */
export function packColumns(
  { data, width, rows, nRows, means }: Columns,
  from: number,
  to: number,
  panel: Float64Array,
  length = nRows,
): void {
  if (length > nRows || (to - from) % 4 !== 0)
    panel.fill(0, 0, Math.ceil((to - from) / 4) * length * 4);
  for (let row = 0; row < nRows; row++) {
    const start = (rows === undefined ? row : rows[row]) * width;
    for (let j = from; j < to; j++) {
      const place = ((j - from) >> 2) * length * 4 + row * 4 + ((j - from) & 3);
      panel[place] = data[start + j] - (means === undefined ? 0 : means[j]);
    }
  }
}
