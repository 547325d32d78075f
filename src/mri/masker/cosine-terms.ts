/** Cosines slower than the cut-off, as long as the run: what a cosine filter takes out. */
export function cosineTerms(nVolumes: number, tr: number, highPassHz: number): Float64Array[] {
  const order = Math.min(nVolumes - 1, Math.floor(2 * nVolumes * highPassHz * tr));
  return Array.from({ length: order }, (_, k) =>
    Float64Array.from(
      { length: nVolumes },
      (_t, t) => Math.sqrt(2 / nVolumes) * Math.cos((Math.PI / nVolumes) * (t + 0.5) * (k + 1)),
    ),
  );
}
