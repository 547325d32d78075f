import { InvalidArgument } from "../../core/errors.ts";
import type { NetworkLayer } from "../network.ts";

/**
 * What is kept of a layer's axes before anything else: `none` keeps all numbers; `mean` and `max` are over places of
 * maps and over tokens; `token` is the first token, the class token of transformers, `patches` the mean of the others. `maps` (default) is `mean` for
 * maps and `none` for everything else.
 */
export type PoolName = "maps" | "none" | "mean" | "max" | "token" | "patches";

/** Names of {@link PoolName}. */
export const poolNames: readonly PoolName[] = ["maps", "none", "mean", "max", "token", "patches"];

/** How one image's part of a layer becomes a row. */
export interface Pool {
  readonly nFeatures: number;
  /** What is done, in words for results. */
  readonly words: string;
  readonly apply: (values: Float32Array, to: Float32Array) => void;
}

/**
 * The pool of a layer whose parts are of this shape, images left out. Throws `InvalidArgument` for a layer that has no
 * such axes.
 */
export function poolOf(layer: NetworkLayer, shape: readonly number[], name: PoolName): Pool {
  const axes = axesOf(layer, shape);
  if (name === "none" || axes === undefined || (name === "maps" && axes.kind === "tokens")) {
    if (ofTokens(name) || ((name === "mean" || name === "max") && isAmbiguous(shape)))
      throw unfit(layer, shape, name);
    return whole(shape);
  }
  if (ofTokens(name)) {
    if (axes.kind !== "tokens" || axes.nPlaces < 2) throw unfit(layer, shape, name);
    return name === "token" ? firstToken(axes) : otherTokens(axes);
  }
  return overPlaces(axes, name === "max" ? "max" : "mean");
}

/** Places that are pooled, features that stay, and how they lie in memory. */
interface PooledAxes {
  readonly kind: "maps" | "tokens";
  readonly nPlaces: number;
  readonly nFeatures: number;
  readonly placeStride: number;
  readonly featureStride: number;
  readonly shape: readonly number[];
}

function axesOf({ layout }: NetworkLayer, shape: readonly number[]): PooledAxes | undefined {
  if (layout === undefined || shape.length < 2) return undefined;
  const first = layout === "channels-first";
  const nFeatures = first ? shape[0] : (shape.at(-1) ?? 1);
  const nPlaces = shape.reduce((product, length) => product * length, 1) / Math.max(1, nFeatures);
  return {
    kind: layout === "tokens" ? "tokens" : "maps",
    nPlaces,
    nFeatures,
    placeStride: first ? 1 : nFeatures,
    featureStride: first ? nPlaces : 1,
    shape,
  };
}

/** More than one axis, of which nobody knows what they are. */
function isAmbiguous(shape: readonly number[]): boolean {
  return shape.length > 1;
}

function unfit(layer: NetworkLayer, shape: readonly number[], name: PoolName): InvalidArgument {
  return new InvalidArgument(
    "pool",
    name,
    `layer ${layer.name} (${shape.join(" × ")} an image) has no ${ofTokens(name) ? "tokens" : "places or tokens"} that are known; take pool: "none" for it`,
  );
}

function whole(shape: readonly number[]): Pool {
  const nFeatures = shape.reduce((product, length) => product * length, 1);
  return { nFeatures, words: "all values", apply: (values, to) => to.set(values) };
}

function firstToken({ nFeatures, shape }: PooledAxes): Pool {
  return {
    nFeatures,
    words: `first of ${shape[0]} tokens`,
    apply: (values, to) => to.set(values.subarray(0, nFeatures)),
  };
}

function otherTokens(axes: PooledAxes): Pool {
  const { nFeatures, nPlaces } = axes;
  const { apply } = overPlaces({ ...axes, nPlaces: nPlaces - 1 }, "mean");
  return {
    nFeatures,
    words: `mean over ${nPlaces - 1} tokens, the first left out`,
    apply: (values, to) => apply(values.subarray(nFeatures), to),
  };
}

function ofTokens(name: PoolName): boolean {
  return name === "token" || name === "patches";
}

function overPlaces(axes: PooledAxes, of: "mean" | "max"): Pool {
  const { nFeatures, nPlaces, placeStride, featureStride, kind, shape } = axes;
  const places =
    kind === "tokens"
      ? `${nPlaces} tokens`
      : `${(placeStride === 1 ? shape.slice(1) : shape.slice(0, -1)).join(" × ")} places`;
  const apply = (values: Float32Array, to: Float32Array): void => {
    for (let f = 0; f < nFeatures; f++) {
      let [sum, most] = [0, -Infinity];
      for (let p = 0, at = f * featureStride; p < nPlaces; p++, at += placeStride) {
        sum += values[at];
        most = Math.max(most, values[at]);
      }
      to[f] = of === "mean" ? sum / nPlaces : most;
    }
  };
  return { nFeatures, words: `${of} over ${places}`, apply };
}
