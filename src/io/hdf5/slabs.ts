import { InvalidArgument } from "../../core/errors.ts";
import { sizeOf } from "../../core/matrix.ts";

/** A part of a data set: where it starts and how many values it has on each axis. */
export interface Hdf5Box {
  readonly start: readonly number[];
  readonly count: readonly number[];
}

/** A part of a box that is read at once. */
export interface Slab extends Hdf5Box {
  readonly nBytes: number;
}

/** HDF5's memory never shrinks again, so that a row of 100 MB is read in parts. */
const slabBytes = 4 * 2 ** 20;

/** A box cut into parts that follow each other in C order, none longer than `most` bytes unless a single value is. */
export function slabsOf(box: Hdf5Box, valueBytes: number, most = slabBytes): Slab[] {
  const { start, count } = box;
  if (sizeOf(count) === 0) return [];
  const axis = cutAxis(count, valueBytes, most);
  if (axis < 0) return [{ start, count, nBytes: sizeOf(count) * valueBytes }];
  const inner = sizeOf(count.slice(axis + 1)) * valueBytes;
  const step = Math.max(1, Math.floor(most / inner));
  return outerPlaces(count.slice(0, axis)).flatMap((outer) => {
    return Array.from({ length: Math.ceil(count[axis] / step) }, (_, part) => {
      const length = Math.min(step, count[axis] - part * step);
      const offset = [...outer, part * step, ...count.slice(axis + 1).map(() => 0)];
      const extent = [...outer.map(() => 1), length, ...count.slice(axis + 1)];
      return {
        start: start.map((from, at) => from + offset[at]),
        count: extent,
        nBytes: length * inner,
      };
    });
  });
}

/** Memory for a slab that two threads share; undefined where that is not to be had. */
export function sharedPlace(): SharedArrayBuffer | undefined {
  return typeof SharedArrayBuffer === "undefined" ? undefined : new SharedArrayBuffer(slabBytes);
}

/** The first axis whose single step is short enough; −1 when there is no axis to cut. */
function cutAxis(count: readonly number[], valueBytes: number, most: number): number {
  const fits = (axis: number) => sizeOf(count.slice(axis + 1)) * valueBytes <= most;
  return count.findIndex((_, axis) => fits(axis));
}

/** Every place on these axes, the last one fastest. */
function outerPlaces(count: readonly number[]): number[][] {
  return count.reduce<number[][]>(
    (places, length) =>
      places.flatMap((place) => Array.from({ length }, (_, at) => [...place, at])),
    [[]],
  );
}

/** A box inside of a shape; all of it without one. Throws `InvalidArgument`. */
export function checkedBox(path: string, shape: readonly number[], box?: Hdf5Box): Hdf5Box {
  const { start, count } = box ?? { start: shape.map(() => 0), count: shape };
  const inside =
    start.length === shape.length &&
    count.length === shape.length &&
    shape.every(
      (length, at) => isWhole(start[at]) && isWhole(count[at]) && start[at] + count[at] <= length,
    );
  if (inside) return { start, count };
  throw new InvalidArgument(
    "box",
    `start (${start.join(", ")}), count (${count.join(", ")})`,
    `${path} has shape (${shape.join(", ")}); give a start and a count inside of it for every axis`,
  );
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
