import type { OnnxLength } from "../../io/onnx/index.ts";
import { allNumbers, axisOf, type Operation } from "./operation.ts";
import type { TensorShape } from "./tensor-state.ts";

/** Shape of two or more tensors that are stretched to each other. */
export function broadcast(shapes: readonly TensorShape[]): TensorShape {
  return shapes.reduce((a, b) => {
    if (a === undefined || b === undefined) return undefined;
    const rank = Math.max(a.length, b.length);
    return Array.from({ length: rank }, (_, axis) =>
      common(lengthAt(a, rank, axis), lengthAt(b, rank, axis)),
    );
  });
}

function lengthAt(shape: readonly OnnxLength[], rank: number, axis: number): OnnxLength {
  const at = axis - (rank - shape.length);
  return at < 0 ? 1 : shape[at];
}

function common(a: OnnxLength, b: OnnxLength): OnnxLength {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  // What is free must be the length of the other, which is more than 1.
  if (typeof a === "number") return a;
  return typeof b === "number" ? b : undefined;
}

/** Shape of a product of matrices, the axes before the last two stretched. */
export function multiplied(op: Operation, left = 0, right = 1): TensorShape {
  const [a, b] = [op.shape(left), op.shape(right)];
  if (a === undefined || b === undefined || a.length < 1 || b.length < 1) return undefined;
  const outer = broadcast([a.slice(0, -2), b.slice(0, -2)]) ?? [];
  return [...outer, ...(a.length > 1 ? [a.at(-2)] : []), ...(b.length > 1 ? [b.at(-1)] : [])];
}

/** Shape of `a · b + c`. */
export function gemm(op: Operation): TensorShape {
  const [a, b] = [op.shape(0), op.shape(1)];
  if (a === undefined || b === undefined) return undefined;
  return [a[op.whole("transA", 0) === 1 ? 1 : 0], b[op.whole("transB", 0) === 1 ? 0 : 1]];
}

/** Shape in two axes. */
export function flattened(op: Operation): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const axis = axisOf(op.whole("axis", 1), shape.length);
  return [product(shape.slice(0, axis)), product(shape.slice(axis))];
}

/** A length that is the product of others; of a single free one that one. */
export function product(lengths: readonly OnnxLength[]): OnnxLength {
  const free = lengths.filter((length) => typeof length !== "number");
  const known = (allNumbers(lengths.filter((length) => typeof length === "number")) ?? []).reduce(
    (all, length) => all * length,
    1,
  );
  if (free.length === 0) return known;
  return free.length === 1 && known === 1 ? free[0] : undefined;
}

/** Shape that a list of lengths asks for: 0 keeps a length, −1 is what is left. */
export function reshaped(op: Operation): TensorShape {
  const shape = op.shape(0);
  const wanted = op.list("shape") ?? op.values(1);
  if (wanted === undefined) return unknownLengths(op.shape(1));
  const keeps = op.whole("allowzero", 0) === 0;
  const asked = wanted.map((length, axis) => (length === 0 && keeps ? shape?.[axis] : length));
  const open = asked.indexOf(-1);
  if (open === -1) return asked;
  const rest = shape === undefined ? undefined : remaining(shape, asked.toSpliced(open, 1));
  return asked.map((length, axis) => (axis === open ? rest : length));
}

/** What is left of a shape when lengths are taken from it. */
function remaining(shape: readonly OnnxLength[], taken: readonly OnnxLength[]): OnnxLength {
  const left = [...shape];
  const others = taken.filter((length) => {
    const at = typeof length === "string" ? left.indexOf(length) : -1;
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  const [all, part] = [product(left), product(others)];
  if (part === 1) return all;
  return typeof all === "number" && typeof part === "number" && part > 0 ? all / part : undefined;
}

/** As many axes as a list of lengths has, when no more than that is known. */
export function unknownLengths(list: TensorShape): TensorShape {
  const rank = list?.[0];
  return typeof rank === "number" && rank <= 64
    ? Array<OnnxLength>(rank).fill(undefined)
    : undefined;
}

/** Shape with its axes in another order; backwards by default. */
export function transposed(op: Operation): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const order = op.list("perm") ?? [...shape.keys()].reverse();
  return order.map((axis) => shape[axis]);
}

export function squeezed(op: Operation): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const axes = op.listOrInput("axes", 1)?.map((axis) => axisOf(axis, shape.length));
  if (axes === undefined && op.inputs[1] !== undefined) return undefined;
  return shape.filter((length, axis) => (axes === undefined ? length !== 1 : !axes.includes(axis)));
}

export function unsqueezed(op: Operation): TensorShape {
  const [shape, given] = [op.shape(0), op.listOrInput("axes", 1)];
  if (shape === undefined || given === undefined) return undefined;
  const rank = shape.length + given.length;
  const axes = given.map((axis) => axisOf(axis, rank));
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()));
}

