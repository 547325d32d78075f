import { text } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import type { ClusterTest } from "../stats/permutation/cluster-test.ts";
import {
  permutationClusterNames,
  permutationClusterTest,
  type PermutationClusterOptions,
} from "../stats/permutation/permutation-cluster-test.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import { positionsOf, voxelOfNumber } from "./coordinates.ts";
import type { MapStack } from "./map-stack.ts";
import type { ScoreMap } from "./score-map.ts";
import {
  isMaps,
  stackMaps,
  stackMapsNames,
  type PeopleMaps,
  type StackMapsOptions,
} from "./stack-maps.ts";

/** How a map of a group is tested. */
export interface GroupMapsOptions
  extends
    StackMapsOptions,
    Omit<
      PermutationClusterOptions,
      "adjacency" | "axes" | "channels" | "maxStep" | "exclude" | "versus"
    > {
  /** Which model. The only one need not be named. */
  readonly model?: string;
  /** A second group of people, of whom the first is tested to differ. Default: the first is tested against 0. */
  readonly versus?: PeopleMaps;
  /** Voxels that share a face (6), also an edge (18), also a corner (26) lie beside each other. Default: 6. */
  readonly connectivity?: 6 | 18 | 26;
}

/** A group's map and its test; maps are float32 on the grid of the people, 0 (p: 1) outside of the voxels all have. */
export interface GroupMaps {
  readonly stack: MapStack;
  /** Mean over people; with `versus` the difference of the means. */
  readonly mean: ScoreMap;
  readonly t: ScoreMap;
  /** Corrected p of each voxel. */
  readonly p: ScoreMap;
  /** The mean where it is significant, 0 elsewhere. */
  readonly significant: ScoreMap;
  readonly test: ClusterTest;
  /** One row a cluster: `p`, `voxels`, `statistic`, `peak_t`, `x`, `y`, `z` in mm and `i`, `j`, `k` of the peak. */
  readonly clusters: Table;
  readonly notes: readonly string[];
}

const groupMapsNames: OptionNames<GroupMapsOptions> = {
  ...without(
    ["adjacency", "axes", "channels", "maxStep", "exclude", "versus"],
    permutationClusterNames,
  ),
  ...stackMapsNames,
  model: text,
  versus: (value, argument) => {
    if (typeof value !== "object" || value === null)
      throw new InvalidArgument(argument, value, "give maps of people");
  },
  connectivity: true,
};

/**
 * A map of a group in one call: maps of people stacked by voxel and model, their mean, t and corrected p by a cluster
 * permutation test (see {@link permutationClusterTest}) over voxels that lie beside each other.
 *
 * @throws as {@link stackMaps} and {@link permutationClusterTest}.
 *
 * @example
 * import { groupMaps, type RsaMaps } from "tsrsa";
 * async function whereDoesItFit(people: Record<string, RsaMaps>) {
 *   const { clusters, significant } = await groupMaps(people, { model: "categories", tail: "greater", tfce: true });
 *   return { clusters, significant };
 * }
 */
export async function groupMaps(
  people: PeopleMaps,
  options: GroupMapsOptions = {},
): Promise<GroupMaps> {
  checkOptions(options, groupMapsNames);
  const { model, versus, connectivity = 6, names, voxels, ...test } = options;
  const { stack, other } = stacksOf(people, versus, { names, voxels });
  const first = stack.observations(model);
  const second = other?.observations(model);
  const result = await permutationClusterTest(first, {
    ...test,
    ...(second === undefined ? {} : { versus: second }),
    adjacency: { mask: stack.mask, connectivity },
  });
  const mean = meansOf(stack, other, model);
  const { name } = stack.mean(model);
  const map = (of: string, values: ArrayLike<number>, outside = 0) =>
    stack.volume(values, { name, description: `${of}: ${name}`, outside });
  const p = result.pValues.data;
  const passing = mean.map((value, at) => (p[at] <= result.alpha ? value : 0));
  return {
    stack,
    mean: map(`${other === undefined ? "mean" : "difference"} of ${sizeWords(stack, other)}`, mean),
    t: map(`t of ${sizeWords(stack, other)}`, result.t.data),
    p: map(`corrected p of ${sizeWords(stack, other)}`, p, 1),
    significant: map(`mean where p is up to ${result.alpha}`, passing),
    test: result,
    clusters: clusterTable(stack, result),
    notes: [...stack.notes, ...result.notes],
  };
}

interface Stacks {
  readonly stack: MapStack;
  readonly other: MapStack | undefined;
}

/** One group, or two with the voxels that all people of both have. */
function stacksOf(
  people: PeopleMaps,
  versus: PeopleMaps | undefined,
  { names, voxels }: StackMapsOptions,
): Stacks {
  if (versus === undefined)
    return { stack: stackMaps(people, { names, voxels }), other: undefined };
  const wanted = "maps, as rsaNifti gives them";
  const first = namedPeople(people, names, isMaps, wanted);
  const second = namedPeople(versus, undefined, isMaps, wanted);
  const others = second.names.map((name) => `${name} of the second group`);
  const both = stackMaps([...first.values, ...second.values], {
    names: [...first.names, ...others],
    voxels,
  });
  return { stack: both.only(first.names), other: both.only(others) };
}

function meansOf(stack: MapStack, other: MapStack | undefined, model: string | undefined) {
  const means = (of: MapStack): Float64Array => {
    const { data, shape } = of.observations(model);
    const sums = new Float64Array(shape[1]);
    data.forEach((score, k) => (sums[k % shape[1]] += score));
    return sums.map((sum) => sum / shape[0]);
  };
  const mean = means(stack);
  if (other === undefined) return mean;
  const second = means(other);
  return mean.map((value, at) => value - second[at]);
}

function sizeWords(stack: MapStack, other: MapStack | undefined): string {
  const n = stack.people.length;
  return other === undefined ? `${n} people` : `${n} against ${other.people.length} people`;
}

function clusterTable({ grid, centres }: MapStack, { clusters }: ClusterTest): Table {
  const peaks = clusters.map(({ peakPosition }) => centres[peakPosition]);
  const mm = positionsOf(grid, peaks);
  const voxels = peaks.map((peak) => voxelOfNumber(grid.shape, peak));
  const along = (axis: number) => peaks.map((_, at): Cell => mm[3 * at + axis]);
  return new Table({
    p: clusters.map(({ pValue }): Cell => pValue),
    voxels: clusters.map(({ positions }) => positions.length),
    statistic: clusters.map(({ statistic }) => statistic),
    peak_t: clusters.map(({ peakT }) => peakT),
    x: along(0),
    y: along(1),
    z: along(2),
    i: voxels.map((voxel) => voxel[0]),
    j: voxels.map((voxel) => voxel[1]),
    k: voxels.map((voxel) => voxel[2]),
  });
}
