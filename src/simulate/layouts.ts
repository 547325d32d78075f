import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { finite, kind, notNegative, numbers, positive, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";
import { random, type Random } from "../core/random.ts";
import { noteDraw } from "../core/run-record.ts";

/** When a simulated response is there. */
export interface LayOutInTimeOptions {
  readonly nTimes: number;
  readonly sfreqHz: number;
  /** Time of the first sample. Default −0.1. */
  readonly tminS?: number;
  /** When the response begins. Default 0.1. */
  readonly onsetS?: number;
  /** How long it lasts: half a sine. Default 0.3. */
  readonly durationS?: number;
  /** Standard deviation of the noise of every sample, beside that of the observation. Default 0. */
  readonly noise?: number;
  /** Default 0. */
  readonly seed?: number;
}

const inTimeNames: OptionNames<LayOutInTimeOptions> = {
  nTimes: whole(1, 1e6),
  sfreqHz: positive,
  tminS: finite,
  onsetS: finite,
  durationS: positive,
  noise: notNegative,
  seed: true,
};

/** Observations × channels × times, for `epochsFromArray`. */
export interface LaidOutInTime extends Matrix<Float64Array> {
  readonly times: Float64Array;
}

/**
 * Simulated patterns as epochs: each observation's pattern comes and goes as half a sine, with noise at every sample.
 * `epochsFromArray(laid, { sfreqHz, tminS, metadata })` makes epochs of them.
 *
 * @param patterns - observations × channels, as `simulateData` makes them.
 * @throws ShapeMismatch; InvalidArgument for a response that no sample has; UnknownOption.
 * @example
 * import { layOutInTime, simulateData } from "tsrsa";
 * const { patterns } = simulateData([1, 4, 2], { nChannels: 5, seed: 1 });
 * layOutInTime(patterns, { nTimes: 60, sfreqHz: 100 }).shape; // [ 3, 5, 60 ]
 */
export function layOutInTime(patterns: Matrix, options: LayOutInTimeOptions): LaidOutInTime {
  checkOptions(options, inTimeNames);
  const { nTimes, sfreqHz, tminS = -0.1, onsetS = 0.1, durationS = 0.3, noise = 0 } = options;
  whole(1, 1e6)(nTimes, "nTimes");
  positive(sfreqHz, "sfreqHz");
  const { data, shape } = observationsOf(patterns);
  const times = Float64Array.from({ length: nTimes }, (_, k) => tminS + k / sfreqHz);
  const course = times.map((time) => {
    const share = (time - onsetS) / durationS;
    return share > 0 && share < 1 ? Math.sin(Math.PI * share) : 0;
  });
  if (course.every((value) => value === 0))
    throw new InvalidArgument(
      "onsetS",
      onsetS,
      "no sample is within the response; give more times",
    );
  const { normal } = lotOf("layOutInTime", options, noise);
  const out = new Float64Array(data.length * nTimes).map(
    (_, at) =>
      Number(data[Math.floor(at / nTimes)]) * course[at % nTimes] +
      (noise === 0 ? 0 : noise * normal()),
  );
  return { data: out, shape: [...shape, nTimes], times };
}

/** Where simulated voxels lie. */
export interface LayOutInVolumeOptions {
  /** Voxels along x, y and z. */
  readonly shape: readonly [number, number, number];
  /** Edge of a voxel in mm. Default 3. */
  readonly voxelMm?: number;
  /** The voxel in whose surroundings the patterns are. Default: the middle. */
  readonly centre?: readonly [number, number, number];
  /** Standard deviation of the noise of all voxels, those with the patterns too. Default 1. */
  readonly noise?: number;
  /** Default 0. */
  readonly seed?: number;
}

const three = (wanted: string, least: number) =>
  kind(
    `three integers of at least ${least} as ${wanted}`,
    (value) =>
      Array.isArray(value) &&
      value.length === 3 &&
      value.every((n) => Number.isSafeInteger(n) && n >= least),
  );

const inVolumeNames: OptionNames<LayOutInVolumeOptions> = {
  shape: three("[nx, ny, nz]", 1),
  voxelMm: positive,
  centre: three("[i, j, k]", 0),
  noise: notNegative,
  seed: true,
};

/** An image with a volume for each observation, as `rsaNifti` takes it. */
export interface LaidOutInVolume extends Matrix<Float64Array> {
  readonly affine: readonly (readonly number[])[];
  /** Numbers of the voxels with the patterns, in C order. */
  readonly voxels: Int32Array;
}

/**
 * Simulated patterns in a volume: the voxels nearest to a centre have one channel each, all others noise alone.
 *
 * @param patterns - observations × channels, as `simulateData` makes them.
 * @throws InvalidArgument for a volume of fewer voxels than channels, or a centre outside of it; UnknownOption.
 * @example
 * import { layOutInVolume, simulateData } from "tsrsa";
 * const { patterns } = simulateData([1, 4, 2], { nChannels: 7, seed: 1 });
 * layOutInVolume(patterns, { shape: [5, 5, 5] }).voxels.join(" "); // "37 57 61 62 63 67 87"
 */
export function layOutInVolume(patterns: Matrix, options: LayOutInVolumeOptions): LaidOutInVolume {
  checkOptions(options, inVolumeNames);
  const { shape, voxelMm = 3, noise = 1 } = options;
  inVolumeShape(shape);
  const { data, shape: sizes } = observationsOf(patterns);
  const [n, p] = sizes;
  const [nx, ny, nz] = shape;
  const centre = options.centre ?? shape.map((size) => Math.floor(size / 2));
  if (centre.some((at, axis) => at >= shape[axis]))
    throw new InvalidArgument("centre", centre.join(", "), "give a voxel of the volume");
  const nVoxels = nx * ny * nz;
  if (p > nVoxels)
    throw new InvalidArgument(
      "shape",
      shape.join(" × "),
      `give at least ${p} voxels, one a channel`,
    );
  const far = (voxel: number): number => {
    const place = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
    return place.reduce((sum, at, axis) => sum + (at - centre[axis]) ** 2, 0);
  };
  const order = Array.from({ length: nVoxels }, (_, voxel) => voxel);
  order.sort((a, b) => far(a) - far(b) || a - b);
  const voxels = Int32Array.from(order.slice(0, p)).sort();
  const { normal } = lotOf("layOutInVolume", options, noise);
  const out = new Float64Array(nVoxels * n).map(() => (noise === 0 ? 0 : noise * normal()));
  voxels.forEach((voxel, c) => {
    for (let row = 0; row < n; row++) out[voxel * n + row] += Number(data[row * p + c]);
  });
  const affine = [0, 1, 2].map((axis) => [
    ...[0, 1, 2].map((other) => (other === axis ? voxelMm : 0)),
    (-voxelMm * (shape[axis] - 1)) / 2,
  ]);
  return { data: out, shape: [nx, ny, nz, n], affine: [...affine, [0, 0, 0, 1]], voxels };
}

function inVolumeShape(shape: unknown): void {
  three("[nx, ny, nz]", 1)(shape, "shape");
}

/** Where simulated vertices lie. */
export interface LayOutOnSurfaceOptions {
  /** Vertices of the surface. */
  readonly nVertices: number;
  /** The vertices with the patterns, one a channel, as those of a label. */
  readonly vertices: ArrayLike<number>;
  /** Standard deviation of the noise of all vertices. Default 1. */
  readonly noise?: number;
  /** Default 0. */
  readonly seed?: number;
}

const onSurfaceNames: OptionNames<LayOutOnSurfaceOptions> = {
  nVertices: whole(1, 1e8),
  vertices: numbers,
  noise: notNegative,
  seed: true,
};

/**
 * Simulated patterns on a surface: vertices × observations, noise alone beyond the vertices of the patterns.
 *
 * @param patterns - observations × channels, as `simulateData` makes them.
 * @throws ShapeMismatch for another number of vertices than channels; InvalidArgument for one that is not there or twice.
 * @example
 * import { layOutOnSurface, simulateData } from "tsrsa";
 * const { patterns } = simulateData([1, 4, 2], { nChannels: 2, noise: 0, seed: 1 });
 * const map = layOutOnSurface(patterns, { nVertices: 4, vertices: [1, 3], noise: 0 });
 * map.data[3] === patterns.data[0]; // true
 */
export function layOutOnSurface(
  patterns: Matrix,
  options: LayOutOnSurfaceOptions,
): Matrix<Float64Array> {
  checkOptions(options, onSurfaceNames);
  const { nVertices, vertices, noise = 1 } = options;
  whole(1, 1e8)(nVertices, "nVertices");
  numbers(vertices, "vertices");
  const { data, shape } = observationsOf(patterns);
  const [n, p] = shape;
  if (vertices.length !== p)
    throw new ShapeMismatch(`${p} vertices, one a channel`, `${vertices.length}`);
  const own = Array.from(vertices);
  const wrong = own.find(
    (vertex, at) =>
      !Number.isInteger(vertex) || vertex < 0 || vertex >= nVertices || own.indexOf(vertex) !== at,
  );
  if (wrong !== undefined)
    throw new InvalidArgument(
      "vertices",
      wrong,
      `give vertices from 0 to ${nVertices - 1}, each once`,
    );
  const { normal } = lotOf("layOutOnSurface", options, noise);
  const out = new Float64Array(nVertices * n).map(() => (noise === 0 ? 0 : noise * normal()));
  own.forEach((vertex, c) => {
    for (let row = 0; row < n; row++) out[vertex * n + row] += Number(data[row * p + c]);
  });
  return { data: out, shape: [nVertices, n] };
}

/** The noise of a layout, noted where there is any. */
function lotOf(call: string, options: { readonly seed?: number }, noise: number): Random {
  const { seed = 0 } = options;
  if (noise > 0) noteDraw(call, { ...options, noise, seed });
  return random(seed);
}

function observationsOf(patterns: Matrix): Matrix {
  const checked = checkedMatrix(patterns, "patterns");
  if (checked.shape.length === 2) return checked;
  throw new ShapeMismatch("observations × channels in patterns", checked.shape.join(" × "));
}
