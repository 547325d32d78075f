import { random } from "../core/random.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { texts, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { noteDraw } from "../core/run-record.ts";

/** How labels are permuted. */
export interface PermuteLabelsOptions {
  /** A part for each label, for example its run: labels are exchanged within parts only. Default: one part. */
  readonly within?: readonly string[];
  /** Labels that stay what they are, for example `["rest"]`. Default none. */
  readonly keep?: readonly string[];
  /** How often. Default 1. */
  readonly times?: number;
  /** Default 0. */
  readonly seed?: number;
}

const permuteLabelsNames: OptionNames<PermuteLabelsOptions> = {
  within: texts,
  keep: texts,
  times: whole(1),
  seed: true,
};

/**
 * Labels exchanged for a permutation test: all observations of one label get another label together, so that blocks of a
 * design stay blocks. With `within`, each part (each run) is permuted by itself, as the test needs whose observations
 * are exchangeable within runs only.
 *
 * @param labels - the label of each observation.
 * @returns one list of labels a time.
 * @throws ShapeMismatch when `within` has another length; InvalidArgument.
 * @example
 * import { permuteLabels } from "tsrsa";
 * const labels = ["face", "face", "house", "rest"];
 * permuteLabels(labels, { keep: ["rest"], times: 100, seed: 7 }).length; // 100
 */
export function permuteLabels(
  labels: readonly string[],
  options: PermuteLabelsOptions = {},
): string[][] {
  texts(labels, "labels");
  checkOptions(options, permuteLabelsNames);
  const { within, keep = [], times = 1, seed = 0 } = options;
  if (within !== undefined && within.length !== labels.length)
    throw new ShapeMismatch(`a part for each of ${labels.length} labels`, `${within.length}`);
  const strange = keep.find((label) => !labels.includes(label));
  if (strange !== undefined)
    throw new InvalidArgument("keep", strange, "name labels that there are");
  noteDraw("permuteLabels", { keep, times, seed });
  const parts = partsOf(labels, within);
  const kept = new Set(keep);
  const { permutation } = random(seed);
  return Array.from({ length: times }, () => {
    const swapped = [...labels];
    for (const rows of parts) {
      const own = [...new Set(rows.map((row) => labels[row]))].filter((label) => !kept.has(label));
      const order = permutation(own.length);
      const other = new Map(own.map((label, at) => [label, own[order[at]]]));
      for (const row of rows) swapped[row] = other.get(labels[row]) ?? labels[row];
    }
    return swapped;
  });
}

/** The rows of each part. */
function partsOf(labels: readonly string[], within: readonly string[] | undefined): number[][] {
  const parts = new Map<string, number[]>();
  labels.forEach((_, row) => {
    const name = within?.[row] ?? "";
    const rows = parts.get(name);
    if (rows === undefined) parts.set(name, [row]);
    else rows.push(row);
  });
  return [...parts.values()];
}
