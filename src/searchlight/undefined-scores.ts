/** Number of patches that have no score with any model, of scores that are models × patches. */
export function countUndefined(scores: Float64Array, nPatches: number): number {
  let count = 0;
  for (let patch = 0; patch < nPatches; patch++) {
    let at = patch;
    while (at < scores.length && Number.isNaN(scores[at])) at += nPatches;
    if (at >= scores.length) count++;
  }
  return count;
}

/** What to say of the patches that have no score with any model. */
export function undefinedNotes(scores: Float64Array, nPatches: number): string[] {
  const count = countUndefined(scores, nPatches);
  return count === 0 ? [] : [`${count} of ${nPatches} patches have no score (NaN)`];
}

/** What to say of the models that have no score anywhere, while others have. */
export function unscoredModels(scores: Float64Array, names: readonly string[]): readonly string[] {
  const nPatches = scores.length / names.length;
  const isUnscored = (m: number): boolean =>
    scores.subarray(m * nPatches, (m + 1) * nPatches).every(Number.isNaN);
  const unscored = names.filter((_, m) => isUnscored(m));
  if (unscored.length === names.length) return [];
  return unscored.map(
    (name) => `${name} has no score anywhere (NaN): its RDM is constant, or has NaN`,
  );
}
