import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { Rdm } from "../rdm/rdm.ts";
import { patchMetricLabel } from "../searchlight/patch-metric.ts";
import { patchRdms } from "../searchlight/patch-rdms.ts";
import { alignEstimates, type EstimateLabelOptions } from "./align-estimates.ts";
import { sourceSearchlightNames } from "./rsa-stcs.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import {
  sourcePatterns,
  sourceSearchlight,
  type SourceSearchlightOptions,
} from "./source-searchlight.ts";

/** What {@link rdmStcs} takes. */
export interface RdmStcsOptions extends SourceSearchlightOptions, EstimateLabelOptions {
  /** The items in the order wanted; default: the distinct labels, sorted. */
  readonly items?: readonly string[];
}

const rdmStcsNames: OptionNames<RdmStcsOptions> = { ...sourceSearchlightNames, items: cells };

/**
 * RDMs of source estimates, one for each place and time: place by place, time by time within each. Estimates of one
 * label are averaged, or cross-validated with `nFolds`. Agrees with `mne_rsa.rdm_stcs`, except that the default metric
 * is `correlation`, as everywhere.
 *
 * @throws ItemMismatch naming labels, items or sources that do not match; InvalidArgument; Cancelled.
 * @example
 * import { rdmStcs, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 3, 3, 2, 1), shape: [2, 1, 3] },
 *   vertices: [Int32Array.of(7), new Int32Array(0)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const rdms = [];
 * for await (const rdm of rdmStcs(estimates, { labels: ["dog", "cat"], onProgress: false })) rdms.push(rdm);
 * rdms[0].between("dog", "cat"); // 2
 */
export async function* rdmStcs(
  estimates: SourceEstimates,
  options: RdmStcsOptions = {},
): AsyncGenerator<Rdm, void, undefined> {
  someEstimates(estimates, "estimates");
  checkOptions(options, rdmStcsNames);
  const alignment = alignEstimates(estimates, options, options.items);
  const searchlight = await sourceSearchlight(estimates, options);
  const patterns = await sourcePatterns(estimates, alignment, searchlight, options);
  const names = estimates.sourceNames;
  const { centres, times } = searchlight;
  const items = options.labels === undefined ? undefined : alignment.items;
  const metric = patchMetricLabel(options.metric);
  let at = 0;
  for await (const condensed of patchRdms(patterns, options, options)) {
    const place = centres === undefined ? undefined : names[centres[Math.floor(at / times.length)]];
    const timeS = times[at % times.length];
    const meta = { timeS, ...(place !== undefined && { place }) };
    const name = `${place === undefined ? "" : `${place}, `}t = ${timeS.toFixed(2)} s`;
    yield new Rdm(condensed, { items, metric, name, meta });
    at++;
  }
}
