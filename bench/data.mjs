// Seeded data: the same numbers in every run.

/** Uniform numbers in [0, 1). */
export function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` normal numbers. */
export function normal(count, seed) {
  const next = uniform(seed);
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  );
}

/** The compiled library; `npm run build` makes it. */
export function library(path) {
  return import(new URL(`../dist/src/${path}`, import.meta.url));
}

/** The engine whose threads all jobs share. */
export async function benchEngine() {
  return (await library("compute/compute-engine.js")).computeEngine;
}
