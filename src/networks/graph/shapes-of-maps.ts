import type { OnnxLength } from "../../io/onnx/index.ts";
import { axisOf, type Operation } from "./operation.ts";
import type { TensorShape } from "./tensor-state.ts";

/** Shape after a convolution: batch, as many channels as weights, and the places that are left. */
export function convolved(op: Operation, image = 0, weights = 1): TensorShape {
  const [shape, kernel] = [op.shape(image), op.shape(weights)];
  if (shape === undefined || kernel === undefined) return undefined;
  const sizes = op.list("kernel_shape") ?? kernel.slice(2);
  return [shape[0], kernel[0], ...placesAfter(op, shape.slice(2), sizes)];
}

/** Shape after pooling with a window. */
export function pooled(op: Operation): TensorShape {
  const shape = op.shape(0);
  const sizes = op.list("kernel_shape");
  if (shape === undefined || sizes === undefined) return undefined;
  return [...shape.slice(0, 2), ...placesAfter(op, shape.slice(2), sizes)];
}

/** Shape after pooling over all places. */
export function pooledWhole(op: Operation): TensorShape {
  return op.shape(0)?.map((length, axis) => (axis < 2 ? length : 1));
}

/** Shape after a transposed convolution. */
export function deconvolved(op: Operation): TensorShape {
  const [shape, kernel] = [op.shape(0), op.shape(1)];
  if (shape === undefined || kernel === undefined) return undefined;
  const channels = kernel[1];
  const out = typeof channels === "number" ? channels * op.whole("group", 1) : undefined;
  const given = op.list("output_shape");
  const places = shape.slice(2).map((length, axis): OnnxLength => {
    if (given !== undefined) return given.at(axis - (shape.length - 2));
    return deconvolvedLength(op, axis, length, kernel[axis + 2]);
  });
  return [shape[0], out, ...places];
}

function deconvolvedLength(op: Operation, axis: number, length: OnnxLength, size: OnnxLength) {
  if (typeof length !== "number" || typeof size !== "number") return undefined;
  const stride = op.list("strides")?.[axis] ?? 1;
  const auto = op.attribute("auto_pad") ?? "NOTSET";
  if (auto === "SAME_UPPER" || auto === "SAME_LOWER") return length * stride;
  const dilation = op.list("dilations")?.[axis] ?? 1;
  const extra = op.list("output_padding")?.[axis] ?? 0;
  return stride * (length - 1) + extra + (size - 1) * dilation + 1 - padding(op, axis);
}

/** Shape after maps were made larger or smaller, by the lengths or the scales that are asked for. */
export function enlarged(op: Operation): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const axes = op.list("axes")?.map((axis) => axisOf(axis, shape.length)) ?? [...shape.keys()];
  const [sizes, scales] = [op.values(3), scalesOf(op)];
  return shape.map((length, axis) => {
    const at = axes.indexOf(axis);
    const scale = scales?.[at];
    if (at === -1 || scale === 1) return length;
    if (sizes?.length === axes.length && isStretched(op)) return sizes[at];
    if (scale !== undefined && typeof length === "number" && isStretched(op))
      return Math.floor(Math.fround(length * scale));
    // Images and colours are not enlarged.
    return axis < 2 ? length : undefined;
  });
}

/** What lengths are multiplied by: the second input, or the third behind a region. */
function scalesOf({ node, inputs }: Operation): readonly number[] | undefined {
  const [, second, third] = inputs;
  return third?.floats ?? (node.inputs.length === 2 ? second?.floats : undefined);
}

/** Whether all of a map is stretched, and no part of it, nor only as far as its sides keep their ratio. */
function isStretched(op: Operation): boolean {
  const policy = op.attribute("keep_aspect_ratio_policy") ?? "stretch";
  return (
    policy === "stretch" && op.attribute("coordinate_transformation_mode") !== "tf_crop_and_resize"
  );
}

function placesAfter(
  op: Operation,
  places: readonly OnnxLength[],
  sizes: readonly OnnxLength[],
): OnnxLength[] {
  return places.map((length, axis) => {
    const size = sizes[axis];
    if (typeof length !== "number" || typeof size !== "number") return undefined;
    const stride = op.list("strides")?.[axis] ?? 1;
    const span = (size - 1) * (op.list("dilations")?.[axis] ?? 1) + 1;
    const auto = op.attribute("auto_pad") ?? "NOTSET";
    if (auto === "SAME_UPPER" || auto === "SAME_LOWER") return Math.ceil(length / stride);
    const room = length + (auto === "VALID" ? 0 : padding(op, axis)) - span;
    const up = op.whole("ceil_mode", 0) === 1;
    return windows(room, stride, up, length + paddingBefore(op, axis));
  });
}

/** Windows along an axis; one that would begin in the padding behind does not count. */
function windows(room: number, stride: number, up: boolean, lastStart: number): number {
  const count = (up ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  return up && (count - 1) * stride >= lastStart ? count - 1 : count;
}

function paddingBefore(op: Operation, axis: number): number {
  return op.list("pads")?.[axis] ?? 0;
}

function padding(op: Operation, axis: number): number {
  const pads = op.list("pads");
  return pads === undefined ? 0 : pads[axis] + pads[axis + pads.length / 2];
}
