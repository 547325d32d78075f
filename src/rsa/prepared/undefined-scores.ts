/** As many `NaN` as there would be scores. */
export function undefinedScores(count: number): Float64Array {
  return new Float64Array(count).fill(NaN);
}
