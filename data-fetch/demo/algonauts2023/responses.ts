import type { Random } from "../../../src/core/random.ts";
import { kinds, type Scene } from "./scenes.ts";
import { lateness } from "./regions.ts";

/** What of a scene the brain and the network share: low-level traits and its kind. */
export interface SceneCode {
  readonly low: Float64Array;
  readonly kind: Float64Array;
}

/** What an image does to the response as a whole, beyond what its kind tells. */
export interface ImageGain {
  /** Strength of the image's own pattern, around 1. */
  readonly strength: number;
  /** How much it drives all vertices together, around 0. */
  readonly drive: number;
}

/** How strongly each part of the planted response shows. Tuned so that honest splits explain little. */
const weights = { low: 0.45, kind: 0.45, drive: 1.7, own: 1.4, noise: 0.9 };

/** Living things and food drive all vertices more than places do: the part of the drive that the kind tells. */
const kindDrive = Float64Array.of(0.9, 0.7, 0.5, -0.2, -0.7, -0.8, -0.6, 0.2);

export function codeOf({ kind, traits }: Scene): SceneCode {
  const { light, warmth, horizon, size, place, clutter } = traits;
  return {
    low: Float64Array.of(light, warmth, horizon, size, place, clutter),
    kind: Float64Array.from(kinds, (_, at) => (at === kind ? 1 : 0)),
  };
}

/** The same image drives everyone somewhat alike: `common` is the part that subjects share. */
export function drawGain(random: Random, common?: ImageGain): ImageGain {
  const strength = random.normal();
  const drive = random.normal();
  if (common === undefined) return { strength, drive };
  return {
    strength: Math.exp(0.2 * (0.6 * common.strength + 0.5 * strength)),
    drive: 0.55 * common.drive + 0.45 * drive,
  };
}

/**
 * Responses of a hemisphere, images × vertices. Early vertices follow low-level traits, late ones the kind of scene;
 * every image also has a pattern of its own, of its own strength, and a drive on all vertices at once. These last two
 * make some images unlike all others, which a model can learn for an image it has seen and for no other.
 */
export function respond(
  codes: readonly SceneCode[],
  gains: readonly ImageGain[],
  nVertices: number,
  random: Random,
): Float32Array {
  const tuning = Array.from({ length: nVertices }, (_, vertex) =>
    tuningOf(vertex, nVertices, random),
  );
  const data = new Float32Array(codes.length * nVertices);
  codes.forEach(({ low, kind }, image) => {
    const { strength } = gains[image];
    const drive = gains[image].drive + dot(kindDrive, kind);
    tuning.forEach((to, vertex) => {
      const own = weights.own * strength * random.normal();
      const noise = weights.noise * random.normal();
      const seen = dot(to.low, low) + dot(to.kind, kind);
      data[image * nVertices + vertex] = to.offset + seen + to.drive * drive + own + noise;
    });
  });
  return data;
}

interface Tuning {
  readonly low: Float64Array;
  readonly kind: Float64Array;
  readonly drive: number;
  readonly offset: number;
}

function tuningOf(vertex: number, nVertices: number, random: Random): Tuning {
  const late = lateness(vertex, nVertices);
  const draw = (n: number, weight: number) =>
    Float64Array.from({ length: n }, () => weight * random.normal());
  return {
    low: draw(6, weights.low * (1 - 0.75 * late)),
    kind: draw(kinds.length, weights.kind * (0.25 + 0.75 * late)),
    drive: weights.drive * (0.6 + 0.4 * random.normal()),
    offset: 0.5 * random.normal(),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at], 0);
}
