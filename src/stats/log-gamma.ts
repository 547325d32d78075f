const LOG_ROOT_TWO_PI = 0.9189385332046727;
/** Coefficients of Stirling's series: B₂ₖ / (2k (2k − 1)). */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;
/** From here on the eight terms of the series are exact to the last digit. */
const LARGE = 12;

/** Logarithm of the gamma function of a positive number, to about 15 digits. */
export function logGamma(x: number): number {
  let shift = 1;
  let large = x;
  // Γ(x) = Γ(x + n) / (x (x + 1) … (x + n − 1)) brings small numbers to where Stirling's series holds.
  for (; large < LARGE; large++) shift *= large;
  const inverse = 1 / (large * large);
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverse + STIRLING[k];
  const main = (large - 0.5) * Math.log(large) - large + LOG_ROOT_TWO_PI + series / large;
  return main - Math.log(shift);
}
