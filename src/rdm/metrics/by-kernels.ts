import { gram } from "../../compute/gram.ts";
import { gramSync, gramRdmSync } from "../../compute/gram-rdm.ts";
import { worthKernels } from "../../compute/run-sync.ts";
import type { GramMetric } from "../../compute/kernels.ts";
import type { Patterns } from "./metric.ts";

/** Multiply-adds per ms of plain code. */
const PRODUCTS_PER_MS = 1e6;

/** The RDM of many items or features by the compute kernels; undefined where plain code is to do it. */
export function byKernels(
  { data, nItems: n, nFeatures: k }: Patterns,
  metric: GramMetric,
): Float64Array | undefined {
  const least = metric === "correlation" || metric === "cosine" ? 2 : 1;
  if (k < least || !worthKernels((n * n * k) / 2 / PRODUCTS_PER_MS)) return undefined;
  return gramRdmSync(data, n, k, metric);
}

/** Products of every row with every row, n × n. */
export function products({ data, nItems: n, nFeatures: k }: Patterns): Float64Array {
  if (k > 0 && worthKernels((n * n * k) / 2 / PRODUCTS_PER_MS)) return gramSync(data, n, k);
  return gram(data, n, k);
}
