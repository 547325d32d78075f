import { onnxTypeOf } from "../../io/onnx/index.ts";
import type { OnnxLength, OnnxType } from "../../io/onnx/index.ts";
import { layoutAfter } from "./layouts.ts";
import { allNumbers, axisOf, type Operation } from "./operation.ts";
import {
  broadcast,
  flattened,
  gathered,
  gemm,
  joined,
  multiplied,
  padded,
  reducedOver,
  reshaped,
  sliced,
  split,
  squeezed,
  tiled,
  transposed,
  unknownLengths,
  unsqueezed,
} from "./shapes-of-axes.ts";
import { convolved, deconvolved, enlarged, pooled, pooledWhole } from "./shapes-of-maps.ts";
import type { TensorShape, TensorState } from "./tensor-state.ts";

type ShapeRule = (op: Operation, output: number) => TensorShape;

const asFirst: ShapeRule = (op) => op.shape(0);
const stretched: ShapeRule = (op) => broadcast(op.inputs.map((input) => input?.shape));

/** Shapes of what operations make. What is not listed has none that is known. */
const rules = new Map<string, ShapeRule>([
  ...named(
    asFirst,
    "Relu LeakyRelu PRelu Sigmoid Tanh Clip HardSwish HardSigmoid Elu Selu Celu Gelu Mish Swish Softplus Softsign " +
      "ThresholdedRelu Erf Exp Log Sqrt Abs Neg Floor Ceil Round Reciprocal Sign Not Identity Softmax LogSoftmax " +
      "Hardmax LayerNormalization RMSNormalization SimplifiedLayerNormalization GroupNormalization " +
      "InstanceNormalization LRN LpNormalization MeanVarianceNormalization Cast CastLike QuantizeLinear " +
      "DequantizeLinear Trilu CumSum Sin Cos Tan Shrink IsNaN IsInf FastGelu QuickGelu BiasGelu",
  ),
  ...named(
    stretched,
    "Add Sub Mul Div Pow Max Min Sum Mean Where Equal Greater Less GreaterOrEqual LessOrEqual And Or Xor Mod",
  ),
  ...named((op, output) => (output === 0 ? op.shape(0) : undefined), "BatchNormalization"),
  ...named(asFirst, "Dropout"),
  ...named((op) => convolved(op), "Conv ConvInteger"),
  ...named((op) => convolved(op, 0, 3), "QLinearConv"),
  ...named(deconvolved, "ConvTranspose"),
  ...named(pooled, "MaxPool AveragePool LpPool"),
  ...named(pooledWhole, "GlobalAveragePool GlobalMaxPool GlobalLpPool"),
  ...named(gemm, "Gemm"),
  ...named((op) => multiplied(op), "MatMul MatMulInteger"),
  ...named((op) => multiplied(op, 0, 3), "QLinearMatMul"),
  ...named(flattened, "Flatten"),
  ...named(reshaped, "Reshape"),
  ...named(transposed, "Transpose"),
  ...named(squeezed, "Squeeze"),
  ...named(unsqueezed, "Unsqueeze"),
  ...named(joined, "Concat"),
  ...named(split, "Split"),
  ...named(sliced, "Slice"),
  ...named(gathered, "Gather"),
  ...named(padded, "Pad"),
  ...named(
    reducedOver,
    "ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp " +
      "ReduceSumSquare ArgMax ArgMin",
  ),
  ...named((op) => expanded(op), "Expand"),
  ...named((op) => op.values(0) ?? unknownLengths(op.shape(0)), "ConstantOfShape"),
  ...named((op) => [op.shape(0)?.length], "Shape"),
  ...named(() => [], "Size"),
  ...named((op) => constantOf(op)?.shape, "Constant"),
  ...named(enlarged, "Resize Upsample"),
  ...named(tiled, "Tile"),
  ...named((op) => regrouped(op, 1), "SpaceToDepth"),
  ...named((op) => regrouped(op, -1), "DepthToSpace"),
]);

function named(rule: ShapeRule, names: string): [string, ShapeRule][] {
  return names.split(" ").map((name) => [name, rule]);
}

/** Operations whose answer does not depend on the numbers they are given, only on the shape. */
const ofShapeAlone = new Set([
  "Shape",
  "Size",
  "ConstantOfShape",
  "Constant",
  "Range",
  "RandomNormalLike",
]);

/** Axes and whole numbers that are followed: a file of a few nodes can double them at each. */
const mostFollowed = 64;

function few<Value>(list: readonly Value[] | undefined): readonly Value[] | undefined {
  return list !== undefined && list.length <= mostFollowed ? list : undefined;
}

