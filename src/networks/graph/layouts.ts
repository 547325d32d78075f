import type { Operation } from "./operation.ts";
import type { TensorLayout, TensorShape } from "./tensor-state.ts";

/** Operations whose input and output have channels first, whatever comes before. */
const ofMaps = new Set(
  (
    "Conv ConvTranspose ConvInteger QLinearConv MaxPool AveragePool LpPool GlobalAveragePool GlobalMaxPool " +
    "GlobalLpPool BatchNormalization InstanceNormalization GroupNormalization LRN SpaceToDepth DepthToSpace Upsample"
  ).split(" "),
);

/** What the axes of an operation's output are. */
export function layoutAfter(op: Operation, shape: TensorShape): TensorLayout {
  const rank = shape?.length;
  if (rank === undefined || rank < 3) return undefined;
  const before = op.layoutOf(rank);
  switch (op.node.op) {
    case "Transpose":
      return afterTransposed(op, rank);
    case "Reshape":
      return placesJoined(op, shape) ? "channels-first" : undefined;
    case "Flatten":
    case "Einsum":
      return undefined;
    case "LayerNormalization":
    case "RMSNormalization":
      return before ?? (rank === 3 ? "tokens" : "channels-last");
    case "MatMul":
      return before ?? (rank === 3 && op.shape(1)?.length === 2 ? "tokens" : undefined);
    default:
      return ofMaps.has(op.node.op) ? "channels-first" : before;
  }
}

/** Maps whose rows are laid behind each other. */
function placesJoined(op: Operation, shape: TensorShape): boolean {
  const [before] = op.inputs;
  if (before?.layout !== "channels-first" || shape?.length !== 3) return false;
  return typeof shape[1] === "number" && shape[1] === before.shape?.[1];
}

function afterTransposed(op: Operation, rank: number): TensorLayout {
  const order = op.list("perm")?.join();
  const before = op.inputs[0]?.layout;
  if (rank === 4 && order === "0,3,1,2" && before === "channels-last") return "channels-first";
  if (rank === 4 && order === "0,2,3,1" && before === "channels-first") return "channels-last";
  // Tokens first, and images first again: of one image it is the same.
  if (rank === 3 && order === "1,0,2" && before === "tokens") return "tokens";
  // Places behind each other, each with its channels: what a transformer calls tokens.
  if (rank === 3 && order === "0,2,1" && before === "channels-first") return "tokens";
  return undefined;
}
