import { InvalidArgument, sample } from "../../core/errors.ts";
import type { OnnxModel, OnnxNode, OnnxValue } from "../../io/onnx/index.ts";
import type { NetworkLayer } from "../network.ts";
import { layerNames, type Made } from "./layer-names.ts";
import type { TensorState } from "./tensor-state.ts";

function madeOf({ graph }: OnnxModel): Made[] {
  return graph.nodes.flatMap((node) =>
    node.outputs.map((tensor, output): Made => ({ node, tensor, output })),
  );
}

/** Every tensor that is made of the image and has an axis of images, in the order of the graph. */
export function layersOf(
  model: OnnxModel,
  states: ReadonlyMap<string, TensorState>,
  image: OnnxValue,
): NetworkLayer[] {
  const made = madeOf(model);
  const layers = made.filter(({ tensor }) => isOfImages(states.get(tensor), image, states));
  const names = layerNames(layers);
  const inputsOf = inputsByNode(model);
  return layers.map(({ node, tensor }, index): NetworkLayer => {
    const state = stateOf(states, tensor);
    const { shape, type, layout, depth } = state;
    const imageAxis = imageAxisOf(state, image, states) ?? 0;
    const inputs = inputsOf(node);
    const { op, name } = node;
    return {
      name: names[index],
      tensor,
      op,
      node: name,
      inputs,
      shape,
      imageAxis,
      type,
      layout,
      depth,
      index,
    };
  });
}

/** Inputs of a node without weights, of which all its outputs have one list. */
function inputsByNode({ graph }: OnnxModel): (node: OnnxNode) => readonly string[] {
  const known = new Map<OnnxNode, readonly string[]>();
  return (node) => {
    const found =
      known.get(node) ?? node.inputs.filter((name) => name !== "" && !graph.weights.has(name));
    known.set(node, found);
    return found;
  };
}

/** Whether a tensor is made of the image, and its numbers can be told apart by image. */
function isOfImages(
  state: TensorState | undefined,
  image: OnnxValue,
  states: ReadonlyMap<string, TensorState>,
): boolean {
  return isMadeOfImage(state) && imageAxisOf(state, image, states) !== undefined;
}

function isMadeOfImage(state: TensorState | undefined): state is TensorState {
  return state?.ofImage === true && state.shape?.length !== 0 && state.type !== "string";
}

/**
 * The axis of images: the first one where nothing speaks against it, else the only one whose length is not known, which
 * running proves; undefined where none is.
 */
function imageAxisOf(
  { shape }: TensorState,
  image: OnnxValue,
  states: ReadonlyMap<string, TensorState>,
): number | undefined {
  const free = states.get(image.name)?.shape?.[0];
  // A number may be that of images, where the network takes so many of them.
  if (shape === undefined || shape[0] === free || shape[0] === image.shape?.[0]) return 0;
  const axis = free === undefined ? -1 : shape.indexOf(free);
  if (axis !== -1 && axis === shape.lastIndexOf(free)) return axis;
  // Of a network of one image at once any axis of length 1 is as good as another.
  if (image.shape?.[0] === 1 && shape.includes(1)) return shape.indexOf(1);
  if (typeof shape[0] !== "number") return 0;
  const open = shape.indexOf(undefined);
  return open !== -1 && open === shape.lastIndexOf(undefined) ? open : undefined;
}

/** What cannot be asked for as images are joined in it. */
export function notesOfMixed(
  model: OnnxModel,
  states: ReadonlyMap<string, TensorState>,
  image: OnnxValue,
): string[] {
  const mixed = madeOf(model).filter(
    ({ tensor }) =>
      isMadeOfImage(states.get(tensor)) && !isOfImages(states.get(tensor), image, states),
  );
  if (mixed.length === 0) return [];
  const names = sample(mixed.map(({ tensor }) => tensor));
  return [
    `${mixed.length} tensors have no axis of images and cannot be asked for, as ${names}: images are joined with something else in them.`,
  ];
}

function stateOf(states: ReadonlyMap<string, TensorState>, tensor: string): TensorState {
  const state = states.get(tensor);
  if (state === undefined) throw new InvalidArgument("tensor", tensor, "it is not in the graph");
  return state;
}
