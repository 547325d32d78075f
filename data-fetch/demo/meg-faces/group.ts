import { join } from "node:path";
import { random, type Random } from "../../../src/core/random.ts";
import { nameChannel, writeFifEvokeds, type FifEvoked } from "../../../src/io/fif/index.ts";
import { writeStc } from "../../../src/io/stc/index.ts";
import { demoInfo } from "../demo-info.ts";
import { icosphere, type Sphere } from "../cortex/icosphere.ts";
import { groupEffects, type GroupEffect } from "./group-effects.ts";

/** The sixteen people of the study that the published group is made of. */
export const people = "02 03 04 06 07 08 09 10 11 12 13 14 15 17 18 19"
  .split(" ")
  .map((number) => `sub-${number}`);

const sfreq = 220;
const nSensorTimes = 199;
const nSourceTimes = 109;
/** Noise of a person's scores. */
const noise = { sensors: 0.014, sources: 0.045, memory: 0.9 };

/**
 * RSA scores of sixteen people, as MNE-RSA's third tutorial has them: over time (`sub-02-rsa-ave.fif`), and morphed to
 * the average brain (`sub-02-rsa-pixels-morphed-lh.stc`). Each person has an effect of his or her own size.
 */
export async function writeGroup(folder: string, levels: number, seed: number): Promise<void> {
  const sphere = icosphere(levels);
  for (const [at, person] of people.entries()) {
    const stream = random(seed + at);
    const strength = groupEffects.map(() => 1 + 0.45 * stream.normal());
    const curves = groupEffects.map((effect, m) => sensorScores(effect, strength[m], stream));
    await writeFifEvokeds(join(folder, `${person}-rsa-ave.fif`), curves);
    for (const [m, effect] of groupEffects.entries()) {
      const stem = join(folder, `${person}-rsa-${effect.name}-morphed`);
      const vertices = Int32Array.from({ length: sphere.nPoints }, (_, vertex) => vertex);
      await writeStc(stem, {
        kind: "surface",
        vertices: [vertices, vertices],
        tminS: 0,
        tstepS: 1 / sfreq,
        data: {
          data: sourceScores(sphere, effect, strength[m], stream),
          shape: [2 * sphere.nPoints, nSourceTimes],
        },
      });
    }
  }
}

function sensorScores(effect: GroupEffect, strength: number, stream: Random): FifEvoked {
  const data = slowNoise(nSensorTimes, stream).map(
    (value, t) => noise.sensors * value + strength * effect.sensors * course(effect, t / sfreq),
  );
  const channel = nameChannel({
    ...{ name: "rsa", kind: 502, unitCode: -1, unitMul: 0, coilType: 0, coordFrame: 0 },
    ...{ scanNumber: 1, logicalNumber: 1, cal: 1, range: 1, loc: new Float64Array(12) },
  });
  return {
    info: demoInfo([channel], sfreq, { highpass: 1, lowpass: 40 }),
    comment: effect.name,
    kind: "average",
    aspectKind: 100,
    nave: 1,
    firstSample: 0,
    lastSample: nSensorTimes - 1,
    times: Float64Array.from({ length: nSensorTimes }, (_, t) => t / sfreq),
    baseline: undefined,
    data,
    imaginary: undefined,
    shape: [1, nSensorTimes],
  };
}

/** Both halves one after the other: noise that is alike at neighbouring places, and the effect around its middle. */
function sourceScores(
  sphere: Sphere,
  effect: GroupEffect,
  strength: number,
  stream: Random,
): Float64Array {
  const beside = neighbourhoods(sphere);
  const halves = (["left", "right"] as const).map((side) => {
    const rows = Array.from({ length: sphere.nPoints }, () => slowNoise(nSourceTimes, stream));
    const smooth = smoothed(beside, smoothed(beside, rows));
    return smooth.map((row, p) => {
      const height = strength * effect.sources * nearness(sphere, p, effect, side);
      return row.map((value, t) => noise.sources * value + height * course(effect, t / sfreq));
    });
  });
  const data = new Float64Array(2 * sphere.nPoints * nSourceTimes);
  halves.flat().forEach((row, at) => data.set(row, at * nSourceTimes));
  return data;
}

function course({ peakS, widthS }: GroupEffect, timeS: number): number {
  return Math.exp(-0.5 * ((timeS - peakS) / widthS) ** 2);
}

/** 1 in the middle of the effect, less with the angle from it. */
function nearness(
  { points }: Sphere,
  p: number,
  { direction: [lateral, y, z], spread }: GroupEffect,
  side: "left" | "right",
): number {
  const x = side === "left" ? -lateral : lateral;
  const cosine =
    (x * points[3 * p] + y * points[3 * p + 1] + z * points[3 * p + 2]) / Math.hypot(x, y, z);
  const angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
  return Math.exp(-0.5 * (angle / spread) ** 2);
}

/** First-order autoregressive noise of SD 1. */
function slowNoise(length: number, stream: Random): Float64Array {
  const fresh = Math.sqrt(1 - noise.memory ** 2);
  let value = stream.normal();
  return Float64Array.from({ length }, () => {
    const now = value;
    value = noise.memory * value + fresh * stream.normal();
    return now;
  });
}

/** Each point's row averaged with those beside it. */
function smoothed(beside: readonly Int32Array[], rows: readonly Float64Array[]): Float64Array[] {
  return beside.map((near) => {
    const mean = new Float64Array(nSourceTimes);
    for (const q of near)
      for (let t = 0; t < nSourceTimes; t++) mean[t] += rows[q][t] / near.length;
    return mean;
  });
}

/** For each point itself and those beside it. */
function neighbourhoods({ triangles, nPoints }: Sphere): Int32Array[] {
  const beside = Array.from({ length: nPoints }, (_, p) => new Set([p]));
  triangles.forEach((p, at) => beside[p].add(triangles[at % 3 === 2 ? at - 2 : at + 1]));
  return beside.map((set) => Int32Array.from(set));
}
