import type { OnnxLength, OnnxModel, OnnxValue } from "../../io/onnx/index.ts";
import { inferOutput } from "./infer-node.ts";
import { Operation } from "./operation.ts";
import type { TensorLayout, TensorState } from "./tensor-state.ts";

/** The name of the axis of images, where the file has none for it. */
export const batchName = "N";

/**
 * What is known of every tensor of a graph from its file alone. Where the number of images is fixed, it is called free
 * here, so that what comes of it can be told from other ones.
 *
 * @param image - the input that takes images.
 */
export function followGraph(model: OnnxModel, image: OnnxValue): Map<string, TensorState> {
  const { graph } = model;
  const states = new Map<string, TensorState>();
  for (const [name, { shape, type, values, floats }] of graph.weights)
    states.set(name, { shape, type, values, floats, ofImage: false, layout: undefined, depth: 0 });
  for (const input of graph.inputs) {
    const isImage = input.name === image.name;
    const shape = isImage ? withBatch(input.shape) : input.shape;
    const layout = isImage ? layoutOfImages(input.shape) : undefined;
    states.set(input.name, { shape, type: input.type, ofImage: isImage, layout, depth: 0 });
  }
  for (const node of graph.nodes) {
    // What a branch takes from around it counts, too.
    const names = [...node.inputs, ...node.captured];
    const inputs = names.map((name) => (name === "" ? undefined : states.get(name)));
    const op = new Operation(node, inputs, model.opset);
    node.outputs.forEach((name, k) => {
      if (name !== "") states.set(name, completed(inferOutput(op, k), graph.values.get(name)));
    });
  }
  return states;
}

/** Where the colours of images stand, told by the lengths of the input's axes. */
export function layoutOfImages(shape: readonly OnnxLength[] | undefined): TensorLayout {
  if (shape?.length !== 4) return undefined;
  const isColours = (length: OnnxLength): boolean => length === 1 || length === 3 || length === 4;
  if (isColours(shape[3]) && !isColours(shape[1])) return "channels-last";
  return "channels-first";
}

function withBatch(shape: readonly OnnxLength[] | undefined): readonly OnnxLength[] | undefined {
  if (shape === undefined || shape.length === 0) return undefined;
  return [typeof shape[0] === "string" ? shape[0] : batchName, ...shape.slice(1)];
}

/** What the file says itself fills what could not be followed. */
function completed(state: TensorState, said: OnnxValue | undefined): TensorState {
  if (said?.shape === undefined) return { ...state, type: state.type ?? said?.type };
  const own = state.shape;
  const shape =
    own?.length === said.shape.length
      ? own.map((length, axis) => length ?? numberOnly(said.shape?.[axis]))
      : (own ?? said.shape.map((length, axis) => (axis === 0 ? undefined : numberOnly(length))));
  return { ...state, shape, type: state.type ?? said.type };
}

/** Names that a writer gave to unknown lengths say nothing. */
function numberOnly(length: OnnxLength): OnnxLength {
  return typeof length === "number" ? length : undefined;
}
