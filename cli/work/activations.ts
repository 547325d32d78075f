import { fileExists } from "#platform/files";
import { MissingFile, Unsupported } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { writeNpz } from "../../src/io/npy/npz.ts";
import { activationRdms } from "../../src/networks/activation-rdms.ts";
import { activations } from "../../src/networks/activations.ts";
import { chooseLayers, type LayerChoice } from "../../src/networks/choose-layers.ts";
import type { Network, NetworkLayer } from "../../src/networks/network.ts";
import { openNetwork } from "../../src/networks/open-network.ts";
import {
  preparation,
  preparationNames,
  type Preparation,
} from "../../src/networks/prepare/preparation.ts";
import { poolNames } from "../../src/networks/reduce/pool.ts";
import { shapeText } from "../../src/networks/network.ts";
import { writeHdf5Rdms } from "../../src/rdm/hdf5/write-hdf5-rdms.ts";
import { metricNames } from "../../src/rdm/metrics/index.ts";
import type { Rdm } from "../../src/rdm/rdm.ts";
import { checkOutput } from "../check-output.ts";
import { nameOption } from "../option-values.ts";
import { readItems } from "../read-column.ts";
import { shown } from "../shown.ts";
import { UsageError } from "../usage-error.ts";

/** The options of `tsrsa activations`. */
export interface ActivationArguments {
  readonly list?: true;
  readonly layers: string;
  readonly prepare?: string;
  readonly size?: number;
  readonly items?: string;
  readonly upright?: true;
  readonly pool: string;
  readonly project?: number;
  readonly seed: number;
  readonly rdm?: true;
  readonly metric: string;
  readonly out?: string;
  readonly cache?: string;
  readonly batch?: number;
  readonly jobs: number;
  readonly json?: true;
}

/** List the layers of a model, or write activations of images or their RDMs. */
export async function runActivationsCommand(
  model: string,
  images: readonly string[],
  options: ActivationArguments,
): Promise<void> {
  if (options.list === true || images.length === 0)
    return listLayers(await openNetwork(model), images, options);
  const out = outputOf(options);
  const analysis = analysisOf(options);
  const metric = nameOption("--metric", metricNames)(options.metric);
  await checkOutput(out, [model, images, options]);
  for (const image of images)
    if (!(await fileExists(image))) throw new MissingFile(image, "check the path of the image");
  const items = options.items === undefined ? undefined : await readItems("--items", options.items);
  const network = await openNetwork(model);
  refuseItemsLayer(chooseLayers(network, analysis.layers), out);
  if (options.rdm === true) {
    const rdms = await activationRdms(network, images, { ...analysis, items, metric });
    await writeRdms(out, rdms);
    printLayers(
      rdms.map(({ name = "", nItems }) => ({ layer: name, nItems })),
      out,
      options,
    );
    const { note } = rdms[0].meta;
    if (note !== undefined) console.error(`note: ${shown(String(note))}`);
  } else {
    const result = await activations(network, images, { ...analysis, items });
    const arrays = result.layers.map(({ layer, patterns }) => [layer.name, patterns] as const);
    await writeNpz(out, namedArrays<Matrix>(arrays, result.items));
    const layers = result.layers.map(({ layer, patterns, reduction }) => ({
      layer: layer.name,
      nItems: patterns.shape[0],
      nFeatures: patterns.shape[1],
      reduction,
    }));
    printLayers(layers, out, options);
    for (const note of result.notes) console.error(`note: ${shown(note)}`);
  }
}

function outputOf({ out, rdm }: ActivationArguments): string {
  if (out === undefined) throw new UsageError("--out says where to write, as --out layers.npz");
  if (/\.npz$/i.test(out) || (rdm === true && /\.(h5|hdf5)$/i.test(out))) return out;
  throw new UsageError(
    `--out takes a name that ends in .npz${rdm === true ? " or .h5" : ""}, not ${out}`,
  );
}

function analysisOf(options: ActivationArguments) {
  const { project, seed, cache, jobs, batch } = options;
  return {
    layers: layersOf(options.layers),
    prepare: preparationOf(options),
    pool: nameOption("--pool", poolNames)(options.pool),
    project: project === undefined ? undefined : { components: project, seed },
    batchSize: batch,
    cache,
    jobs,
  };
}

function preparationOf({ prepare, size, upright }: ActivationArguments): Preparation {
  if (prepare === undefined)
    throw new UsageError(
      `--prepare says how the network was trained to see images: ${preparationNames.join(", ")}`,
    );
  const found = preparation(nameOption("--prepare", preparationNames)(prepare), size);
  return upright === true ? { ...found, orientation: "apply" } : found;
}

function layersOf(text: string): LayerChoice {
  if (text === "stages" || text === "blocks" || text === "all") return text;
  if (text.startsWith("op:")) return { op: text.slice(3) };
  return text.split(",").map((name) => name.trim());
}

async function writeRdms(out: string, rdms: readonly Rdm[]): Promise<void> {
  if (!/\.npz$/i.test(out)) return writeHdf5Rdms(out, rdms);
  const arrays = rdms.map(({ name = "", condensed }) => [name, condensed] as const);
  await writeNpz(out, namedArrays<Float64Array>(arrays, rdms[0].items));
}

/** An array for each layer, and the names of the images beside them. */
function namedArrays<Value>(
  arrays: readonly (readonly [string, Value])[],
  items: readonly string[] = [],
): Record<string, Value | string[]> {
  return { ...Object.fromEntries<Value>(arrays), items: [...items] };
}

/** Throws `Unsupported` for a layer that the names of the images would overwrite. */
function refuseItemsLayer(layers: readonly NetworkLayer[], out: string): void {
  if (!/\.npz$/i.test(out) || layers.every(({ name }) => name !== "items")) return;
  throw new Unsupported(
    "a layer is called items, as the names of the images are in an .npz file",
    "leave it out by --layers, or write RDMs as .h5",
  );
}

function printLayers(
  layers: readonly { layer: string; nItems: number; nFeatures?: number; reduction?: string }[],
  out: string,
  { json, metric, rdm }: ActivationArguments,
): void {
  if (json === true)
    return console.log(JSON.stringify({ out, layers, metric: rdm ? metric : undefined }));
  for (const { layer, nItems, nFeatures, reduction } of layers)
    console.log(
      nFeatures === undefined
        ? `${shown(layer)}: RDM of ${nItems} images (${metric})`
        : `${shown(layer)}: ${nItems} images × ${nFeatures} features (${reduction})`,
    );
  console.log(out);
}

function listLayers(
  network: Network,
  images: readonly string[],
  { json, out }: ActivationArguments,
): void {
  if (images.length === 0 && out !== undefined)
    throw new UsageError("there are no images to make activations of: name some behind the model");
  if (json === true) {
    const { name, inputs, layers, notes } = network;
    return console.log(JSON.stringify({ name, inputs, layers, notes }));
  }
  console.log(shown(network.summary()));
  const width = network.layers.reduce((most, { name }) => Math.max(most, name.length), 0);
  for (const { name, op, shape } of network.layers)
    console.log(shown(`${name.padEnd(width)}  ${op.padEnd(20)} ${shapeText(shape)}`));
  for (const note of network.notes) console.log(shown(`note: ${note}`));
}
