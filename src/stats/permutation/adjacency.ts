import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { either, kind, listOf, numbers, oneOf, thing } from "../../core/gate/kinds.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { sizeOf, type Matrix } from "../../core/matrix.ts";
import type { NamedAxes } from "./axes.ts";
import { flatLists, type Block, type FlatLists } from "./flat-lists.ts";
import { maskNeighbours, type Connectivity } from "./mask-neighbours.ts";
import { neighbourLists, type NamedNeighbours } from "./named-neighbours.ts";

/**
 * Which positions lie beside each other. `lattice`: along every axis, the next and the previous one (times; times ×
 * frequencies; a full volume). `none`: each position for itself. A mask: voxels of a 3-D grid, which are the last
 * axis of the observations (as many as the mask has non-zero voxels, in C order) or their last three axes. Named
 * neighbours: sensors, joined by name. Neighbours: for each place of the last axis the places beside it. Axes that a
 * mask or neighbours leave over form a lattice.
 */
export type Adjacency =
  | "lattice"
  | "none"
  | { readonly mask: Matrix; readonly connectivity?: Connectivity }
  | NamedNeighbours
  | { readonly neighbours: readonly ArrayLike<number>[] };

/** Who lies beside whom, and which positions are tested. */
export interface Neighbours extends FlatLists {
  /** Positions outside of a mask are not tested. Undefined: all are inside. */
  readonly inside: Uint8Array | undefined;
  readonly words: string;
  readonly notes: readonly string[];
}

/** Lists of neighbours for observations of `shape`. Throws `ShapeMismatch`, `InvalidArgument`, `UnknownOption`. */
export function neighboursOf(
  adjacency: Adjacency | undefined,
  shape: readonly number[],
  axes: NamedAxes,
): Neighbours {
  if (adjacency === undefined) refuseSensors(axes);
  if (adjacency === undefined || adjacency === "lattice") return latticeOf(adjacency, shape, axes);
  if (adjacency === "none") {
    const lists = Array.from({ length: sizeOf(shape) }, () => []);
    return {
      ...allInside(flatLists(shape, { lists, step: 1 }, axes.reachOf)),
      words: "each position for itself",
    };
  }
  if (typeof adjacency !== "object") oneOf(["lattice", "none"])(adjacency, "adjacency");
  isAdjacency(adjacency, "adjacency");
  if ("mask" in adjacency) {
    const mask = checkedMatrix(adjacency.mask, "mask");
    return maskAdjacency(mask, adjacency.connectivity ?? 6, shape, axes);
  }
  if ("pairs" in adjacency) return sensorAdjacency(adjacency, shape, axes);
  listOf(numbers)(adjacency.neighbours, "neighbours");
  const lists = checkedLists(adjacency.neighbours, shape);
  return {
    ...allInside(flatLists(shape, { lists, step: 1 }, axes.reachOf)),
    words: "given neighbours",
  };
}

function allInside(lists: FlatLists) {
  return { ...lists, inside: undefined, notes: [] };
}

/** The order of sensors in a file is no neighbourhood. */
function refuseSensors({ sensors }: NamedAxes): void {
  if (sensors === undefined) return;
  throw new InvalidArgument(
    "adjacency",
    "none given for an axis of sensors",
    "their order in the file is no neighbourhood; give adjacency: sensorNeighbours(info) (of sources: sourceNeighbours(spaces)), " +
      '"none", or "lattice" to take their order on purpose',
  );
}

function latticeOf(
  adjacency: "lattice" | undefined,
  shape: readonly number[],
  { sensors, named, reachOf }: NamedAxes,
): Neighbours {
  const lists = flatLists(shape, { lists: [[]], step: 1 }, reachOf);
  const asked = "sensors were taken as neighbours in their order, as asked";
  const unasked = `all ${shape.length} axes were taken as a lattice, the next and the previous place along each; where one is sensors, give their neighbours as adjacency`;
  const notes =
    sensors !== undefined
      ? [asked]
      : adjacency === undefined && !named && shape.length > 1
        ? [unasked]
        : [];
  return { ...lists, inside: undefined, words: "neighbours on a lattice", notes };
}

function sensorAdjacency(
  named: NamedNeighbours,
  shape: readonly number[],
  { names, sensors, channels, reachOf }: NamedAxes,
): Neighbours {
  if (sensors === undefined || channels === undefined)
    throw new InvalidArgument(
      "adjacency",
      "neighbours by name, for observations whose sensors have no names",
      'give channels: the names along the axis of sensors, and axes (as ["times", "sensors"]) where it is not clear which that is',
    );
  const lists = neighbourLists(named, channels);
  const block: Block = {
    lists: lists.map((list) => Int32Array.from(list).sort()),
    step: sizeOf(shape.slice(sensors + 1)),
  };
  const alone = channels.filter((_, at) => lists[at].size === 0);
  const many = names?.[sensors] ?? "sensors";
  return {
    ...flatLists(shape, block, reachOf),
    inside: undefined,
    words: `${channels.length} ${many} with neighbours by name${named.words === undefined ? "" : ` (${named.words})`}`,
    notes: alone.length === 0 || channels.length < 2 ? [] : [aloneWords(alone, many)],
  };
}

function aloneWords(alone: readonly string[], many: string): string {
  const some =
    alone.slice(0, 5).join(", ") + (alone.length > 5 ? ` and ${alone.length - 5} more` : "");
  return alone.length === 1
    ? `1 ${many.replace(/ices$/, "ex").replace(/s$/, "")} has no neighbour: ${some}`
    : `${alone.length} ${many} have no neighbour: ${some}`;
}

const known = "lattice, none, { mask }, { neighbours } or what sensorNeighbours gives";
const isAdjacency = either(thing(known, "mask"), thing(known, "pairs"), thing(known, "neighbours"));

const isConnectivity = kind(
  "6 (faces), 18 (edges) or 26 (corners)",
  (value) => value === 6 || value === 18 || value === 26,
);

function maskAdjacency(
  mask: Matrix,
  connectivity: Connectivity,
  shape: readonly number[],
  { reachOf }: NamedAxes,
): Neighbours {
  isConnectivity(connectivity, "connectivity");
  const words = `${connectivity} neighbours in a volume`;
  const tail = shape.slice(-3);
  const flat = (lists: readonly ArrayLike<number>[]) =>
    allInside(flatLists(shape, { lists, step: 1 }, reachOf));
  if (tail.join() === mask.shape.join()) {
    const size = sizeOf(mask.shape);
    const inside = Uint8Array.from({ length: sizeOf(shape) }, (_, k) =>
      mask.data[k % size] ? 1 : 0,
    );
    return { ...flat(maskNeighbours(mask, connectivity, "grid")), inside, words };
  }
  const lists = maskNeighbours(mask, connectivity, "voxels");
  if (shape[shape.length - 1] !== lists.length)
    throw new ShapeMismatch(
      `${lists.length} values on the last axis, one for each voxel of the mask (or the mask's own shape)`,
      `shape (${shape.join(", ")})`,
      "take the same mask for data and adjacency",
    );
  return { ...flat(lists), words };
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
