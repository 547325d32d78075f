/** Sums over rows without mean, their number, the number of channels, and the degrees of freedom. */
export interface ResidualSums {
  /** Products of two channels, p × p. */
  readonly products: Float64Array;
  /** Squares of these products, p × p. */
  readonly squares: Float64Array;
  readonly n: number;
  readonly p: number;
  readonly dof: number;
}

/** The sample covariance. */
export function fullCovariance({ products, dof }: ResidualSums): Float64Array {
  return products.map((sum) => sum / dof);
}

/** Its diagonal alone. */
export function diagonalCovariance(residuals: ResidualSums): Float64Array {
  const { p } = residuals;
  return fullCovariance(residuals).map((value, at) => (at % (p + 1) === 0 ? value : 0));
}

/** The sample covariance drawn towards a multiple of the identity (Ledoit & Wolf 2004). */
export function shrunkToIdentity({ products, squares, n, p, dof }: ResidualSums): Float64Array {
  const s = products.map((sum) => sum / n);
  const onDiagonal = (at: number) => at % (p + 1) === 0;
  let [middle, spread, error] = [0, 0, 0];
  s.forEach((value, at) => (middle += onDiagonal(at) ? value / p : 0));
  s.forEach((value, at) => {
    spread += (value - (onDiagonal(at) ? middle : 0)) ** 2;
    error += (squares[at] / n - value * value) / n;
  });
  // No spread: it is a multiple of the identity already.
  const share = spread > 0 ? Math.min(spread, error) / spread : 1;
  return s.map(
    (value, at) => ((share * (onDiagonal(at) ? middle : 0) + (1 - share) * value) * n) / dof,
  );
}

/** The sample covariance drawn towards its diagonal (Schäfer & Strimmer 2005). */
export function shrunkToDiagonal({ products, squares, n, p, dof }: ResidualSums): Float64Array {
  const s = products.map((sum) => sum / dof);
  let [error, size] = [0, 0];
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      // A flat channel has no correlation that could be shrunk; 0/0 would shrink all others away.
      if (s[i * p + i] === 0 || s[j * p + j] === 0) continue;
      const variances = s[i * p + i] * s[j * p + j];
      const r = products[i * p + j] / Math.sqrt(variances) / (n - 1);
      error += (n / dof ** 2) * (squares[i * p + j] / variances / (n - 1) - r * r);
      size += r * r;
    }
  }
  const share = size > 0 ? Math.min(1, Math.max(0, error / size)) : 1;
  return s.map((value, at) => (at % (p + 1) === 0 ? value : (1 - share) * value));
}

/** The sample covariance drawn towards its diagonal by Ledoit and Wolf (2003), as MATLAB's RSA toolbox does (`covdiag`). */
export function ledoitWolfToDiagonal({ products, squares, p, dof }: ResidualSums): Float64Array {
  const s = products.map((sum) => sum / dof);
  let [error, size] = [0, 0];
  s.forEach((value, at) => {
    error += squares[at] / dof ** 2 - value ** 2 / dof;
    size += at % (p + 1) === 0 ? 0 : value ** 2;
  });
  const share = size > 0 ? Math.min(1, Math.max(0, error / size)) : 1;
  return s.map((value, at) => (at % (p + 1) === 0 ? value : (1 - share) * value));
}
