import { ShapeMismatch } from "../core/errors.ts";
import { texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";
import { metricKind, metricLabel, type Metric } from "../rdm/metrics/index.ts";
import { metricParamNames, type MetricParams } from "../rdm/metrics/metric.ts";
import { Rdm, type RdmMeta } from "../rdm/rdm.ts";
import { patchRdm } from "./patch-rdm.ts";
import { patchedPatterns } from "./patched-patterns.ts";
import type { Patch, SearchlightPatches } from "./patches.ts";

/** How to compute the RDM of each patch. */
export interface RdmSearchlightOptions extends MetricParams {
  /** Default `correlation`. */
  readonly metric?: Metric;
  /** Labels of the items, one for each row of the data. */
  readonly items?: readonly string[];
}

const rdmSearchlightNames: OptionNames<RdmSearchlightOptions> = {
  metric: metricKind,
  items: texts,
  ...metricParamNames,
};

/**
 * The RDM of every patch, one by one. `meta` says where the centre is: `series` and `sample`.
 *
 * A patch of a single feature has no `correlation` or `cosine`: its RDM is all `NaN`, where MNE-RSA stops the whole
 * searchlight. Agrees with `rdm_array` of MNE-RSA. This is the plain walk over any array.
 *
 * @param data - nItems × series × samples × … as the patches were made for.
 * @throws ShapeMismatch when the data have another shape; UnknownOption for an unknown metric.
 * @example
 * import { rdmSearchlight, searchlightPatches } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 5, 5, 5), shape: [2, 3] };
 * const patches = searchlightPatches(data.shape, { temporalRadius: 0 });
 * [...rdmSearchlight(data, patches, { metric: "euclidean" })].map((rdm) => rdm.at(0, 1)); // [ 4, 3, 2 ]
 */
export function* rdmSearchlight(
  data: Matrix,
  patches: SearchlightPatches,
  options: RdmSearchlightOptions = {},
): Generator<Rdm, void, undefined> {
  checkOptions(options, rdmSearchlightNames);
  const { metric = "correlation", items, ...params } = options;
  const patched = patchedPatterns(data, false, patches);
  const nItems = patched.shape[0];
  if (items !== undefined && items.length !== nItems)
    throw new ShapeMismatch(`${nItems} labels, one per item`, `${items.length}`);
  for (let at = 0; at < patches.length; at++) {
    const condensed = patchRdm(patched, at, { metric, ...params });
    const meta = whereIs(patches.at(at));
    yield new Rdm(condensed, { items, metric: metricLabel(metric), meta });
  }
}

function whereIs({ centreSeries, centreSample }: Patch): RdmMeta {
  return {
    ...(centreSeries !== undefined && { series: centreSeries }),
    ...(centreSample !== undefined && { sample: centreSample }),
  };
}
