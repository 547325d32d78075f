/** Eigenvalues, and eigenvectors as rows, of a symmetric matrix; in no order. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** n × n in C order; row k belongs to value k. */
  readonly vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/** By cyclic Jacobi rotations (Golub & Van Loan, 8.5): small eigenvalues keep their digits. `NaN` must not occur. */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(a, vectors, n, p, q) || rotated;
    }
    if (!rotated) break;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), vectors };
}

/** Make entry (p, q) zero; false when it is already, against its diagonal. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const [pp, qq, pq] = [a[p * n + p], a[q * n + q], a[p * n + q]];
  if (Math.abs(pq) <= 1e-17 * (Math.abs(pp) + Math.abs(qq)) || Math.abs(pq) < 1e-300) return false;
  const zeta = (qq - pp) / (2 * pq);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const [kp, kq] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = a[k * n + p] = cosine * kp - sine * kq;
    a[q * n + k] = a[k * n + q] = sine * kp + cosine * kq;
  }
  a[p * n + p] = pp - tangent * pq;
  a[q * n + q] = qq + tangent * pq;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    const [vp, vq] = [vectors[p * n + k], vectors[q * n + k]];
    vectors[p * n + k] = cosine * vp - sine * vq;
    vectors[q * n + k] = sine * vp + cosine * vq;
  }
  return true;
}
