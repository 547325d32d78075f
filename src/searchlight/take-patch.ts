import { ShapeMismatch } from "../core/errors.ts";
import { sizeOf, type Matrix } from "../core/matrix.ts";
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
 * @example
 * import { searchlightPatches, takePatch } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
 * const patches = searchlightPatches(data.shape, { patches: [[0, 2]] });
 * takePatch(data, patches.at(0), patches.plan).data; // Float64Array(4) [ 1, 3, 4, 6 ]
 */
export function takePatch(data: Matrix, patch: Patch, { axes }: PatchPlan): Matrix<Float64Array> {
  const { series, samples } = strides(data.shape, axes);
  const seriesAt = patch.series ?? upTo(0, series.length);
  const samplesAt = patch.samples === undefined ? upTo(0, samples.length) : upTo(...patch.samples);
  const nItems = data.shape[0];
  const perItem = sizeOf(data.shape.slice(1));
  const width = samples.stride;
  const nFeatures = seriesAt.length * samplesAt.length * width;
  const taken = new Float64Array(nItems * nFeatures);
  let at = 0;
  for (let item = 0; item < nItems; item++) {
    for (const one of seriesAt) {
      for (const sample of samplesAt) {
        const from = item * perItem + one * series.stride + sample * samples.stride;
        for (let rest = 0; rest < width; rest++) taken[at++] = data.data[from + rest];
      }
    }
  }
  return { data: taken, shape: [nItems, nFeatures] };
}

interface AxisStride {
  readonly length: number;
  readonly stride: number;
}

/** Lengths and strides of both axes; one that the data lack has length 1. */
function strides(
  shape: readonly number[],
  { series, samples }: PatchPlan["axes"],
): { series: AxisStride; samples: AxisStride } {
  const along = (axis: number): AxisStride => ({
    length: shape[axis],
    stride: sizeOf(shape.slice(axis + 1)),
  });
  const whole = { length: 1, stride: sizeOf(shape.slice(1)) };
  const ofSeries = series === undefined ? whole : along(series);
  return {
    series: ofSeries,
    samples: samples === undefined ? { length: 1, stride: ofSeries.stride } : along(samples),
  };
}

function upTo(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at);
}
