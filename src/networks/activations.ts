import { loadOnnx, runtimeName } from "../compute/onnx-runtime.ts";
import { InvalidArgument, Unsupported } from "../core/errors.ts";
import { checkOptions } from "../core/gate/options.ts";
import { isRecord } from "../core/gate/kinds.ts";
import type { OnnxLength } from "../io/onnx/index.ts";
import { Activations } from "./activations-result.ts";
import { activationNames, type ActivationOptions } from "./activation-options.ts";
import { chooseLayers } from "./choose-layers.ts";
import { imageSource, type NetworkImages } from "./image-source.ts";
import { layerMeta, type ActivationRecord, type LayerPatterns } from "./layer-patterns.ts";
import { batchName } from "./graph/follow-graph.ts";
import type { Network, NetworkLayer } from "./network.ts";
import { fullPreparation } from "./prepare/preparation.ts";
import { pcaScores } from "./reduce/pca-scores.ts";
import { fullProjection, type FullProjection } from "./reduction.ts";
import { layersOfImages } from "./run/layers-of-images.ts";
import { openSession } from "./run/network-session.ts";
import { RowCache, type ImageRows } from "./run/row-cache.ts";
import { streamRows, type RowSink, type StreamResult } from "./run/stream-rows.ts";

/**
 * Activations of images in layers of a network, as patterns: images × features, one matrix a layer. Needs the optional
 * package `onnxruntime-node`, in a page `onnxruntime-web`.
 *
 * Files are read, prepared and run a few at a time. The same set of layers gives the same bytes on any number of
 * threads; another set, another batch size or the other package may differ in the last digits (2e-6 of activations of
 * order 1), as the runtime joins operations differently.
 *
 * @param images - files or images, prepared as `prepare` says; or numbers that are prepared already: images × what the
 *   network takes.
 * @throws MissingPackage, which says what to install; FileFormatError in the runtime's words; InvalidArgument,
 *   UnknownOption, ShapeMismatch, DuplicateItem; Unsupported when the patterns would not fit into memory; Cancelled.
 * @example
 * import { activations, openNetwork } from "tsrsa";
 * const layersOf = async (files: string[]) => {
 *   const network = await openNetwork("resnet50.onnx");
 *   const result = await activations(network, files, { layers: "blocks", prepare: "imagenet" });
 *   return result.rdms();
 * };
 */
export async function activations(
  network: Network,
  images: NetworkImages,
  options: ActivationOptions = {},
): Promise<Activations> {
  const store = new PatternStore();
  const run = await runActivations(network, images, options, store.sink);
  const { projection } = run;
  const layers: LayerPatterns[] = [];
  for (const [l, layer] of run.layers.entries()) {
    const { data, nFeatures, shape, words } = store.layer(l);
    const n = run.record.nImages;
    const pca = projection?.method === "pca" && projection.components < nFeatures;
    const width = pca ? projection.components : nFeatures;
    const reduction = pca ? `${words}; ${width} principal components` : words;
    layers.push({
      layer: { ...layer, shape: ranShape(layer, shape) },
      patterns: {
        data: pca ? await pcaScores(data, n, nFeatures, width, options) : data,
        shape: [n, width],
      },
      shape,
      reduction,
      meta: layerMeta(layer, shape, reduction, run.record),
    });
  }
  return new Activations({ layers, items: run.items, record: run.record, notes: run.notes });
}

/** The shape of one image's part, with the axis of images where it is. */
function ranShape({ shape, imageAxis }: NetworkLayer, part: readonly number[]): OnnxLength[] {
  const images = shape?.[imageAxis] ?? batchName;
  return [...part.slice(0, imageAxis), images, ...part.slice(imageAxis)];
}

/** What a run was, beside its rows. */
export interface ActivationRun {
  readonly layers: readonly NetworkLayer[];
  readonly items: readonly string[] | undefined;
  readonly record: ActivationRecord;
  readonly projection: FullProjection | undefined;
  readonly notes: readonly string[];
}

