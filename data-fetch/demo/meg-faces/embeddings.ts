import type { Random } from "../../../src/core/random.ts";
import type { Stimulus } from "./stimuli.ts";

export const embeddingLength = 512;

/**
 * What a face network might say of each stimulus: 512 numbers that tell people apart, lie close together for
 * scrambled faces, and know something, but not all, of what the pixels show.
 */
export function embed(stimuli: readonly Stimulus[], random: Random): Float32Array {
  const nIdentity = 40;
  const mix = Float64Array.from({ length: (nIdentity + 16) * embeddingLength }, () =>
    random.normal(),
  );
  const out = new Float32Array(stimuli.length * embeddingLength);
  stimuli.forEach((stimulus, at) => {
    const latent = latentOf(stimulus, nIdentity, random);
    const row = project(latent, mix);
    const norm = Math.hypot(...row);
    out.set(
      row.map((value) => value / norm),
      at * embeddingLength,
    );
  });
  return out;
}

function latentOf({ kind, traits }: Stimulus, nIdentity: number, random: Random): number[] {
  const known = kind === "s" ? 0.3 : 1;
  const identity = Array.from({ length: nIdentity }, () => 0.55 * known * random.normal());
  const seen = Object.values(traits).map((trait: number) => 0.6 * known * trait);
  return [
    ...identity,
    ...seen,
    kind === "s" ? 0 : 1.8,
    kind === "s" ? 1.6 : 0,
    kind === "f" ? 0.7 : 0,
  ];
}

function project(latent: readonly number[], mix: Float64Array): Float64Array {
  const row = new Float64Array(embeddingLength);
  latent.forEach((value, k) => {
    for (let j = 0; j < embeddingLength; j++) row[j] += value * mix[k * embeddingLength + j];
  });
  return row;
}
