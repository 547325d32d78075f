import { ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { thing } from "../core/gate/kinds.ts";
import { sizeOf, type Matrix, type NumericArray } from "../core/matrix.ts";
import type { Patch, PatchPlan } from "./patches.ts";

/** Throws `ShapeMismatch` unless the patches were made for data of this shape. */
export function checkDataShape(shape: readonly number[], plan: PatchPlan): void {
  checkAxis(shape, plan.axes.series, plan.nSeries, "series");
  checkAxis(shape, plan.axes.samples, plan.nSamples, "samples");
}

function checkAxis(
  shape: readonly number[],
  axis: number | undefined,
  length: number | undefined,
  name: string,
): void {
  if (axis === undefined || shape[axis] === length) return;
  throw new ShapeMismatch(
    `data with ${length} ${name} along axis ${axis}, as the patches have`,
    `shape (${shape.join(", ")})`,
  );
}

/**
 * The data in a patch: items × features, the features being series × samples × … in C order.
 *
 * @throws InvalidArgument, ShapeMismatch for data whose shape is not theirs, or not that of the patches.
 * @example
 * import { searchlightPatches, takePatch } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
 * const patches = searchlightPatches(data.shape, { patches: [[0, 2]] });
 * takePatch(data, patches.at(0), patches.plan).data; // Float64Array(4) [ 1, 3, 4, 6 ]
 */
export function takePatch(data: Matrix, patch: Patch, plan: PatchPlan): Matrix<Float64Array> {
  const { data: values, shape } = checkedMatrix(data, "data");
  thing("a patch of SearchlightPatches", "series", "samples")(patch, "patch");
  thing("the plan of SearchlightPatches", "axes")(plan, "plan");
  checkDataShape(shape, plan);
  const features = featuresOf(patch, shape, plan);
  const taken = takeFeatures(values, shape[0], sizeOf(shape.slice(1)), features);
  return { data: taken, shape: [shape[0], features.length] };
}

/** Some features of every row: nRows × features. */
export function takeFeatures(
  values: NumericArray,
  nRows: number,
  perRow: number,
  features: Int32Array,
): Float64Array {
  const n = features.length;
  const taken = new Float64Array(nRows * n);
  for (let row = 0, at = 0, from = 0; row < nRows; row++, from += perRow)
    for (let k = 0; k < n; k++) taken[at++] = values[from + features[k]];
  return taken;
}

/**
 * Which numbers of an item lie in a patch: series × samples × … in C order.
 *
 * @param shape - of the data: items × …
 */
export function featuresOf(
  { series, samples }: Pick<Patch, "series" | "samples">,
  shape: readonly number[],
  { axes }: PatchPlan,
): Int32Array {
  const whole = { length: 1, stride: sizeOf(shape.slice(1)) };
  const along = axes.series === undefined ? whole : strideOf(shape, axes.series);
  const inTime =
    axes.samples === undefined
      ? { length: 1, stride: along.stride }
      : strideOf(shape, axes.samples);
  const ofSeries = series ?? Int32Array.from({ length: along.length }, (_, at) => at);
  const [from, to] = samples ?? [0, inTime.length];
  const [start, width] = [from * inTime.stride, (to - from) * inTime.stride];
  // Samples of a series lie next to each other, and so does what follows them.
  if (width === 1 && along.stride === 1) return ofSeries;
  const features = new Int32Array(ofSeries.length * width);
  let at = 0;
  for (const one of ofSeries)
    for (let k = start; k < start + width; k++) features[at++] = one * along.stride + k;
  return features;
}

interface AxisStride {
  readonly length: number;
  readonly stride: number;
}

function strideOf(shape: readonly number[], axis: number): AxisStride {
  return { length: shape[axis], stride: sizeOf(shape.slice(axis + 1)) };
}
