import { random } from "../../core/random.ts";

/** Places around a middle, their distances from it exact. */
export interface Around {
  readonly angles: Float64Array;
  /** Kruskal's stress of the distances between the places: 0 when all are right. */
  readonly stress: number;
}

const STARTS = 24;
const STEPS = 720;

/**
 * Angles of places at given distances from a middle, such that their distances from each other are as near to those
 * wanted as can be: one place after the other takes its best angle, from many seeded starts.
 *
 * @param wanted - n × n distances.
 */
export function placeAround(
  radii: readonly number[],
  wanted: readonly (readonly number[])[],
): Around {
  const n = radii.length;
  const { next } = random(0);
  let best: Around | undefined;
  for (let start = 0; start < STARTS; start++) {
    const angles = Float64Array.from({ length: n }, (_, k) =>
      start === 0 ? (2 * Math.PI * k) / n : 2 * Math.PI * next(),
    );
    settle(angles, radii, wanted);
    const stress = stressOf(angles, radii, wanted);
    if (best === undefined || stress < best.stress - 1e-12) best = { angles, stress };
  }
  const found = best ?? { angles: new Float64Array(n), stress: 0 };
  // Turned so that the first place is on top: the angle itself means nothing.
  const turn = Math.PI / 2 - (found.angles[0] ?? 0);
  return { angles: found.angles.map((angle) => angle + turn), stress: found.stress };
}

function settle(
  angles: Float64Array,
  radii: readonly number[],
  wanted: readonly (readonly number[])[],
): void {
  for (let round = 0; round < 60; round++) {
    let moved = 0;
    angles.forEach((angle, k) => {
      const better = bestAngle(k, angles, radii, wanted);
      moved = Math.max(moved, Math.abs(Math.sin((better - angle) / 2)));
      angles[k] = better;
    });
    if (moved < 1e-9) return;
  }
}

function bestAngle(
  k: number,
  angles: Float64Array,
  radii: readonly number[],
  wanted: readonly (readonly number[])[],
): number {
  let [best, least] = [angles[k], costOf(k, angles[k], angles, radii, wanted)];
  for (let step = 0; step < STEPS; step++) {
    const angle = (2 * Math.PI * step) / STEPS;
    const cost = costOf(k, angle, angles, radii, wanted);
    if (cost < least - 1e-12) [best, least] = [angle, cost];
  }
  return best;
}

function costOf(
  k: number,
  angle: number,
  angles: Float64Array,
  radii: readonly number[],
  wanted: readonly (readonly number[])[],
): number {
  let cost = 0;
  for (let other = 0; other < angles.length; other++) {
    if (other === k) continue;
    cost += (apart(radii[k], angle, radii[other], angles[other]) - wanted[k][other]) ** 2;
  }
  return cost;
}

function stressOf(
  angles: Float64Array,
  radii: readonly number[],
  wanted: readonly (readonly number[])[],
): number {
  let [off, all] = [0, 0];
  for (let i = 0; i < radii.length; i++) {
    for (let j = 0; j < i; j++) {
      off += (apart(radii[i], angles[i], radii[j], angles[j]) - wanted[i][j]) ** 2;
      all += wanted[i][j] ** 2;
    }
  }
  return all === 0 ? 0 : Math.sqrt(off / all);
}

function apart(r: number, a: number, s: number, b: number): number {
  return Math.sqrt(Math.max(0, r * r + s * s - 2 * r * s * Math.cos(a - b)));
}
