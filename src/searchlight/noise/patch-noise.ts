import type { ResidualSums } from "../../stats/covariance/shrink.ts";
import type { CovarianceMethod } from "../../stats/covariance/index.ts";
import type { Patch } from "../patches.ts";

/** What a searchlight knows of the noise of its patterns. */
export interface PatchNoise {
  readonly method: CovarianceMethod;
  /** A covariance for each fold, or one for all. */
  readonly perRun: boolean;
  /**
   * Sums over residuals of the series of a patch.
   *
   * @param series - numbers of the series, ascending.
   * @param run - which run alone; undefined: all, pooled.
   * @param position - which patch this is.
   */
  sums(
    series: Int32Array,
    samples: Patch["samples"],
    run: number | undefined,
    position: number,
  ): ResidualSums;
}
