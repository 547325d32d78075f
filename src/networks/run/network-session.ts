import { threadCount } from "#platform/threads";
import {
  openModel,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTensor,
} from "../../compute/onnx-runtime.ts";
import { FileFormatError, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import type { Matrix } from "../../core/matrix.ts";
import { withOutputs } from "../../io/onnx/index.ts";
import type { PreparedImage } from "../prepare/prepare-image.ts";
import { shapeText, type Network, type NetworkInput, type NetworkLayer } from "../network.ts";
import { inputTensor } from "./input-tensor.ts";

/** A network that is loaded, with the layers wanted as its outputs. */
export interface NetworkSession {
  readonly runtime: OnnxRuntime;
  readonly session: OnnxSession;
  readonly network: Network;
  readonly layers: readonly NetworkLayer[];
  readonly others: Readonly<Record<string, OnnxTensor>>;
}

/** Load a network so that it gives these layers. The caller releases the session. Throws `FileFormatError`. */
export async function openSession(
  network: Network,
  layers: readonly NetworkLayer[],
  runtime: OnnxRuntime,
  { jobs = -1, inputs = {} }: { jobs?: number; inputs?: Readonly<Record<string, Matrix>> },
): Promise<NetworkSession> {
  const others = otherInputs(network, runtime, inputs);
  const asked = layers
    .map(({ tensor }) => tensor)
    .filter((name) => !network.outputs.includes(name));
  const session = await openModel(
    runtime,
    withOutputs(network.bytes, asked),
    {
      // One core stays for the pictures to come.
      intraOpNumThreads: jobs > 0 ? jobs : Math.max(1, threadCount() - 1),
      interOpNumThreads: 1,
      ...(network.externalData.length > 0 ? { externalData: network.externalData } : {}),
    },
    { file: network.file },
  );
  return { runtime, session, network, layers, others };
}

/** Inputs beside the image, all of which must be given. */
function otherInputs(
  network: Network,
  runtime: OnnxRuntime,
  given: Readonly<Record<string, Matrix>>,
): Record<string, OnnxTensor> {
  const wanted = network.inputs.filter(({ isImage }) => !isImage);
  const unknown = Object.keys(given).find((name) => !wanted.some((input) => input.name === name));
  if (unknown !== undefined)
    throw new InvalidArgument(
      "inputs",
      unknown,
      `${network.name} takes no such input beside images`,
    );
  return Object.fromEntries(
    wanted.map((input) => {
      if (!Object.hasOwn(given, input.name))
        throw new InvalidArgument(
          `inputs.${input.name}`,
          undefined,
          `${network.name} takes ${input.name} (${shapeText(input.shape)}) beside images: give it as inputs: { "${input.name}": { data, shape } }`,
        );
      const { data, shape } = checkedMatrix(given[input.name], `inputs.${input.name}`);
      return [input.name, inputTensor(runtime, input, data, shape)];
    }),
  );
}

/** Images at once: how many a network takes, where that is fixed. */
export function fixedBatch(network: Network): number | undefined {
  const length = network.imageInput.shape?.[0];
  return typeof length === "number" ? length : undefined;
}

/** Activations of some images: a tensor a layer, images first. Throws `ShapeMismatch`, `FileFormatError`. */
export async function runBatch(
  loaded: NetworkSession,
  images: readonly PreparedImage[],
): Promise<OnnxTensor[]> {
  const { network, layers } = loaded;
  const outputs = await runOutputs(loaded, images);
  const size = fixedBatch(network) ?? images.length;
  return layers.map((layer) => checkedOutput(layer, outputs[layer.tensor], size));
}

/** What some images give, by tensor, of whatever shape. Throws `ShapeMismatch`, `FileFormatError`. */
export async function runOutputs(
  loaded: NetworkSession,
  images: readonly PreparedImage[],
): Promise<Readonly<Record<string, OnnxTensor | undefined>>> {
  const { network, runtime, session, layers, others } = loaded;
  const size = fixedBatch(network) ?? images.length;
  const { data, shape } = stacked(images, size);
  const input = network.imageInput;
  checkInput(input, shape);
  const inputs = { ...others, [input.name]: inputTensor(runtime, input, data, shape) };
  const names = [...new Set(layers.map(({ tensor }) => tensor))];
  return session.run(inputs, names).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message.slice(0, 400) : String(cause);
    throw new FileFormatError(
      network.file,
      "running",
      `activations of an input of ${shape.join(" × ")}`,
      why,
      { cause, advice: "look whether the preparation makes images of the size it takes" },
    );
  });
}

/** Images behind one another; the last once more where a network takes more of them than are left. */
function stacked(images: readonly PreparedImage[], size: number) {
  const [first] = images;
  const each = first.shape;
  const length = first.data.length;
  const data = new Float32Array(size * length);
  for (let at = 0; at < size; at++) {
    const image = images[Math.min(at, images.length - 1)];
    const { shape } = image;
    if (shape.join() !== each.join())
      throw new ShapeMismatch(
        `images of ${each.join(" × ")} after preparation`,
        shape.join(" × "),
        "bring all to one size: give prepare a crop, or [height, width] as resize",
      );
    data.set(image.data, at * length);
  }
  return { data, shape: [size, ...each] };
}

function checkInput({ name, shape: wanted }: NetworkInput, shape: readonly number[]): void {
  const fits =
    wanted === undefined ||
    (wanted.length === shape.length &&
      wanted.every((length, axis) => typeof length !== "number" || length === shape[axis]));
  if (fits) return;
  throw new ShapeMismatch(
    `${shapeText(wanted)} as the input ${name}`,
    shape.join(" × "),
    'choose a preparation of that size: prepare: preparation("imagenet", side), or one of your own',
  );
}

/** An output with the axis of images where the layer has it. Throws `ShapeMismatch`. */
export function checkedOutput(
  layer: NetworkLayer,
  output: OnnxTensor | undefined,
  size: number,
): OnnxTensor {
  if (output !== undefined && output.dims[layer.imageAxis] === size) return output;
  throw new ShapeMismatch(
    `a layer whose axis ${layer.imageAxis} is the ${size} images`,
    `${layer.name} of shape ${output?.dims.join(" × ") ?? "?"}`,
    "leave it out: it is not made of each image alone",
  );
}
