import { ShapeMismatch } from "../../core/errors.ts";
import { listOf, thing } from "../../core/gate/kinds.ts";
import type { RunResiduals } from "../glm/run-residuals.ts";

/**
 * Residuals of both halves of the cortex as `noise` of `rsaSurface` takes them: run by run, the left half before the
 * right.
 *
 * @param left - `await patterns.residuals()` of the left half.
 * @param right - of the right half, of the same runs.
 * @throws ShapeMismatch for runs of other names, volumes or degrees of freedom.
 * @example
 * import { joinResiduals, rsaSurface, type Patterns, type Rdm, type RsaSurfaceOptions } from "tsrsa";
 * async function crossnobis(left: Patterns, right: Patterns, model: Rdm, options: RsaSurfaceOptions) {
 *   const residuals = joinResiduals(await left.residuals(), await right.residuals());
 *   const { items: labels, runs: folds } = left;
 *   return rsaSurface({ left, right }, model, { ...options, labels, folds, metric: "crossnobis", noise: { residuals } });
 * }
 */
export function joinResiduals(
  left: readonly RunResiduals[],
  right: readonly RunResiduals[],
): RunResiduals[] {
  const residuals = listOf(thing("residuals of a run", "data", "shape", "run", "dof", "voxels"));
  residuals(left, "left");
  residuals(right, "right");
  if (left.length !== right.length)
    throw new ShapeMismatch(`${left.length} runs in both halves`, `${right.length} in the right`);
  return left.map((one, at) => joined(one, right[at]));
}

function joined(left: RunResiduals, right: RunResiduals): RunResiduals {
  const told = ({ run, dof, shape }: RunResiduals): string =>
    `run ${run} of ${shape[0]} volumes and ${dof} degrees of freedom`;
  if (told(left) !== told(right))
    throw new ShapeMismatch(
      `${told(left)} in the right half, as in the left`,
      told(right),
      "fit both halves with the same runs and options",
    );
  const [n, nLeft] = left.shape;
  const nRight = right.shape[1];
  const data = new Float64Array(n * (nLeft + nRight));
  for (let t = 0; t < n; t++) {
    data.set(left.data.subarray(t * nLeft, (t + 1) * nLeft), t * (nLeft + nRight));
    data.set(right.data.subarray(t * nRight, (t + 1) * nRight), t * (nLeft + nRight) + nLeft);
  }
  const voxels = new Int32Array(nLeft + nRight);
  voxels.set(left.voxels);
  voxels.set(right.voxels, nLeft);
  return { ...left, data, shape: [n, nLeft + nRight], voxels };
}
