import { InvalidArgument, Unsupported, sample } from "../core/errors.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { reporter } from "../core/progress.ts";
import { computeRdm } from "../rdm/compute-rdm.ts";
import { metricNames, type MetricName } from "../rdm/metrics/index.ts";
import { Rdm } from "../rdm/rdm.ts";
import { activationNames, type ActivationOptions } from "./activation-options.ts";
import { runActivations, type ActivationRun } from "./activations.ts";
import type { NetworkImages } from "./image-source.ts";
import { layerMeta, noteOf } from "./layer-patterns.ts";
import { isNamedBy, type LayerChoice } from "./choose-layers.ts";
import type { Network, NetworkLayer } from "./network.ts";
import { pcaScores } from "./reduce/pca-scores.ts";
import type { ImageRows } from "./run/row-cache.ts";
import { blockwiseMetrics, blockwiseRdm, type BlockwiseMetric } from "./spooled/blockwise-rdm.ts";
import { SpooledRows } from "./spooled/spooled-rows.ts";

/** How RDMs of layers are made of images. */
export interface ActivationRdmOptions extends ActivationOptions {
  /** Dissimilarity of patterns, by scipy's names; default `correlation`. */
  readonly metric?: MetricName;
}

const activationRdmNames: OptionNames<ActivationRdmOptions> = {
  ...activationNames,
  metric: oneOf(metricNames),
};

/** Rows that stay in memory; what is more is put aside on disk. */
const memoryBytes = 32 * 2 ** 20;

/** What may be taken into memory at once for metrics that need whole rows. */
const wholeBytes = 2 ** 30;

/**
 * RDMs of images in layers of a network, one a layer, named after it. Activations are not kept: what does not fit into
 * 32 MB goes to a temporary file, and products of all pairs are summed over blocks of features, so that layers of any
 * size and thousands of images take little memory. Otherwise as {@link activations}.
 *
 * @returns RDMs in the order of the graph, without layers of a single number where angles were asked for (named: refused), with `meta`: model, sha256, layer, layerIndex, tensor, shape, reduction, all
 *   numbers of the preparation, and a `note` where images ask to be turned and were not.
 * @throws what {@link activations} throws; Unsupported for a metric other than `correlation`, `cosine`, `euclidean` and
 *   `sqeuclidean` on a layer that does not fit into memory; DiskFull.
 * @example
 * import { activationRdms, openNetwork } from "tsrsa";
 * const rdmsOf = async (files: string[]) => {
 *   const network = await openNetwork("resnet50.onnx");
 *   return activationRdms(network, files, { layers: "blocks", prepare: "imagenet" });
 * };
 */
export async function activationRdms(
  network: Network,
  images: NetworkImages,
  options: ActivationRdmOptions = {},
): Promise<Rdm[]> {
  checkOptions(options, activationRdmNames);
  const { metric = "correlation", ...rest } = options;
  const store: SpooledRows[] = [];
  const state: { shapes: ImageRows["shapes"]; words: readonly string[] } = {
    shapes: [],
    words: [],
  };
  try {
    const run = await runActivations(
      network,
      images,
      rest,
      async (place, rows, words, count, layers) => {
        if (place === 0) {
          // Told before all others have run.
          refuseSingles(metric, rows, layers, options.layers);
          Object.assign(state, { shapes: rows.shapes, words });
          store.push(...(await openStore(rows, count)));
        }
        for (const [l, row] of rows.rows.entries()) await store[l].add(row);
      },
    );
    return await rdmsOf(store, run, state, metric, options);
  } finally {
    for (const rows of store) await rows.close();
  }
}

/** Rows of all layers: on disk where all together would take too much. */
async function openStore({ rows }: ImageRows, count: number): Promise<SpooledRows[]> {
  const bytes = 4 * count * rows.reduce((sum, row) => sum + row.length, 0);
  const store: SpooledRows[] = [];
  for (const row of rows) store.push(await SpooledRows.open(row.length, bytes > memoryBytes));
  return store;
}

async function rdmsOf(
  store: readonly SpooledRows[],
  run: ActivationRun,
  { shapes, words }: { shapes: ImageRows["shapes"]; words: readonly string[] },
  metric: MetricName,
  options: ActivationRdmOptions,
): Promise<Rdm[]> {
  const line = reporter(options, "RDMs of layers", store.length);
  const rdms: Rdm[] = [];
  const singles = run.layers.filter((_, l) => isSingle(metric, store[l].nFeatures));
  const notes = [...run.notes, ...noteOfSingles(singles, metric)];
  for (const [l, rows] of store.entries()) {
    const layer = run.layers[l];
    const pca = run.projection?.method === "pca" && run.projection.components < rows.nFeatures;
    const components = pca && run.projection ? (run.projection.components ?? 0) : 0;
    const reduction = pca ? `${words[l]}; ${components} principal components` : words[l];
    const meta = layerMeta(layer, shapes[l], reduction, run.record);
    const said = { items: run.items, name: layer.name, meta: { ...meta, ...noteOf(notes) } };
    if (isSingle(metric, rows.nFeatures)) continue;
    if (rows.isOnDisk && blockwiseMetrics.includes(metric) && !pca) {
      const condensed = await blockwiseRdm(rows, metric as BlockwiseMetric, options);
      rdms.push(new Rdm(condensed, { ...said, metric }));
    } else {
      const data = await wholeRows(rows, layer.name, metric);
      const kept = pca
        ? await pcaScores(data, rows.count, rows.nFeatures, components, options)
        : data;
      const patterns = { data: kept, shape: [rows.count, pca ? components : rows.nFeatures] };
      rdms.push(computeRdm(patterns, { ...said, metric }));
    }
    await rows.close();
    line.update(l + 1);
  }
  line.finish();
  return rdms;
}

/** With one feature every angle is 0 or 180 degrees. */
function isSingle(metric: MetricName, nFeatures: number): boolean {
  return nFeatures <= 1 && (metric === "correlation" || metric === "cosine");
}

/** What is said of layers that are left out for it. */
function noteOfSingles(singles: readonly NetworkLayer[], metric: MetricName): string[] {
  if (singles.length === 0) return [];
  const names = sample(singles.map(({ name }) => name));
  return [`No ${metric} of ${names}: a single number an image is no pattern.`];
}

/** Throws `InvalidArgument` for a layer of one number that was asked for by its name, and where there are no others. */
function refuseSingles(
  metric: MetricName,
  { rows }: ImageRows,
  layers: readonly NetworkLayer[],
  choice: LayerChoice | undefined,
): void {
  const singles = layers.filter((_, l) => isSingle(metric, rows[l].length));
  const all = singles.length === layers.length;
  const layer = singles.find((single) => all || isNamedBy(choice, single));
  if (layer === undefined) return;
  throw new InvalidArgument(
    "metric",
    metric,
    `layer ${layer.name} has a single number an image, which is no pattern; use euclidean, or leave the layer out`,
  );
}

async function wholeRows(rows: SpooledRows, layer: string, metric: string): Promise<Float32Array> {
  const bytes = 4 * rows.count * rows.nFeatures;
  if (bytes <= wholeBytes) return rows.all();
  throw new Unsupported(
    `${metric} needs all of layer ${layer} in memory, ${Math.round(bytes / 2 ** 20)} MB`,
    "take correlation, cosine or euclidean, or pool or project the layer",
  );
}
