import { share } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../rdm-list.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { quantileOf } from "../../stats/quantile.ts";
import type { Rdm } from "../rdm.ts";
import { transformRdm } from "./transform-rdm.ts";

/** Quantiles between which dissimilarities count. */
export interface GeotopologicalOptions {
  /** Below this quantile all are 0: it is noise. From 0 to 1. */
  readonly low: number;
  /** Above this quantile all are 1: far is far. From 0 to 1, above `low`. */
  readonly up: number;
}

const geotopologicalNames: OptionNames<GeotopologicalOptions> = { low: share, up: share };

/**
 * Dissimilarities below one quantile as 0, above another as 1, and linear in between (Lin & Kriegeskorte 2023,
 * arXiv:2309.11028). The quantiles are those of all RDMs given together, as in rsatoolbox's
 * `geotopological_transform`; give them one by one for quantiles of each one's own. `NaN` stays and does not count.
 *
 * @throws InvalidArgument unless 0 ≤ low < up ≤ 1, and when the two quantiles are equal.
 * @example
 * import { geotopologicalTransform, Rdm } from "tsrsa";
 * const [rdm] = geotopologicalTransform([new Rdm([0, 1, 2, 3, 4, 5])], { low: 0.2, up: 0.6 });
 * rdm.condensed; // Float64Array(6) [ 0, 0, 0.5, 1, 1, 1 ]
 */
export function geotopologicalTransform(rdms: RdmInput, options: GeotopologicalOptions): Rdm[] {
  checkOptions(options, geotopologicalNames);
  const { low, up } = options;
  const all = toRdms(rdms);
  if (!(low >= 0 && low < up && up <= 1))
    throw new InvalidArgument("low and up", `${low} and ${up}`, "give 0 ≤ low < up ≤ 1");
  const [least, greatest] = quantiles(all, [low, up]);
  if (least === greatest)
    throw new InvalidArgument(
      "low and up",
      `both ${least}`,
      "so many dissimilarities are equal that nothing is between the two; move them apart",
    );
  return all.map((rdm) =>
    transformRdm(
      rdm,
      (condensed) => condensed.map((value) => between(value, least, greatest)),
      (metric) => `geo-topological transformed ${metric}`,
    ),
  );
}

function between(value: number, least: number, greatest: number): number {
  if (Number.isNaN(value)) return NaN;
  return Math.min(1, Math.max(0, (value - least) / (greatest - least)));
}

/** Linearly interpolated quantiles, as numpy's, of all values that are there. */
function quantiles(rdms: readonly Rdm[], wanted: readonly number[]): number[] {
  const all = new Float64Array(rdms.reduce((sum, rdm) => sum + rdm.condensed.length, 0));
  let n = 0;
  for (const { condensed } of rdms) {
    for (const value of condensed) if (!Number.isNaN(value)) all[n++] = value;
  }
  const sorted = all.subarray(0, n).sort();
  return wanted.map((share) => quantileOf(sorted, share));
}
