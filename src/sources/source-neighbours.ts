import { InvalidArgument } from "../core/errors.ts";
import { listOf, positive, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { FifSourceSpace } from "../io/fif/index.ts";
import type { NamedNeighbours } from "../stats/permutation/index.ts";
import { nearIn } from "./source-patches.ts";
import { gridShapeOf, placeOnGrid } from "./source-grid.ts";
import type { SourceSpaces } from "./source-patches.ts";
import { namesOfSources } from "./source-estimates.ts";

/** Which sources count as beside each other. */
export interface SourceNeighboursOptions extends Omit<JobOptions, "jobs"> {
  /** Sources up to this far from each other along the cortex, in metres. Default: those that an edge joins. */
  readonly withinM?: number;
}

const optionNames: OptionNames<SourceNeighboursOptions> = {
  withinM: positive,
  signal: true,
  onProgress: true,
};

/** Source spaces of a user. */
export const someSpaces = listOf(
  thing("source spaces, as readSourceSpaces gives them", "points", "vertices"),
);

type Pair = readonly [number, number];

/**
 * Which sources lie beside each other, by name (`left 12`): what `permutationClusterTest` takes as `adjacency`. On the
 * cortex those that an edge of the sources' own triangles joins (spacings `ico` and `oct` have them), or with `withinM`
 * all so near; in a volume the six neighbours on the grid. Estimates with other sources are joined by name.
 *
 * Agrees with `mne.spatial_src_adjacency`, also with its `dist`; ways that the file lacks are computed.
 *
 * @throws InvalidArgument for a spacing without triangles and no `withinM`, and a volume with it; Cancelled.
 * @example
 * import { readSourceSpaces, sourceNeighbours } from "tsrsa";
 * async function nPairs(path: string) {
 *   return (await sourceNeighbours(await readSourceSpaces(path))).pairs.length;
 * }
 */
export async function sourceNeighbours(
  spaces: SourceSpaces,
  options: SourceNeighboursOptions = {},
): Promise<NamedNeighbours> {
  someSpaces(spaces, "spaces");
  checkOptions(options, optionNames);
  const volume = spaces.length === 1 && spaces[0].kind !== "surface";
  const { withinM } = options;
  if (volume && withinM !== undefined)
    throw new InvalidArgument(
      "withinM",
      withinM,
      "leave it out: in a volume neighbours are those on the grid",
    );
  const pairs: Pair[] = [];
  let first = 0;
  for (const space of spaces) {
    for (const [a, b] of await pairsIn(space, options)) pairs.push([first + a, first + b]);
    first += space.vertices.length;
  }
  const names = namesOfSources(
    spaces.map(({ vertices }) => vertices),
    volume ? "volume" : "surface",
  );
  return { names, pairs, words: wordsOf(volume, withinM) };
}

function wordsOf(volume: boolean, withinM: number | undefined): string {
  if (volume) return "6 neighbours on the grid";
  return withinM === undefined
    ? "joined by edges of the cortex"
    : `up to ${Number((1000 * withinM).toPrecision(4))} mm apart along the cortex`;
}

/** Pairs of sources of one space, by their places in it, each once. */
async function pairsIn(
  space: FifSourceSpace,
  { withinM, signal, onProgress }: SourceNeighboursOptions,
): Promise<Pair[]> {
  if (space.kind !== "surface") return pairsOnGrid(space);
  if (withinM === undefined) return pairsOfTriangles(space);
  // Ways are float32 in files, and one of just this length counts.
  const justAbove = Math.fround(withinM) * (1 + Number.EPSILON);
  const near = await nearIn(space, space.vertices, justAbove, { signal, onProgress });
  return near.flatMap((rows, a) =>
    Array.from(rows)
      .filter((b) => b > a)
      .map((b): Pair => [a, b]),
  );
}

function pairsOfTriangles({ usedTriangles, vertices }: FifSourceSpace): Pair[] {
  if (usedTriangles === undefined)
    throw new InvalidArgument(
      "spaces",
      "a hemisphere without triangles of its sources",
      "its spacing is neither ico nor oct; say how near neighbours are, as withinM: 0.01",
    );
  const rowOf = new Map(Array.from(vertices, (vertex, row) => [vertex, row]));
  const found = new Map<string, Pair>();
  const { data } = usedTriangles;
  for (let at = 0; at < data.length; at++) {
    const next = at % 3 === 2 ? at - 2 : at + 1;
    const [a, b] = [rowOf.get(data[at]), rowOf.get(data[next])];
    // Sources near the skull may have been dropped: their edges are gone.
    if (a === undefined || b === undefined || a === b) continue;
    const pair: Pair = a < b ? [a, b] : [b, a];
    found.set(pair.join(), pair);
  }
  return [...found.values()].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
}

function pairsOnGrid(space: FifSourceSpace): Pair[] {
  const { vertices } = space;
  const shape = gridShapeOf(space, "neighbours need a volume on a grid");
  const [nx, ny, nz] = shape;
  const rowOf = new Map(Array.from(vertices, (vertex, row) => [vertex, row]));
  return Array.from(vertices).flatMap((vertex, a) => {
    const [x, y, z] = placeOnGrid(shape, vertex);
    const steps = [x + 1 < nx ? 1 : 0, y + 1 < ny ? nx : 0, z + 1 < nz ? nx * ny : 0];
    return steps.flatMap((step): Pair[] => {
      const b = step === 0 ? undefined : rowOf.get(vertex + step);
      return b === undefined ? [] : [[a, b]];
    });
  });
}
