import { InvalidArgument } from "../core/errors.ts";
import { text, thing } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { ClusterTest } from "../stats/permutation/cluster-test.ts";
import {
  permutationClusterNames,
  permutationClusterTest,
  type PermutationClusterOptions,
} from "../stats/permutation/permutation-cluster-test.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";
import type { Fusion } from "./fusion.ts";

const laidOut = ["adjacency", "axes", "channels", "maxStep", "exclude", "versus"] as const;

/** How a fusion is tested over people. */
export interface TestFusionOptions extends Omit<
  PermutationClusterOptions,
  (typeof laidOut)[number]
> {
  /** Test the share common with this model instead of the likeness of RDMs. */
  readonly common?: string;
}

const testFusionNames: OptionNames<TestFusionOptions> = {
  ...without(laidOut, permutationClusterNames),
  common: text,
};

/** A fusion, tested. */
export interface FusionTest {
  readonly test: ClusterTest;
  /** Corrected p: nRegions × nTimes, C order. */
  readonly pValues: Float64Array;
  /** One row a cluster: `region`, `from` and `to` (s), `p`, `peak_t`. Its ends are no onset and offset. */
  readonly clusters: Table;
  readonly notes: readonly string[];
}

/**
 * When does MEG look like each region, over people: clusters along time (sign flips of people's curves), corrected for all
 * regions at once. It speaks of people of the MEG side; the fMRI RDMs are fixed.
 *
 * @throws InvalidArgument for a single person; UnknownOption; Cancelled.
 * @example
 * import { fuse, random, Rdm, testFusion } from "tsrsa";
 * const items = ["a", "b", "c", "d"];
 * const rng = random(1);
 * const person = () => [0, 0.1].map((timeS) => new Rdm([1, 2, 3, 4, 5, 6].map((d) => d + 5 * rng.next()), { items, meta: { timeS } }));
 * const people = { anna: person(), ben: person(), carl: person(), dora: person(), emil: person() };
 * const fusion = await fuse(people, [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "V1" })], { onProgress: false });
 * const { clusters } = await testFusion(fusion, { tail: "greater", onProgress: false });
 * clusters.column("region")[0]; // V1
 */
export async function testFusion(
  fusion: Fusion,
  options: TestFusionOptions = {},
): Promise<FusionTest> {
  thing("a fusion, as fuse gives it", "people", "regions", "times")(fusion, "fusion");
  checkOptions(options, testFusionNames);
  const { common, ...how } = options;
  const { people, regions, times } = fusion;
  if (people.length < 2)
    throw new InvalidArgument(
      "people",
      people.length,
      "give { name: RDMs over time } of two people or more to fuse",
    );
  const all = common === undefined ? fusion.scores : fusion.commonGroup(common).scores;
  const [nR, nT] = [regions.length, times.length];
  const data = new Float64Array(all.length);
  all.forEach((score, at) => {
    const [person, region, t] = [Math.floor(at / (nR * nT)), Math.floor(at / nT) % nR, at % nT];
    data[(person * nT + t) * nR + region] = score;
  });
  const test = await permutationClusterTest(
    { data, shape: [people.length, nT, nR] },
    { ...how, adjacency: { neighbours: regions.map(() => []) } },
  );
  const p = test.pValues.data;
  const clusters = test.clusters.map(({ positions, pValue, peakT }) => {
    const at = Array.from(positions, (k) => Math.floor(k / nR));
    const [from, to] = [Math.min(...at), Math.max(...at)];
    return {
      region: regions[positions[0] % nR],
      from: times[from],
      to: times[to],
      p: pValue,
      peakT,
    };
  });
  return {
    test,
    pValues: Float64Array.from(
      { length: nR * nT },
      (_, k) => p[(k % nT) * nR + Math.floor(k / nT)],
    ),
    clusters: new Table({
      region: clusters.map((one): Cell => one.region),
      from: clusters.map((one): Cell => one.from),
      to: clusters.map((one): Cell => one.to),
      p: clusters.map((one): Cell => one.p),
      peak_t: clusters.map((one): Cell => one.peakT),
    }),
    notes: ["people of the MEG side are random here, the fMRI RDMs fixed", ...test.notes],
  };
}
