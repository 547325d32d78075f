import { sameTimes } from "../../core/times.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkOptions, without, type OptionNames } from "../../core/gate/options.ts";
import { namedPeople } from "../../stats/group/named-people.ts";
import type { ClusterTest } from "../../stats/permutation/cluster-test.ts";
import {
  permutationClusterNames,
  permutationClusterTest,
  type PermutationClusterOptions,
} from "../../stats/permutation/permutation-cluster-test.ts";
import { TimeTime } from "./time-time.ts";

const laidOut = ["adjacency", "axes", "channels", "maxStep", "exclude", "versus"] as const;

/** How time × time matrices of people are tested. */
export type TestTimeTimeOptions = Omit<PermutationClusterOptions, (typeof laidOut)[number]>;

const testTimeTimeNames: OptionNames<TestTimeTimeOptions> = without(
  laidOut,
  permutationClusterNames,
);

/** Matrices of people, tested. */
export interface TimeTimeTest {
  /** Mean over people. */
  readonly mean: TimeTime;
  readonly t: TimeTime;
  /** Corrected p; `NaN` in cells that are not tested. */
  readonly pValues: TimeTime;
  /** Positions of clusters count the tested cells, in C order. */
  readonly test: ClusterTest;
  readonly notes: readonly string[];
}

/**
 * Where and when time × time matrices of people differ from 0: a cluster permutation test over the two axes (sign flips),
 * of a symmetric matrix its upper triangle alone, and without times that share data.
 *
 * @throws ShapeMismatch for people of other times; InvalidArgument where other things were compared; as
 *   `permutationClusterTest`.
 * @example
 * import { TimeTime, testTimeTime } from "tsrsa";
 * const times = Float64Array.of(0, 0.1);
 * const one = (...scores: number[]) =>
 *   new TimeTime({ scores: Float64Array.from(scores), rowTimes: times, columnTimes: times, rowName: "half 1", columnName: "half 2", label: "spearman of RDMs", symmetric: false, overlapS: undefined });
 * const people = [one(0.5, 0.1, 0, 0.4), one(0.4, -0.1, 0.1, 0.5), one(0.6, 0, -0.1, 0.3), one(0.5, 0.1, -0.1, 0.4)];
 * const { pValues } = await testTimeTime(people, { tail: "greater", onProgress: false });
 * pValues.at(0, 0); // 0.0625
 */
export async function testTimeTime(
  people: readonly TimeTime[] | Readonly<Record<string, TimeTime>>,
  options: TestTimeTimeOptions = {},
): Promise<TimeTimeTest> {
  checkOptions(options, testTimeTimeNames);
  const isOne = (value: unknown): value is TimeTime => value instanceof TimeTime;
  const { names, values } = namedPeople(people, undefined, isOne, "TimeTime matrices");
  const [first] = values;
  values.forEach((one, at) => checkSame(first, one, names[at]));
  const inside = first.tested();
  const cells = Array.from(inside.keys()).filter((at) => inside[at] === 1);
  if (cells.length === 0)
    throw new InvalidArgument(
      "people",
      "no cell to test",
      "all times share data: take more of them, or smaller windows",
    );
  const [nRows, nColumns] = [first.rowTimes.length, first.columnTimes.length];
  const data = Float64Array.from(values.flatMap(({ scores }) => cells.map((at) => scores[at])));
  const mask = { data: inside, shape: [1, nRows, nColumns] };
  const test = await permutationClusterTest(
    { data, shape: [values.length, cells.length] },
    { ...options, adjacency: { mask, connectivity: 6 } },
  );
  const filled = (of: ArrayLike<number>, label: string): TimeTime => {
    const scores = new Float64Array(nRows * nColumns).fill(NaN);
    cells.forEach((at, k) => (scores[at] = of[k]));
    return new TimeTime({ ...first, scores, label, notes: [] });
  };
  const mean = first.scores.map(
    (_, at) => values.reduce((sum, { scores }) => sum + scores[at], 0) / values.length,
  );
  const left = inside.length - cells.length;
  const note = `${left} of ${inside.length} cells were not tested: they share data, or mirror others`;
  return {
    mean: new TimeTime({
      ...first,
      scores: mean,
      label: `${first.label}, mean of ${values.length} people`,
    }),
    t: filled(test.t.data, "t"),
    pValues: filled(test.pValues.data, "corrected p"),
    test,
    notes: [...(left > 0 ? [note] : []), ...test.notes],
  };
}

function checkSame(first: TimeTime, one: TimeTime, person: string): void {
  if (!sameTimes(first.rowTimes, one.rowTimes) || !sameTimes(first.columnTimes, one.columnTimes))
    throw new ShapeMismatch(
      `${first.rowTimes.length} × ${first.columnTimes.length} times, as of the first person`,
      `${one.rowTimes.length} × ${one.columnTimes.length} of ${person}`,
      "give all people the same windows",
    );
  if (first.label !== one.label || first.symmetric !== one.symmetric)
    throw new InvalidArgument(
      `matrix of ${person}`,
      one.label,
      `others are ${first.label}; compare all people in one way`,
    );
}
