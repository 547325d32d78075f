import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import type { Metric } from "../../rdm/metrics/index.ts";

/** Throws `InvalidArgument` for noise with a metric that does not know it, or with a precision of one's own. */
export function checkNoiseMetric(
  metric: Metric | "crossnobis" | undefined,
  { VI }: { readonly VI?: MatrixLike },
  nFolds: number,
  perRun: boolean,
): void {
  if (metric !== "crossnobis" && metric !== "mahalanobis")
    throw new InvalidArgument(
      "noise",
      `given with metric ${typeof metric === "string" ? metric : "correlation"}`,
      'noise counts in metric: "crossnobis" and "mahalanobis" alone',
    );
  if (VI !== undefined) throw new InvalidArgument("VI", "given with noise", "pass one of the two");
  if (perRun && nFolds < 2)
    throw new Unsupported("a covariance for each run needs folds", "pass folds, one a run");
}
