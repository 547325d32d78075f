import type { OnnxTensor } from "../../compute/onnx-runtime.ts";
import { InvalidArgument, sample } from "../../core/errors.ts";
import { isNamedBy, type LayerChoice } from "../choose-layers.ts";
import type { ImageForNetwork, ImageSource } from "../image-source.ts";
import type { NetworkLayer } from "../network.ts";
import { checkedOutput, fixedBatch, runOutputs, type NetworkSession } from "./network-session.ts";
import { imagePart, tensorNumbers } from "./tensor-numbers.ts";

/** Whether the file tells which axis is that of images: else several may have its length by chance. */
export function hasImages({ shape, imageAxis }: NetworkLayer): boolean {
  return typeof shape?.[imageAxis] === "string";
}

/** A session that gives only layers with an axis of images, and what is to be said of the others. */
export interface LayersOfImages {
  readonly loaded: NetworkSession;
  readonly notes: readonly string[];
}

/**
 * Leave out layers that turn out to have no axis of images, as heads of attention that are joined with it: where the
 * file does not tell, the first image runs alone and twice, and both must come out alike. Throws `ShapeMismatch` or
 * `InvalidArgument` for such a layer that was asked for by its name, and where none is left.
 */
export async function layersOfImages(
  loaded: NetworkSession,
  source: ImageSource,
  { layers: choice, batchSize }: { layers?: LayerChoice; batchSize?: number },
): Promise<LayersOfImages> {
  const unsure = loaded.layers.filter((layer) => !hasImages(layer));
  if (unsure.length === 0) return { loaded, notes: [] };
  const wrong = new Set<NetworkLayer>();
  const image = await source.at(0);
  for (const size of sizesToTry(loaded, source.count, batchSize)) {
    const outputs = await firstImage({ ...loaded, layers: unsure }, image, size);
    const others = unsure.filter((layer) => outputs && !fits(layer, outputs[layer.tensor], size));
    const named = others.find((layer) => isNamedBy(choice, layer));
    for (const layer of others) wrong.add(layer);
    const told = wrong.size === loaded.layers.length ? (named ?? others[0]) : named;
    if (told !== undefined) refuse(told, outputs?.[told.tensor], size);
  }
  const layers = loaded.layers.filter((layer) => !wrong.has(layer));
  return { loaded: { ...loaded, layers }, notes: notesOf([...wrong]) };
}

/** Two numbers of images, where the network is to take more than one at once. */
function sizesToTry(
  { network }: NetworkSession,
  count: number,
  batchSize: number | undefined,
): number[] {
  const fixed = fixedBatch(network);
  if (fixed !== undefined) return [fixed];
  return batchSize === 1 || count < 3 ? [1] : [1, 2];
}

/** Outputs of the first image, so many times; undefined where the network does not take two, which running tells. */
async function firstImage(loaded: NetworkSession, image: ImageForNetwork, size: number) {
  const prepared = await image.prepare();
  const outputs = runOutputs(
    loaded,
    Array.from({ length: size }, () => prepared),
  );
  return size === 2 ? outputs.catch(() => undefined) : outputs;
}

/** Whether a layer has so many images along its axis, which are one and the same. */
function fits(layer: NetworkLayer, output: OnnxTensor | undefined, size: number): boolean {
  if (output?.dims[layer.imageAxis] !== size) return false;
  if (size === 1 || output.type === "string") return true;
  const numbers = tensorNumbers(output);
  const parts = Array.from({ length: size }, (_, at) =>
    imagePart(numbers, output, layer.imageAxis, at),
  );
  return parts.every((part) => isAlike(part, parts[0]));
}

/** Equal but for rounding, which differs by place in a batch. NaN is what it is. */
function isAlike(a: Float32Array, b: Float32Array): boolean {
  let [difference, length] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    difference += (a[k] - b[k]) ** 2;
    length += b[k] ** 2;
  }
  return !(difference > 1e-6 * length);
}

function refuse(layer: NetworkLayer, output: OnnxTensor | undefined, size: number): never {
  checkedOutput(layer, output, size);
  throw new InvalidArgument(
    "layers",
    layer.name,
    "its rows are not each of one image: leave it out",
  );
}

function notesOf(wrong: readonly NetworkLayer[]): string[] {
  if (wrong.length === 0) return [];
  const names = sample(wrong.map(({ name }) => name));
  return [
    `${wrong.length} ${wrong.length === 1 ? "layer was" : "layers were"} left out, as ${names}: images are joined with something else there.`,
  ];
}
