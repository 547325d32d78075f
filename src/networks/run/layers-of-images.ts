import type { OnnxTensor } from "../../compute/onnx-runtime.ts";
import { sample } from "../../core/errors.ts";
import { isNamedBy, type LayerChoice } from "../choose-layers.ts";
import type { ImageForNetwork, ImageSource } from "../image-source.ts";
import type { NetworkLayer } from "../network.ts";
import { checkedOutput, fixedBatch, runOutputs, type NetworkSession } from "./network-session.ts";

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
 * file does not tell, the first image runs alone and twice. Throws `ShapeMismatch` for such a layer that was asked for by
 * its name, and where none is left.
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
    for (const layer of others) {
      if (isNamedBy(choice, layer)) checkedOutput(layer, outputs?.[layer.tensor], size);
      wrong.add(layer);
    }
    if (wrong.size === loaded.layers.length)
      checkedOutput(others[0] ?? unsure[0], outputs?.[(others[0] ?? unsure[0]).tensor], size);
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

function fits({ imageAxis }: NetworkLayer, output: OnnxTensor | undefined, size: number): boolean {
  return output?.dims[imageAxis] === size;
}

function notesOf(wrong: readonly NetworkLayer[]): string[] {
  if (wrong.length === 0) return [];
  const names = sample(wrong.map(({ name }) => name));
  return [
    `${wrong.length} ${wrong.length === 1 ? "layer was" : "layers were"} left out, as ${names}: images are joined with something else there.`,
  ];
}
