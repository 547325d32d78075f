import { object, oneOf, record, text, whole } from "../core/gate/kinds.ts";
import { jobNames, type OptionNames } from "../core/gate/options.ts";
import type { OnnxRuntime } from "../compute/onnx-runtime.ts";
import type { JobOptions } from "../core/job.ts";
import type { Matrix } from "../core/matrix.ts";
import type { LayerChoice } from "./choose-layers.ts";
import type { PreparationInput } from "./prepare/preparation.ts";
import { poolNames, type PoolName } from "./reduce/pool.ts";
import type { ProjectionChoice } from "./reduction.ts";

/** How activations are made of images. */
export interface ActivationOptions extends JobOptions {
  /** Which layers; default `stages`: see {@link chooseLayers}. */
  readonly layers?: LayerChoice;
  /** How images become numbers; must be given for images, and not for numbers that are prepared already. */
  readonly prepare?: PreparationInput;
  /** Default `maps`: the mean over places of maps, everything else whole. */
  readonly pool?: PoolName;
  /** Fewer features by a random projection or principal components; default: all are kept. */
  readonly project?: ProjectionChoice;
  /** Labels of the images; default the names of their files without ends. */
  readonly items?: readonly string[];
  /** Images at once; default as many as keep the layers asked for below 256 MB, at most 8. */
  readonly batchSize?: number;
  /** What the network takes beside images, by name. */
  readonly inputs?: Readonly<Record<string, Matrix>>;
  /** A folder in which rows are kept by the hash of network, image, layers and options; in Node. */
  readonly cache?: string;
  /** The module onnxruntime-node or onnxruntime-web itself; default: the one that is installed. */
  readonly runtime?: OnnxRuntime;
}

/** Names of the options, for their check. */
export const activationNames: OptionNames<ActivationOptions> = {
  ...jobNames,
  layers: true,
  prepare: true,
  pool: oneOf(poolNames),
  project: true,
  items: true,
  batchSize: whole(1),
  inputs: record(object),
  cache: text,
  runtime: true,
};
