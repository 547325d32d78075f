/** 1 − Pearson's correlation of every pair of rows of an nItems × nFeatures array, condensed. */
export function correlationDistances(rows: Float64Array, nItems: number): Float64Array {
  const k = rows.length / nItems;
  const unit = rows.slice();
  for (let i = 0; i < nItems; i++) standardise(unit.subarray(i * k, (i + 1) * k), 1);
  const condensed = new Float64Array((nItems * (nItems - 1)) / 2);
  for (let i = 0, at = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++, at++) {
      let sum = 0;
      for (let f = 0; f < k; f++) sum += unit[i * k + f] * unit[j * k + f];
      condensed[at] = 1 - sum;
    }
  }
  return condensed;
}

/** In place: mean 0, and a sum of squares of `squares` (default: as many as there are values). */
export function standardise(values: Float64Array, squares: number = values.length): Float64Array {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] -= mean) ** 2;
  const scale = Math.sqrt(squares / sum);
  for (let i = 0; i < values.length; i++) values[i] *= scale;
  return values;
}

/** Mean product of two vectors: the correlation of standardised ones. */
export function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum / a.length;
}

/** In place: a += factor · b. */
export function add(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
  return a;
}

/** Solve A·x = b for a small symmetric positive A, by elimination. */
export function solve(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, b[i]]);
  const n = b.length;
  for (let p = 0; p < n; p++) {
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const factor = rows[i][p] / rows[p][p];
      for (let j = p; j <= n; j++) rows[i][j] -= factor * rows[p][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}
