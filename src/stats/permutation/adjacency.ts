import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import { sizeOf, type Matrix } from "../../core/matrix.ts";
import { maskNeighbours, type Connectivity } from "./mask-neighbours.ts";

/**
 * Which positions lie beside each other. `lattice`: along every axis, the next and the previous one (times; times ×
 * frequencies; a full volume). `none`: each position for itself. A mask: voxels of a 3-D grid, which are the last
 * axis of the observations (as many as the mask has non-zero voxels, in C order) or their last three axes. Neighbours:
 * for each place of the last axis the places beside it. Axes that a mask or neighbours leave over form a lattice.
 */
export type Adjacency =
  | "lattice"
  | "none"
  | { readonly mask: Matrix; readonly connectivity?: Connectivity }
  | { readonly neighbours: readonly ArrayLike<number>[] };

/** Neighbours of all positions in one list, `list[starts[i]] … list[starts[i + 1] − 1]` those of position i. */
export interface Neighbours {
  readonly starts: Int32Array;
  readonly list: Int32Array;
  /** Positions outside of a mask are not tested. Undefined: all are inside. */
  readonly inside: Uint8Array | undefined;
  readonly words: string;
}

/** Lists of neighbours for observations of `shape`. Throws `ShapeMismatch`, `InvalidArgument`, `UnknownOption`. */
export function neighboursOf(adjacency: Adjacency, shape: readonly number[]): Neighbours {
  if (adjacency === "none")
    return {
      ...flat(
        shape,
        Array.from({ length: sizeOf(shape) }, () => []),
      ),
      words: "each position for itself",
    };
  if (adjacency === "lattice") return { ...flat(shape, [[]]), words: "neighbours on a lattice" };
  if (typeof adjacency !== "object" || adjacency === null)
    throw new UnknownOption("adjacency", String(adjacency), ["lattice", "none"]);
  if ("mask" in adjacency) return maskAdjacency(adjacency.mask, adjacency.connectivity ?? 6, shape);
  return { ...flat(shape, checkedLists(adjacency.neighbours, shape)), words: "given neighbours" };
}

function maskAdjacency(
  mask: Matrix,
  connectivity: Connectivity,
  shape: readonly number[],
): Neighbours {
  const words = `${connectivity} neighbours in a volume`;
  const tail = shape.slice(-3);
  if (tail.join() === mask.shape.join()) {
    const lists = maskNeighbours(mask, connectivity, "grid");
    const size = sizeOf(mask.shape);
    const inside = Uint8Array.from({ length: sizeOf(shape) }, (_, k) =>
      mask.data[k % size] ? 1 : 0,
    );
    return { ...flat(shape, lists), inside, words };
  }
  const lists = maskNeighbours(mask, connectivity, "voxels");
  if (shape[shape.length - 1] !== lists.length)
    throw new ShapeMismatch(
      `${lists.length} values on the last axis, one for each voxel of the mask (or the mask's own shape)`,
      `shape (${shape.join(", ")})`,
      "take the same mask for data and adjacency",
    );
  return { ...flat(shape, lists), words };
}

function checkedLists(lists: readonly ArrayLike<number>[], shape: readonly number[]) {
  const size = shape[shape.length - 1];
  if (lists.length !== size)
    throw new ShapeMismatch(
      `neighbours of ${size} places, the last axis of the observations`,
      `${lists.length}`,
      "give one list of neighbours for each",
    );
  const sets = lists.map(() => new Set<number>());
  lists.forEach((list, i) => {
    for (const j of Array.from(list)) {
      if (!Number.isInteger(j) || j < 0 || j >= size)
        throw new InvalidArgument("neighbour", j, `give places from 0 to ${size - 1}`);
      // Being beside each other goes both ways, and nothing is beside itself.
      if (i === j) continue;
      sets[i].add(j);
      sets[j].add(i);
    }
  });
  return sets.map((set) => Int32Array.from(set).sort());
}

/** Lists for the whole: those given along the last positions, a lattice along the axes before. */
function flat(
  shape: readonly number[],
  lists: readonly ArrayLike<number>[],
): Omit<Neighbours, "words"> {
  const total = sizeOf(shape);
  const steps = latticeSteps(shape, lists.length);
  const starts = new Int32Array(total + 1);
  const list: number[] = [];
  for (let i = 0; i < total; i++) {
    const place = i % lists.length;
    for (const j of Array.from(lists[place])) list.push(i - place + j);
    for (const { step, length } of steps) {
      const along = Math.floor(i / step) % length;
      if (along > 0) list.push(i - step);
      if (along + 1 < length) list.push(i + step);
    }
    starts[i + 1] = list.length;
  }
  return { starts, list: Int32Array.from(list), inside: undefined };
}

/** The axes that `size` last positions do not cover, with the distance of two positions beside each other. */
function latticeSteps(shape: readonly number[], size: number): { step: number; length: number }[] {
  const steps = [];
  let step = 1;
  for (const length of shape.toReversed()) {
    if (step >= size) steps.push({ step, length });
    step *= length;
  }
  return steps;
}
