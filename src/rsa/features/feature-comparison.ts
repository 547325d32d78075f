import type { CentredFeatures } from "./feature-matrix.ts";

/** One way to compare two feature matrices; each is made ready once for any number of partners. */
export interface FeatureComparison<Side = unknown> {
  readonly name: string;
  /** Fewer items are refused. */
  readonly leastItems: number;
  prepare(features: CentredFeatures): Side;
  /** `NaN` where the comparison is not defined. */
  score(a: Side, b: Side): number;
}
