import type { Matrix } from "../../core/matrix.ts";

/** Observations whose axes have names, so that a test knows which of them is sensors. */
export interface LabelledObservations extends Matrix<Float64Array> {
  /** What each axis is: `people` first, then `times`, `sensors`, … */
  readonly axes: readonly string[];
  /** Names along the axis `sensors`, where there is one. */
  readonly channels?: readonly string[];
}