/** Run a network; rows go to the sink. Everything that can be refused is, before anything is loaded. */
export async function runActivations(
  network: Network,
  images: NetworkImages,
  options: ActivationOptions,
  sink: RowSink,
): Promise<ActivationRun> {
  checkOptions(options, activationNames);
  const { pool = "maps", batchSize, cache } = options;
  const chosen = chooseLayers(network, options.layers);
  const preparation = preparationOf(images, options);
  const place = network.imageLayout === "channels-last" ? "last" : "first";
  const source = imageSource(images, preparation ?? fullPreparation({}), place, options.items);
  const projection = fullProjection(options.project, source.count);
  const runtime = await loadOnnx(options.runtime);
  const sha256 = await network.sha256();
  const traced = { network: network.name, sha256, runtime: runtimeName(runtime), preparation };
  const opened = await openSession(network, chosen, runtime, options);
  try {
    const { loaded, notes } = await layersOfImages(opened, source, options);
    const { layers } = loaded;
    const settings = { ...traced, layers: layers.map(({ tensor }) => tensor), pool, projection };
    const rowCache =
      cache === undefined
        ? undefined
        : new RowCache(cache, { ...settings, inputs: givenInputs(options) }, layers.length);
    const stream = { pool, projection, batchSize, cache: rowCache, job: options };
    const result = await streamRows(loaded, source, stream, sink);
    const record = { ...traced, nImages: source.count, nCached: result.nCached };
    return {
      layers,
      items: source.items,
      record,
      projection,
      notes: [...notes, ...notesOf(result)],
    };
  } finally {
    await opened.session.release();
  }
}

function preparationOf(images: NetworkImages, { prepare }: ActivationOptions) {
  const given = isRecord(images);
  if (prepare !== undefined && !given) return fullPreparation(prepare);
  if (prepare === undefined && given) return undefined;
  throw new InvalidArgument(
    "prepare",
    prepare,
    given
      ? "numbers are taken as they are; leave prepare out, or give images"
      : 'say how the network was trained to see images: prepare: "imagenet", "clip" … or one of your own',
  );
}

function givenInputs({ inputs = {} }: ActivationOptions): unknown {
  return Object.entries(inputs).map(([name, { data, shape }]) => [name, shape, Array.from(data)]);
}

function notesOf({ nTurned }: StreamResult): string[] {
  if (nTurned === 0) return [];
  return [
    `${nTurned} ${nTurned === 1 ? "image has a tag" : "images have tags"} that asks to turn it, which was not followed, as PyTorch's loaders do not; give prepare: { …, orientation: "apply" } to follow.`,
  ];
}

/** What all patterns may take together. */
const mostBytes = 2 * 2 ** 30;

/** Rows of all layers in memory. */
class PatternStore {
  readonly #rows: Float32Array[][] = [];
  #shapes: readonly (readonly number[])[] = [];
  #words: readonly string[] = [];
  #bytes = 0;

  readonly sink: RowSink = async (place, { rows, shapes }: ImageRows, words) => {
    [this.#shapes, this.#words] = [shapes, words];
    for (const row of rows) this.#bytes += row.byteLength;
    if (this.#bytes > mostBytes)
      throw new Unsupported(
        `the patterns of ${place + 1} images take more than ${mostBytes / 2 ** 30} GB`,
        "pool or project them, choose fewer layers, or go straight to RDMs with activationRdms",
      );
    this.#rows[place] = [...rows];
  };

  /** Patterns of a layer, and what it was; its rows are given away. */
  layer(l: number) {
    const nFeatures = this.#rows[0][l].length;
    const data = new Float32Array(this.#rows.length * nFeatures);
    this.#rows.forEach((rows, at) => {
      data.set(rows[l], at * nFeatures);
      rows[l] = new Float32Array(0);
    });
    return { data, nFeatures, shape: this.#shapes[l], words: this.#words[l] };
  }
}
