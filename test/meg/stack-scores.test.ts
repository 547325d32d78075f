import { describe, expect, test } from "vitest";
import {
  permutationClusterTest,
  random,
  SensorScores,
  stackScores,
  summarizePeople,
} from "../../src/index.ts";
import { near, stack } from "../stats/group/reference.ts";

const times = Float64Array.of(0, 0.01, 0.02, 0.03, 0.04);

function scoresOf(channels: readonly string[], scores: ArrayLike<number>, more: object = {}) {
  return new SensorScores({
    scores: Float64Array.from(scores),
    modelNames: ["idea"],
    channels,
    times,
    rsaMetric: "spearman",
    nItems: 10,
    ...more,
  });
}

describe("channels in common, in the first person's order", () => {
  const people = stack.input.people.map(({ channels, scores }) => scoresOf(channels, scores.data));
  const group = stackScores(people);
  const { expected } = stack;

  test("agrees with the reference", async () => {
    expect(group.channels).toEqual(expected.channels);
    expect([...group.scores]).toEqual(near(expected.stack));
    expect([...group.mean().scores]).toEqual(near(expected.mean));
    const shape = [3, expected.channels.length, 5];
    const { sem } = await summarizePeople({ data: group.scores, shape });
    expect([...sem.data]).toEqual(near(expected.sem));
  });

  test("who lacks which sensor is said", () => {
    const missing = Object.entries(expected.leftOut).map(([channel, at]) => ({
      channel,
      missingIn: at.map((person) => `person ${person + 1}`),
    }));
    expect(group.leftOut).toEqual(missing);
    expect(group.notes).toEqual([
      "2 sensors were left out, as not all people have them: B (missing in person 3), E (missing in person 1, person 2)",
    ]);
  });

  test('with channels: "same" they are refused by name', () => {
    expect(() => stackScores(people, { channels: "same" })).toThrow(/B \(missing in person 3\)/);
    const names = ["anna", "ben", "eva"];
    expect(() => stackScores(people, { channels: "same", names })).toThrow(/missing in eva/);
  });

  test("one person comes out as it went in, but for the sensors left out", () => {
    const second = group.person("person 2");
    for (const channel of expected.channels)
      expect(second.series("idea", channel)).toEqual(people[1].series("idea", channel));
  });

  test("observations of a test are people × times × sensors", () => {
    const { data, shape, axes, channels } = group.observations("idea");
    expect({ shape, axes, channels }).toEqual({
      shape: [3, 5, 3],
      axes: ["people", "times", "sensors"],
      channels: ["A", "C", "D"],
    });
    const of = (person: number, channel: string, time: number) =>
      people[person].series("idea", channel).values[time];
    expect([data[0], data[1], data[3], data[15]]).toEqual([
      of(0, "A", 0),
      of(0, "C", 0),
      of(0, "A", 1),
      of(1, "A", 0),
    ]);
    expect(group.observations("idea", "C").shape).toEqual([3, 5]);
  });
});

describe("eight people, one with a bad channel", () => {
  const all = Array.from({ length: 32 }, (_, at) => `EEG ${String(at + 1).padStart(3, "0")}`);
  const { normal } = random(7);
  const people = Array.from({ length: 8 }, (_, person) => {
    const channels = person === 3 ? all.filter((name) => name !== "EEG 007") : all;
    const effect = (name: string) => (name <= "EEG 016" ? 1.5 : 0);
    return scoresOf(
      channels,
      channels.flatMap((name) => Array.from(times, () => effect(name) + normal())),
    );
  });

  test("the effect is found, on the 31 sensors in common", async () => {
    const group = stackScores(people);
    expect(group.channels).toHaveLength(31);
    expect(group.notes[0]).toContain("EEG 007 (missing in person 4)");
    const pairs = group.channels.slice(1).map((_, at): [number, number] => [at, at + 1]);
    const adjacency = { names: group.channels, pairs };
    const options = { adjacency, onProgress: false } as const;
    const { significant } = await permutationClusterTest(group.observations("idea"), options);
    expect(significant[0].pValue).toBe(1 / 128);
    const sensors = new Set(Array.from(significant[0].positions, (at) => at % 31));
    expect(Math.max(...sensors)).toBeLessThan(17);
  });

  test("or the channel is named in a refusal", () =>
    expect(() => stackScores(people, { channels: "same" })).toThrow(/EEG 007/));
});

describe("people who cannot be put together", () => {
  const one = scoresOf(["A"], [1, 2, 3, 4, 5]);
  const other = (more: object, channels = ["A"]) => scoresOf(channels, [1, 2, 3, 4, 5], more);

  test("other times, models or comparisons, and nothing in common", () => {
    const late = Float64Array.from(times, (time) => time + 0.006);
    expect(() => stackScores([one, other({ times: late })])).toThrow(/half a sample/);
    const near = Float64Array.from(times, (time) => time + 0.004);
    expect(stackScores([one, other({ times: near })]).times).toBe(times);
    expect(() => stackScores([one, other({ modelNames: ["else"] })])).toThrow(/same models/);
    expect(() => stackScores([one, other({ rsaMetric: "pearson" })])).toThrow(/same comparison/);
    expect(() => stackScores([one, other({}, ["B"])])).toThrow(/no sensor that all have/);
  });

  test("nobody, strangers, and names that do not fit", () => {
    expect(() => stackScores([])).toThrow(/none/);
    expect(() => stackScores({})).toThrow(/none/);
    expect(() => stackScores([one, { scores: [] } as never])).toThrow(/person 2/);
    expect(() => stackScores([one], { names: ["a", "b"] })).toThrow(/names/);
    expect(() => stackScores([one, one], { names: ["a", "a"] })).toThrow(/another name/);
    expect(() => stackScores([one], { channel: "same" } as never)).toThrow(/channels/);
  });

  test("one person is a stack of one; items may differ, and that is said", () => {
    expect(stackScores([one]).observations().shape).toEqual([1, 5]);
    expect(stackScores([one, other({ nItems: 9 })]).notes).toEqual([
      "people differ in items: 9, 10",
    ]);
  });
});

test("mean and band of a model over time, for a figure", async () => {
  const group = stackScores({
    anna: scoresOf(["A"], [1, 2, 3, 4, 5]),
    ben: scoresOf(["A"], [3, 2, 3, 4, 6]),
  });
  const [series] = await group.timeSeries(undefined, { interval: "sem" });
  expect(series.name).toBe("idea");
  expect([...series.values]).toEqual([2, 2, 3, 4, 5.5]);
  expect([...series.upper]).toEqual([3, 2, 3, 4, 6]);
  expect(series.bandLabel).toBe("mean of 2 people ± 1 standard error");
  expect(group.toTable().row(5)).toEqual({ person: "ben", time: 0, idea: 3 });
});