/** What is known of an output of an operation. */
export function inferOutput(op: Operation, output: number): TensorState {
  const domain =
    op.node.domain === "" || op.node.domain === "ai.onnx" || op.node.domain === "com.microsoft";
  const shape = domain ? few(rules.get(op.node.op)?.(op, output)) : undefined;
  return {
    shape,
    type: typeAfter(op, output),
    values: output === 0 && domain ? few(valuesAfter(op)) : undefined,
    floats: op.node.op === "Constant" ? constantOf(op)?.floats : undefined,
    ofImage: op.ofImage && !ofShapeAlone.has(op.node.op),
    layout: layoutAfter(op, shape),
    depth: depthAfter(op),
  };
}

const products = new Set(
  "Conv ConvTranspose ConvInteger QLinearConv Gemm MatMul MatMulInteger QLinearMatMul Einsum".split(
    " ",
  ),
);

function depthAfter(op: Operation): number {
  return op.depth + (products.has(op.node.op) ? 1 : 0);
}

const comparisons = new Set(
  "Equal Greater Less GreaterOrEqual LessOrEqual And Or Xor Not IsNaN IsInf".split(" "),
);

function typeAfter(op: Operation, output: number): OnnxType | undefined {
  const { node } = op;
  if (comparisons.has(node.op)) return "bool";
  if (["Shape", "Size", "ArgMax", "ArgMin", "NonZero"].includes(node.op)) return "int64";
  if (node.op === "Cast") return onnxTypeOf(op.whole("to", 0));
  if (node.op === "Where") return op.inputs[1]?.type;
  if (node.op === "QuantizeLinear") return op.inputs[2]?.type ?? "uint8";
  if (node.op === "DequantizeLinear") return op.inputs[1]?.type;
  if (node.op === "Constant") return constantOf(op)?.type;
  if (node.op === "TopK" && output === 1) return "int64";
  if (node.op === "QLinearConv" || node.op === "QLinearMatMul") return op.inputs[7]?.type;
  if (node.op === "ConvInteger" || node.op === "MatMulInteger") return "int32";
  return rules.has(node.op) && node.op !== "ConstantOfShape" ? op.inputs[0]?.type : undefined;
}

function constantOf(
  op: Operation,
): Pick<TensorState, "shape" | "type" | "values" | "floats"> | undefined {
  const value = op.attribute("value");
  if (typeof value === "object" && "shape" in value) return value;
  const whole = op.attribute("value_int");
  if (typeof whole === "number") return { shape: [], type: "int64", values: [whole] };
  const list = op.list("value_ints");
  if (list !== undefined) return { shape: [list.length], type: "int64", values: list };
  return undefined;
}

/** Whole numbers that shapes are made of, followed from node to node. */
function valuesAfter(op: Operation): readonly OnnxLength[] | undefined {
  const values = op.values(0);
  switch (op.node.op) {
    case "Shape":
      return op.shape(0)?.slice(op.whole("start", 0), op.whole("end", Infinity));
    case "Constant":
      return constantOf(op)?.values;
    case "Identity":
    case "Cast":
    case "Unsqueeze":
    case "Squeeze":
    case "Reshape":
      return values;
    case "Gather":
      return taken(values, allNumbers(op.values(1)));
    case "Concat": {
      const parts = op.inputs.map((input) => input?.values);
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case "Slice":
      return slicedValues(op, values);
    case "Add":
    case "Sub":
    case "Mul":
    case "Div":
    case "Mod":
      return computed(op.node.op, allNumbers(values), allNumbers(op.values(1)));
    default:
      return undefined;
  }
}

function taken(values: readonly OnnxLength[] | undefined, at: readonly number[] | undefined) {
  if (values === undefined || at === undefined) return undefined;
  return at.map((place) => values[axisOf(place, values.length)]);
}

function slicedValues(op: Operation, values: readonly OnnxLength[] | undefined) {
  const [start] = op.listOrInput("starts", 1) ?? [];
  const [end] = op.listOrInput("ends", 2) ?? [];
  const [step = 1] = allNumbers(op.values(4)) ?? [];
  if (start === undefined || end === undefined || step !== 1) return undefined;
  return values?.slice(start, end);
}

function computed(
  operation: string,
  a: readonly number[] | undefined,
  b: readonly number[] | undefined,
): number[] | undefined {
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return undefined;
  const compute: Record<string, (x: number, y: number) => number> = {
    Add: (x, y) => x + y,
    Sub: (x, y) => x - y,
    Mul: (x, y) => x * y,
    Div: (x, y) => Math.trunc(x / y),
    Mod: (x, y) => x - y * Math.floor(x / y),
  };
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, k) => compute[operation](a[k % a.length], b[k % b.length]));
}

function expanded(op: Operation): TensorShape {
  const wanted = op.values(1) ?? unknownLengths(op.shape(1));
  return broadcast([op.shape(0), wanted]);
}

/** Blocks of places become channels (1) or the other way (−1). */
function regrouped(op: Operation, direction: 1 | -1): TensorShape {
  const shape = op.shape(0);
  const block = op.whole("blocksize", 1) ** direction;
  return shape?.map((length, axis) => {
    if (axis === 0 || typeof length !== "number") return length;
    return axis === 1 ? length * block ** 2 : length / block;
  });
}
