import { InvalidArgument } from "./errors.ts";

/** A stream of random numbers. The same seed gives the same numbers everywhere. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  readonly next: () => number;
  /** Normal with mean 0 and standard deviation 1. */
  readonly normal: () => number;
  /** Uniform integer in [0, below). */
  readonly integer: (below: number) => number;
  /** The numbers 0 … n − 1 in random order. */
  readonly permutation: (n: number) => Int32Array;
}

/**
 * A seeded generator (sfc32 of PractRand; the seed is spread by splitmix32).
 * Throws `InvalidArgument` for a seed that is not a finite number.
 *
 * @example
 * import { random } from "tsrsa";
 * random(7).next() === random(7).next(); // true
 */
export function random(seed: number): Random {
  if (!Number.isFinite(seed)) throw new InvalidArgument("seed", seed, "give a finite number");
  const bits = sfc32(seed);
  const next = (): number => (bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53;
  const integer = (below: number): number => Math.floor(next() * below);
  return { next, integer, normal: normals(next), permutation: (n) => shuffled(n, integer) };
}

function sfc32(seed: number): () => number {
  const spread = splitmix32(seed);
  let [a, b, c, counter] = [spread(), spread(), spread(), 1];
  const bits = (): number => {
    const out = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + out) >>> 0;
    return out;
  };
  for (let i = 0; i < 12; i++) bits();
  return bits;
}

function splitmix32(seed: number): () => number {
  // Both words of the seed count, so that 0.1 and 0.2, or 1 and 1 + 2³², are different seeds.
  const words = new Uint32Array(Float64Array.of(seed + 0).buffer);
  let state = (Math.imul(words[0], 0x9e3779b1) ^ words[1]) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/** Box and Muller, both values of a pair used. */
function normals(next: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

function shuffled(n: number, integer: (below: number) => number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
