import { noteDraw } from "../core/run-record.ts";
import { InvalidArgument } from "../core/errors.ts";
import { finite, isRecord, kind, oneOf, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { NetworkLayer } from "./network.ts";
import { poolOf, type Pool, type PoolName } from "./reduce/pool.ts";
import {
  project,
  projectionSize,
  sparseProjection,
  type SparseProjection,
} from "./reduce/sparse-projection.ts";

/** A sparse random projection of each layer. */
export interface RandomProjection {
  readonly method?: "sparse-random";
  /** How many; default as many as keep distances within `eps`, which depends on the number of images alone. */
  readonly components?: number;
  /** Share by which squared distances may be off, when `components` is not given; default 0.1. */
  readonly eps?: number;
  /** Share of entries that are not 0; default 1 / √features. */
  readonly density?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Principal components of the images at hand; for encoding, fit them on training images alone instead. */
export interface PcaProjection {
  readonly method: "pca";
  /** How many; at most the images less one. */
  readonly components: number;
}

/** How the features of a layer are made fewer. A number is that of components of a sparse random projection. */
export type ProjectionChoice = number | RandomProjection | PcaProjection;

const randomNames: OptionNames<RandomProjection> = {
  method: oneOf(["sparse-random", "pca"]),
  components: whole(1),
  eps: kind(
    "a share above 0 and below 1",
    (value) => typeof value === "number" && value > 0 && value < 1,
  ),
  density: kind("a share above 0, at most 1", (value) => isPositive(value) && value <= 1),
  seed: finite,
};

const pcaNames: OptionNames<PcaProjection> = {
  method: oneOf(["sparse-random", "pca"]),
  components: whole(1),
};

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

/** A projection of which nothing is left open but what depends on the layer. */
export type FullProjection =
  | (Required<Omit<RandomProjection, "density">> & {
      readonly density: number | undefined;
      readonly method: "sparse-random";
    })
  | PcaProjection;

/** What a user's choice means for so many images. Throws `InvalidArgument`, `UnknownOption`. */
export function fullProjection(
  choice: ProjectionChoice | undefined,
  nImages: number,
): FullProjection | undefined {
  if (choice === undefined) return undefined;
  const given: unknown = typeof choice === "number" ? { components: choice } : choice;
  if (!isRecord(given))
    throw new InvalidArgument(
      "project",
      given,
      "give a number of components, or { components, seed }",
    );
  if ("method" in given && given.method === "pca") {
    const pca = given as PcaProjection;
    checkOptions(pca, pcaNames);
    if (!(pca.components >= 1 && pca.components < nImages))
      throw new InvalidArgument(
        "project.components",
        pca.components,
        `${nImages} images have at most ${nImages - 1} principal components`,
      );
    return pca;
  }
  const own = given as RandomProjection;
  checkOptions(own, randomNames);
  const eps = own.eps ?? 0.1;
  const components = own.components ?? projectionSize(nImages, eps);
  if (components < 1)
    throw new InvalidArgument("project", choice, "a single image has no distances to keep");
  const seed = own.seed ?? 0;
  noteDraw("activations", { components, eps, seed });
  return { method: "sparse-random", components, eps, density: own.density, seed };
}

/** How a layer's part of one image becomes a row. */
export interface Reduction {
  readonly nFeatures: number;
  /** In words, for results. */
  readonly words: string;
  row(values: Float32Array): Float32Array;
}

/** The reduction of one layer, whose parts are of `shape`. */
export function reductionOf(
  layer: NetworkLayer,
  shape: readonly number[],
  pool: PoolName,
  projection: FullProjection | undefined,
): Reduction {
  const pooled = poolOf(layer, shape, pool);
  const pooledRow = rowBy(pooled);
  // As many components as values, or more, would blow a layer up: then it is kept.
  if (projection?.method !== "sparse-random" || projection.components >= pooled.nFeatures)
    return { nFeatures: pooled.nFeatures, words: pooled.words, row: pooledRow };
  const { components, density, seed } = projection;
  const matrix: SparseProjection = sparseProjection(pooled.nFeatures, components, seed, density);
  const own = density === undefined ? "" : `, density ${density}`;
  return {
    nFeatures: components,
    words: `${pooled.words}; sparse random projection of ${pooled.nFeatures} to ${components} (seed ${seed}${own})`,
    row: (values) => project(pooledRow(values), matrix),
  };
}

function rowBy({ nFeatures, apply }: Pool): (values: Float32Array) => Float32Array {
  return (values) => {
    const row = new Float32Array(nFeatures);
    apply(values, row);
    return row;
  };
}
