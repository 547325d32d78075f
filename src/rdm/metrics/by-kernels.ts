import { gram } from "../../compute/gram.ts";
import { gramSync, gramRdmSync } from "../../compute/gram-rdm.ts";
import { worthMultiplying } from "../../compute/which-path.ts";
import type { GramMetric } from "../../compute/kernels.ts";
import type { Patterns } from "./metric.ts";

/** The RDM of many items or features by the compute kernels; undefined where plain code is to do it. */
export function byKernels(
  { data, nItems: n, nFeatures: k }: Patterns,
  metric: GramMetric,
): Float64Array | undefined {
  const least = metric === "correlation" || metric === "cosine" ? 2 : 1;
  if (k < least || !worthMultiplying((n * n * k) / 2)) return undefined;
  return gramRdmSync(data, n, k, metric);
}

/** Products of every row with every row, n × n. */
export function products({ data, nItems: n, nFeatures: k }: Patterns): Float64Array {
  if (k > 0 && worthMultiplying((n * n * k) / 2)) return gramSync(data, n, k);
  return gram(data, n, k);
}
