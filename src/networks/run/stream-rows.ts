import { nextTurn } from "#platform/threads";
import type { OnnxTensor } from "../../compute/onnx-runtime.ts";
import { ShapeMismatch } from "../../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { NetworkLayer } from "../network.ts";
import type { ImageForNetwork, ImageSource } from "../image-source.ts";
import type { FullProjection, Reduction } from "../reduction.ts";
import { reductionOf } from "../reduction.ts";
import type { PoolName } from "../reduce/pool.ts";
import { hasImages } from "./layers-of-images.ts";
import { fixedBatch, runBatch, type NetworkSession } from "./network-session.ts";
import type { ImageRows, RowCache } from "./row-cache.ts";
import { imagePart, tensorNumbers } from "./tensor-numbers.ts";

/** What a stream of rows is made with. */
export interface StreamSettings {
  readonly pool: PoolName;
  readonly projection: FullProjection | undefined;
  readonly batchSize: number | undefined;
  readonly cache: RowCache | undefined;
  readonly job: JobOptions;
}

/** Where rows go, image by image: the place of `count`, its rows, what was done to them in words, and their layers. */
export type RowSink = (
  place: number,
  rows: ImageRows,
  words: readonly string[],
  count: number,
  layers: readonly NetworkLayer[],
) => Promise<void>;

/** What the layers asked for may take of memory at once. */
const outputBytes = 256 * 2 ** 20;
const mostAtOnce = 8;

/** What is to be said of a run. */
export interface StreamResult {
  readonly nCached: number;
  /** Images whose orientation tag was not followed. */
  readonly nTurned: number;
}

/**
 * Run images through a network, a few at a time: while one batch runs, the next is prepared. Each image's rows go to
 * the sink, in order. Throws `Cancelled` between batches.
 */
export async function streamRows(
  loaded: NetworkSession,
  source: ImageSource,
  settings: StreamSettings,
  sink: RowSink,
): Promise<StreamResult> {
  const { job } = settings;
  const work = `activations of ${loaded.network.name}`;
  const line = reporter(job, work, source.count);
  const layers = new LayerReductions(loaded, settings);
  let [nCached, nTurned] = [0, 0];
  let coming = openSome(source, 0, layers.batchSize, settings);
  for (let from = 0; from < source.count;) {
    throwIfCancelled(job.signal, work);
    const batch = await coming;
    const until = from + batch.length;
    const fresh = batch.filter(({ known }) => known === undefined);
    const running = fresh.length === 0 ? undefined : layers.run(fresh);
    coming = openSome(source, until, layers.batchSize, settings);
    // An error of the next batch is told when its turn comes.
    coming.catch(() => {});
    const computed = running === undefined ? [] : await running;
    for (const [k, { known, image, hash }] of batch.entries()) {
      const rows = known ?? computed.shift();
      // Never, as each image that is not known was run.
      if (rows === undefined) continue;
      if (known !== undefined) nCached++;
      else if (hash !== undefined) await settings.cache?.keep(hash, rows);
      if (image.isTurned) nTurned++;
      await sink(from + k, rows, layers.words(rows), source.count, loaded.layers);
    }
    from = until;
    line.update(from);
    await nextTurn();
  }
  line.finish();
  return { nCached, nTurned };
}

/** An image whose turn it is, and its rows where they are known. */
interface Opened {
  readonly image: ImageForNetwork;
  readonly hash: string | undefined;
  readonly known: ImageRows | undefined;
  readonly prepared: Awaited<ReturnType<ImageForNetwork["prepare"]>> | undefined;
}

async function openSome(
  source: ImageSource,
  from: number,
  size: number,
  { cache }: StreamSettings,
): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (let at = from; at < Math.min(source.count, from + size); at++) {
    const image = await source.at(at);
    const hash = cache === undefined ? undefined : await image.hash();
    const known = hash === undefined ? undefined : await cache?.find(hash);
    const prepared = known === undefined ? await image.prepare() : undefined;
    opened.push({ image, hash, known, prepared });
  }
  return opened;
}

/** The reduction of each layer, known when the first image has run. */
class LayerReductions {
  readonly #loaded: NetworkSession;
  readonly #settings: StreamSettings;
  readonly #fixed: number | undefined;
  #reductions: Reduction[] | undefined;
  #shapes: readonly (readonly number[])[] | undefined;
  #batchSize: number;

  constructor(loaded: NetworkSession, settings: StreamSettings) {
    this.#loaded = loaded;
    this.#settings = settings;
    this.#fixed = fixedBatch(loaded.network);
    // The first image runs alone and tells how large its layers are, and whether they have an axis of images.
    const asked = loaded.layers.every(hasImages) ? settings.batchSize : 1;
    this.#batchSize = this.#fixed ?? asked ?? 1;
  }

  get batchSize(): number {
    return this.#batchSize;
  }

  words({ shapes }: ImageRows): string[] {
    return this.#of(shapes).map(({ words }) => words);
  }

  async run(batch: readonly Opened[]): Promise<ImageRows[]> {
    const inputs = batch.flatMap(({ prepared }) => (prepared === undefined ? [] : [prepared]));
    const outputs = await runBatch(this.#loaded, inputs);
    const axes = this.#loaded.layers.map(({ imageAxis }) => imageAxis);
    const shapes = outputs.map(({ dims }, l) => partShape(dims, axes[l]));
    const reductions = this.#of(shapes);
    this.#settle(outputs);
    const numbers = outputs.map(tensorNumbers);
    return inputs.map((_, at) => ({
      shapes,
      rows: reductions.map((reduction, l) =>
        reduction.row(imagePart(numbers[l], outputs[l], axes[l], at)),
      ),
    }));
  }

  #of(shapes: readonly (readonly number[])[]): Reduction[] {
    const { pool, projection } = this.#settings;
    this.#refuseOther(shapes);
    return (this.#reductions ??= this.#loaded.layers.map((layer, l) =>
      reductionOf(layer, shapes[l], pool, projection),
    ));
  }

  /** A network of free size gives layers of another size for images of another size: their features do not match. */
  #refuseOther(shapes: readonly (readonly number[])[]): void {
    const first = (this.#shapes ??= shapes);
    const at = first.findIndex((shape, l) => shape.join() !== shapes[l].join());
    if (at === -1) return;
    throw new ShapeMismatch(
      `layer ${this.#loaded.layers[at].name} of ${first[at].join(" × ")}, as of the images before`,
      shapes[at].join(" × "),
      "bring all images to one size: give prepare a crop, or [height, width] as resize",
    );
  }

  #settle(outputs: readonly OnnxTensor[]): void {
    if (this.#fixed !== undefined) return;
    const { layers } = this.#loaded;
    const numbers = outputs.reduce(
      (sum, { data, dims }, l) => sum + data.length / dims[layers[l].imageAxis],
      0,
    );
    const fits = Math.floor(outputBytes / (4 * numbers));
    this.#batchSize = this.#settings.batchSize ?? Math.max(1, Math.min(mostAtOnce, fits));
  }
}

/** What a layer is for one image; a single number is a shape of one. */
function partShape(dims: readonly number[], axis: number): number[] {
  return dims.length === 1 ? [1] : dims.toSpliced(axis, 1);
}
