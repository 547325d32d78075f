/** Correlations beyond this leave nothing that only one of two explains, but rounding. */
const SAME = 1e-12;

/**
 * What two predictors have in common of the data: R²(a) + R²(b) − R²(a, b), from their correlations with the data and with
 * each other. Negative where one clears noise from the other.
 */
export function commonShare(a: number, b: number, between: number): number {
  const left = 1 - between * between;
  const both = left > SAME ? (a * a + b * b - 2 * a * b * between) / left : a * a;
  return a * a + b * b - both;
}