export function joined(op: Operation): TensorShape {
  const [first] = op.inputs;
  if (first?.shape === undefined) return undefined;
  const axis = axisOf(op.whole("axis", 1), first.shape.length);
  const lengths = op.inputs.map((input) => input?.shape?.[axis]);
  const numbers = allNumbers(lengths);
  const sum = numbers?.reduce((total, length) => total + length, 0);
  // All other lengths are the same: where one input does not tell, another may; a name tells more than a number.
  const told = (at: number): OnnxLength => {
    const said = op.inputs.map((input) => input?.shape?.[at]);
    return (
      said.find((length) => typeof length === "string") ??
      said.find((length) => length !== undefined)
    );
  };
  return first.shape.map((_, at) => (at === axis ? sum : told(at)));
}

/** Shape of one part of a split; `part` counts the outputs. */
export function split(op: Operation, part: number): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const axis = axisOf(op.whole("axis", 0), shape.length);
  const length = shape[axis];
  const sizes = op.listOrInput("split", 1);
  const count = op.node.outputs.length;
  const even = typeof length === "number" ? Math.ceil(length / count) : undefined;
  const last =
    typeof length === "number" && even !== undefined ? length - even * (count - 1) : even;
  const own = sizes === undefined ? (part === count - 1 ? last : even) : sizes[part];
  return shape.map((old, at) => (at === axis ? own : old));
}

export function sliced(op: Operation): TensorShape {
  const shape = op.shape(0);
  const [starts, ends] = [op.listOrInput("starts", 1), op.listOrInput("ends", 2)];
  if (shape === undefined) return undefined;
  const axes = op.listOrInput("axes", 3) ?? starts?.map((_, at) => at);
  const [steps, hasSteps] = [allNumbers(op.values(4)), op.inputs[4] !== undefined];
  if (axes === undefined) return shape.map(() => undefined);
  const out = [...shape];
  axes.forEach((given, k) => {
    const axis = axisOf(given, shape.length);
    out[axis] = slicedLength(shape[axis], starts?.[k], ends?.[k], hasSteps ? steps?.[k] : 1);
  });
  return out;
}

function slicedLength(length: OnnxLength, start?: number, end?: number, step?: number): OnnxLength {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  if (typeof length !== "number")
    return start === 0 && end > 2 ** 30 && step === 1 ? length : undefined;
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const inside = (at: number): number => Math.max(low, Math.min(high, at < 0 ? at + length : at));
  return Math.max(0, Math.ceil((inside(end) - inside(start)) / step));
}

export function gathered(op: Operation): TensorShape {
  const [shape, index] = [op.shape(0), op.shape(1)];
  if (shape === undefined || index === undefined) return undefined;
  const axis = axisOf(op.whole("axis", 0), shape.length);
  return [...shape.slice(0, axis), ...index, ...shape.slice(axis + 1)];
}

/** Shape after sums, means and extremes over axes. */
export function reducedOver(op: Operation): TensorShape {
  const shape = op.shape(0);
  if (shape === undefined) return undefined;
  const keeps = op.whole("keepdims", 1) === 1;
  const single = op.attribute("axis");
  const isIndex = op.node.op.startsWith("Arg");
  const given = isIndex ? [typeof single === "number" ? single : 0] : op.listOrInput("axes", 1);
  if (given === undefined && op.inputs[1] !== undefined) return undefined;
  const none = given === undefined && op.whole("noop_with_empty_axes", 0) === 1;
  const axes = none ? [] : (given ?? [...shape.keys()]).map((axis) => axisOf(axis, shape.length));
  const left = shape.map((length, axis) => (axes.includes(axis) ? (keeps ? 1 : null) : length));
  return left.filter((length) => length !== null);
}

/** Shape of a tensor that is laid beside itself so many times. */
export function tiled(op: Operation): TensorShape {
  const [shape, times] = [op.shape(0), op.values(1)];
  return shape?.map((length, axis) => {
    const count = times?.[axis];
    if (count === 1) return length;
    return length === 1 ? count : product([length, count]);
  });
}

/** Shape after padding, with the old axes where it is not known how much. */
export function padded(op: Operation): TensorShape {
  const [shape, pads] = [op.shape(0), op.listOrInput("pads", 1)];
  if (shape === undefined) return undefined;
  const axes = paddedAxes(op, shape.length);
  return shape.map((length, axis) => {
    const at = axes?.indexOf(axis) ?? -1;
    if (axes !== undefined && at === -1) return length;
    const extra = axes && pads && pads[at] + pads[at + axes.length];
    if (extra === 0) return length;
    return typeof length === "number" && extra !== undefined ? length + extra : undefined;
  });
}

/** The axes that pads are for: all, or those that an input names; undefined where that is not known. */
function paddedAxes(op: Operation, rank: number): readonly number[] | undefined {
  if (op.inputs[3] === undefined) return [...Array(rank).keys()];
  return allNumbers(op.values(3))?.map((axis) => axisOf(axis, rank));
}
