import type { FifChannel, FifSourceSpace } from "../../../src/io/fif/index.ts";

type Vector = readonly [number, number, number];

/** Half the distance of a gradiometer's two loops, m. */
const halfBase = 0.0084;
/** μ₀ / 4π. */
const fieldConstant = 1e-7;

/** What sensors measure of currents at sources: channels × (3 · sources), C order, in T or T/m for each A·m. */
export interface Gain {
  readonly values: Float64Array;
  readonly nChannels: number;
  readonly nSources: number;
  /** For each source three directions: two along the cortex, and away from it. (3 · sources) × 3. */
  readonly directions: Float64Array;
}

/**
 * Fields of current dipoles in a conducting sphere around 0. Of the radial field, which is all that these sensors are made
 * for, the volume currents add nothing (Sarvas 1987), so that it follows from the dipole alone.
 */
export function gainOf(channels: readonly FifChannel[], spaces: readonly FifSourceSpace[]): Gain {
  const sources = spaces.flatMap(({ vertices, points, normals }) =>
    Array.from(vertices, (vertex) => ({
      at: vectorAt(points.data, vertex),
      frame: frameOf(vectorAt(normals.data, vertex)),
    })),
  );
  const width = 3 * sources.length;
  const values = new Float64Array(channels.length * width);
  channels.forEach((channel, row) => {
    const measure = sensorOf(channel);
    sources.forEach(({ at, frame }, s) =>
      frame.forEach((moment, k) => (values[row * width + 3 * s + k] = measure(at, moment))),
    );
  });
  const directions = Float64Array.from(sources.flatMap(({ frame }) => frame.flat()));
  return { values, nChannels: channels.length, nSources: sources.length, directions };
}

function vectorAt(data: ArrayLike<number>, row: number): Vector {
  return [data[3 * row], data[3 * row + 1], data[3 * row + 2]];
}

/** Two directions along the cortex and the one away from it. */
function frameOf(normal: Vector): Vector[] {
  const helper: Vector = Math.abs(normal[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const along = unit(cross(helper, normal));
  return [along, cross(normal, along), normal];
}

function sensorOf({ type, name, loc }: FifChannel): (at: Vector, moment: Vector) => number {
  const place: Vector = [loc[0], loc[1], loc[2]];
  if (type === "mag") return (at, moment) => radialField(place, at, moment);
  const across = unit(cross([0, 0, 1], place));
  const along = name.endsWith("2") ? across : unit(cross(place, across));
  const moved = (by: number): Vector => [0, 1, 2].map((k) => place[k] + by * along[k]) as never;
  const [above, below] = [moved(halfBase), moved(-halfBase)];
  return (at, moment) =>
    (radialField(above, at, moment) - radialField(below, at, moment)) / (2 * halfBase);
}

/** (r₀ × Q) · r̂ / |r − r₀|³. */
function radialField(sensor: Vector, at: Vector, moment: Vector): number {
  const turn = cross(at, moment);
  const distance = Math.hypot(sensor[0] - at[0], sensor[1] - at[1], sensor[2] - at[2]);
  return (fieldConstant * dot(turn, unit(sensor))) / distance ** 3;
}

function cross([a, b, c]: Vector, [x, y, z]: Vector): Vector {
  return [b * z - c * y, c * x - a * z, a * y - b * x];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1;
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}
