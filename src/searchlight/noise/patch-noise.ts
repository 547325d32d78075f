import type { ResidualSums } from "../../stats/covariance/shrink.ts";
import type { CovarianceMethod } from "../../stats/covariance/index.ts";
import type { Patch } from "../patches.ts";

/** Residuals of all runs, one series after the other. */
export interface PooledResiduals {
  /** nSeries × n. */
  readonly series: Float64Array;
  readonly n: number;
  readonly dof: number;
}

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
  /** The residuals themselves, where one covariance of all runs is made of them and is the same at every time. */
  pooled?(): PooledResiduals | undefined;
}
