import { fileNameOf } from "#platform/files";
import type { FileInput } from "../core/byte-source.ts";
import { FileFormatError, UnknownOption } from "../core/errors.ts";
import { record, text, object, type Kind } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { openSource } from "../core/open-source.ts";
import { parseOnnx, readExternalData, type OnnxModel, type OnnxValue } from "../io/onnx/index.ts";
import { followGraph, layoutOfImages } from "./graph/follow-graph.ts";
import { layersOf, notesOfMixed } from "./graph/list-layers.ts";
import type { TensorState } from "./graph/tensor-state.ts";
import { Network, shapeText } from "./network.ts";

/** How to open a network. */
export interface OpenNetworkOptions {
  /** What to call it; default the file's name. */
  readonly name?: string;
  /** The input that images go into, where there are several. Default: the first of four axes, or the first. */
  readonly input?: string;
  /** Files of weights by the names in the model, where it is given as bytes. By its path they are found beside it. */
  readonly externalData?: Readonly<Record<string, FileInput>>;
}

const fileLike: Kind = object;

const openNetworkNames: OptionNames<OpenNetworkOptions> = {
  name: text,
  input: text,
  externalData: (value, argument) => {
    record(() => {})(value, argument);
    for (const file of Object.values(value as object))
      if (typeof file !== "string") fileLike(file, argument);
  },
};

/** The most that protobuf can hold. */
const mostBytes = 2 ** 31 - 1;

/**
 * A network from an ONNX file: its layers with readable names and shapes, in the order of the graph. The graph is read,
 * not executed, and needs no package; {@link activations} runs it.
 *
 * Layers are the tensors that are made of the image: not weights, nor lengths that are computed on the way. Tensors
 * inside of branches, loops and functions cannot be asked for.
 *
 * @throws FileFormatError for a file that is damaged, cut, no model, or that cannot be run (a circle, weights that do
 *   not fit their shape, external data outside of its folder); MissingFile; UnknownOption.
 * @example
 * import { openNetwork } from "tsrsa";
 * import { onnxBytes } from "tsrsa/io";
 * const file = onnxBytes({
 *   nodes: [
 *     { op: "AveragePool", name: "/pool/AveragePool", inputs: ["image"], outputs: ["small"], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
 *     { op: "Relu", name: "/relu/Relu", inputs: ["small"], outputs: ["out"] },
 *   ],
 *   inputs: { image: ["N", 3, 8, 8] },
 *   outputs: ["out"],
 * });
 * const network = await openNetwork(file, { name: "small" });
 * network.layers.map(({ name, shape }) => `${name} ${shape?.join(" × ")}`); // [ 'pool N × 3 × 4 × 4', 'relu N × 3 × 4 × 4' ]
 */
export async function openNetwork(
  file: FileInput,
  options: OpenNetworkOptions = {},
): Promise<Network> {
  checkOptions(options, openNetworkNames);
  const { name: source, bytes } = await readModel(file);
  const model = parseOnnx(bytes, source);
  const image = imageInput(model, source, options.input);
  const externalData = await readExternalData(model, file, source, options.externalData);
  const states = followGraph(model, image);
  refuseHuge(states, source);
  refuseHugeBatch(image, source);
  return new Network({
    name: options.name ?? stemOf(source),
    file: source,
    layers: layersOf(model, states, image),
    inputs: model.graph.inputs.map((input) => ({ ...input, isImage: input === image })),
    outputs: model.graph.outputs.map(({ name }) => name),
    producer: model.producer,
    opset: model.opset,
    imageLayout: layoutOfImages(image.shape),
    bytes,
    externalData,
    notes: [...notesOf(model), ...notesOfMixed(model, states, image)],
  });
}

async function readModel(file: FileInput): Promise<{ name: string; bytes: Uint8Array }> {
  const source = await openSource(file);
  try {
    if (source.size > mostBytes)
      throw new FileFormatError(
        source.name,
        "size",
        `at most ${mostBytes} bytes, the most of a model in one file`,
        `${source.size}`,
        { advice: "save the model with external data" },
      );
    return { name: source.name, bytes: await source.read(0, source.size) };
  } finally {
    await source.close();
  }
}

/** Numbers of one tensor, apart from the number of images: 8 GB of float32. */
const mostNumbers = 2 ** 31;

/** Throws `FileFormatError` for a tensor that no machine holds: running would take all memory before anybody is asked. */
function refuseHuge(states: ReadonlyMap<string, TensorState>, file: string): void {
  for (const [tensor, { shape }] of states) {
    const known = (shape ?? []).filter((length) => typeof length === "number");
    if (known.reduce((product, length) => product * length, 1) <= mostNumbers) continue;
    throw new FileFormatError(
      file,
      `tensor ${JSON.stringify(tensor)}`,
      `at most ${mostNumbers} numbers`,
      shapeText(shape),
      { advice: "a model that makes so large a tensor is damaged or made to take all memory" },
    );
  }
}

/** Numbers of all images that a network with a fixed number of them is given at once: 1 GB of float32. */
const mostOfBatch = 2 ** 28;

/** Throws `FileFormatError` for a fixed number of images that is not meant to be given at once. */
function refuseHugeBatch({ name, shape = [] }: OnnxValue, file: string): void {
  const known = shape.filter((length) => typeof length === "number");
  if (typeof shape[0] !== "number" || known.reduce((all, length) => all * length, 1) <= mostOfBatch)
    return;
  throw new FileFormatError(
    file,
    `input ${JSON.stringify(name)}`,
    `at most ${mostOfBatch} numbers for all images at once`,
    shapeText(shape),
    { advice: "export the network with a free number of images" },
  );
}

function stemOf(file: string): string {
  return fileNameOf(file).replace(/\.onnx$/i, "");
}

function imageInput(model: OnnxModel, file: string, wanted: string | undefined): OnnxValue {
  const { inputs } = model.graph;
  if (wanted !== undefined) {
    const found = inputs.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    throw new UnknownOption(
      "input",
      wanted,
      inputs.map(({ name }) => name),
    );
  }
  const image = inputs.find(({ shape }) => shape?.length === 4) ?? inputs[0];
  if (image !== undefined) return image;
  throw new FileFormatError(file, "inputs", "one that takes images", "none");
}

function notesOf({ graph, functions }: OnnxModel): string[] {
  const own = new Set(functions);
  const closed = graph.nodes.filter(({ op, captured }) => captured.length > 0 || own.has(op));
  if (closed.length === 0) return [];
  const names = closed.map(({ op, name }) => (name === "" ? op : `${op} ${name}`));
  return [
    `Tensors inside of ${[...new Set(names)].slice(0, 5).join(", ")} cannot be asked for: they belong to a graph of their own.`,
  ];
}
