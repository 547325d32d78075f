import { notNegative, oneOf, positive, text, whole } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { DistanceOptions } from "./baselines/distance.ts";
import type { KernelRidgeOptions } from "./baselines/kernel-ridge.ts";
import type { RidgeOptions } from "./baselines/ridge.ts";
import type { SvrOptions } from "./baselines/svr.ts";
import type { ContrastiveOptions } from "./network/contrastive.ts";
import type { MlpOptions } from "./network/mlp.ts";
import type { SiameseOptions } from "./network/siamese.ts";
import type { NetworkOptions } from "./network/train-network.ts";

const ofNetworks: OptionNames<NetworkOptions> = {
  epochs: whole(1),
  learningRate: true,
  validationShare: true,
  patience: true,
  seed: true,
};

const distance: OptionNames<DistanceOptions & JobOptions> = {
  ...jobNames,
  model: text,
  metric: text,
};

const ridge: OptionNames<RidgeOptions & JobOptions> = {
  ...jobNames,
  model: text,
  combination: text,
  alpha: true,
};

const svr: OptionNames<SvrOptions & JobOptions> = {
  ...jobNames,
  model: text,
  cost: positive,
  epsilon: notNegative,
  rounds: whole(1),
};

const kernelRidge: OptionNames<KernelRidgeOptions & JobOptions> = {
  ...jobNames,
  model: text,
  alpha: true,
  gamma: true,
  symmetric: true,
};

const mlp: OptionNames<MlpOptions & JobOptions> = {
  ...jobNames,
  ...ofNetworks,
  model: text,
  hiddenLayers: true,
  hiddenUnits: true,
  combination: text,
  batchSize: true,
};

const contrastive: OptionNames<ContrastiveOptions & JobOptions> = {
  ...jobNames,
  ...ofNetworks,
  model: text,
  dimensions: whole(1),
  margin: true,
  groupSize: true,
};

const siamese: OptionNames<SiameseOptions & JobOptions> = {
  ...jobNames,
  ...ofNetworks,
  model: text,
  alpha: positive,
  output: oneOf(["linear", "sigmoid"]),
  codeUnits: true,
  groupSize: true,
};

/** Refuse options that the kind of model does not have, which would be ignored without a word. Throws `UnknownOption`. */
export function checkModelOptions(options: { readonly model: string }): void {
  const names = {
    distance,
    ridge,
    svr,
    "kernel-ridge": kernelRidge,
    mlp,
    contrastive,
    "siamese-cnn": siamese,
  };
  const known: object = names[options.model as keyof typeof names];
  checkOptions<object>(options, known);
}
