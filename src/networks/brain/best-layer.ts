/** The best layer of a region, chosen on some subjects and scored on another. */
export interface BestLayer {
  /** The layer that is best over all subjects; undefined where none has a score. */
  readonly layer: string | undefined;
  /** Its mean score over all subjects: too good, as the same data chose it. */
  readonly mean: number;
  /** Mean score of the subjects that were left out, in the layers that the others chose; NaN for a single one. */
  readonly crossValidated: number;
  /** Standard error of it over subjects. */
  readonly sem: number;
  /** How many subjects' others chose each layer. */
  readonly chosen: Readonly<Record<string, number>>;
}

/**
 * The best layer, leaving out one subject after another: those that stay choose the layer of the best mean score, the
 * one left out scores it.
 *
 * @param scores - nLayers × nSubjects.
 * @param sign - 1 where a larger score is better, −1 where a smaller one is.
 */
export function bestLayer(
  layers: readonly string[],
  scores: readonly Float64Array[],
  sign: 1 | -1,
): BestLayer {
  const nSubjects = scores[0].length;
  const all = bestOf(scores, sign, () => true);
  const chosen = new Map<string, number>();
  const left: number[] = [];
  for (let out = 0; out < nSubjects && nSubjects > 1; out++) {
    const layer = bestOf(scores, sign, (subject) => subject !== out);
    if (layer === undefined || Number.isNaN(scores[layer][out])) continue;
    chosen.set(layers[layer], (chosen.get(layers[layer]) ?? 0) + 1);
    left.push(scores[layer][out]);
  }
  return {
    layer: all === undefined ? undefined : layers[all],
    mean: all === undefined ? NaN : meanOf([...scores[all]].filter((x) => !Number.isNaN(x))),
    crossValidated: meanOf(left),
    sem: standardError(left),
    chosen: Object.fromEntries(chosen),
  };
}

/** The layer of the best mean; of several that are equal the first. */
function bestOf(
  scores: readonly Float64Array[],
  sign: 1 | -1,
  counts: (subject: number) => boolean,
): number | undefined {
  let best: number | undefined;
  let most = -Infinity;
  scores.forEach((ofLayer, layer) => {
    const known = [...ofLayer].filter((score, s) => counts(s) && !Number.isNaN(score));
    const mean = sign * meanOf(known);
    if (mean > most) [best, most] = [layer, mean];
  });
  return best;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const [n, mean] = [values.length, meanOf(values)];
  if (n < 2) return NaN;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
}
