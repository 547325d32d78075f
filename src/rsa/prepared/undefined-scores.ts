/** One `NaN` for each model. */
export function undefinedScores(models: readonly unknown[]): Float64Array {
  return new Float64Array(models.length).fill(NaN);
}
