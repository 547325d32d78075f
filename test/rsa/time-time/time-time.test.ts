import { describe, expect, test } from "vitest";
import {
  crossTemporalEpochs,
  epochsFromArray,
  generalisationEpochs,
  rdmEpochs,
  timeTimeEpochs,
} from "../../../src/meg/index.ts";
import { crossTemporalDissimilarities, unitPatterns } from "../../../src/meg/cross-temporal.ts";
import { Rdm, reorder } from "../../../src/rdm/index.ts";
import {
  compareRdms,
  laggedRdms,
  testTimeTime,
  TimeTime,
  timeTimeRdms,
} from "../../../src/rsa/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: {
    readonly radiusSamples: number;
    readonly metric: "correlation" | "euclidean";
    readonly rsaMetric: "spearman" | "pearson";
    readonly half1: ReferenceArray;
    readonly half2: ReferenceArray;
    readonly step: number;
    readonly model: ReferenceArray;
    readonly rdms: ReferenceArray;
    readonly lags: ReferenceArray;
    readonly pastLags: readonly number[];
  };
  readonly expected: Readonly<Record<string, ReferenceArray>>;
}

const { meta, cases } = readReference<{
  meta: { X: ReferenceArray; Y: ReferenceArray };
  cases: readonly Case[];
}>("./questions/time-time.json");
const quiet = { onProgress: false } as const;
const items = Array.from({ length: 10 }, (_, at) => `i${at}`);
const SFREQ = 100;
const epochsOf = (array: ReferenceArray) => epochsFromArray(matrixOf(array), { sfreqHz: SFREQ });
const [x, y] = [epochsOf(meta.X), epochsOf(meta.Y)];
const find = (start: string): Case => cases.filter(({ name }) => name.startsWith(start))[0];
const radius = (samples: number) => ({ temporalRadiusS: samples / SFREQ });

describe("RDM similarity of every two times", () => {
  test.each(cases.filter(({ name }) => name.startsWith("RDM(t)")))(
    "$name",
    async ({ input, expected }) => {
      const { metric, rsaMetric } = input;
      const how = { labels: items, metric, rsaMetric, ...radius(input.radiusSamples), ...quiet };
      const within = await timeTimeEpochs(x, how);
      expect(largestDifference(within.scores, numbersOf(expected.within))).toBeLessThan(1e-9);
      expect(within.symmetric).toBe(true);
      expect(Array.from(within.rowTimes, (t) => Math.round(t * SFREQ))).toEqual(
        Array.from(numbersOf(expected.centres)),
      );
      const between = await timeTimeEpochs(x, { ...how, versus: y });
      expect(largestDifference(between.scores, numbersOf(expected.between))).toBeLessThan(1e-9);
      expect(between.symmetric).toBe(false);
    },
  );

  test("halves: rows are the first, and the mean with the transpose has no order", async () => {
    const { input, expected } = find("halves");
    const [first, second] = [matrixOf(input.half1), matrixOf(input.half2)];
    const all = { data: Float64Array.from([...first.data, ...second.data]), shape: [20, 5, 24] };
    const halves = [...items.map(() => "odd"), ...items.map(() => "even")];
    const how = { labels: [...items, ...items], halves, ...radius(input.radiusSamples), ...quiet };
    const found = await timeTimeEpochs(epochsFromArray(all, { sfreqHz: SFREQ }), how);
    const thin = ({ scores, rowTimes }: TimeTime) => {
      const n = rowTimes.length;
      return scores.filter(
        (_, at) => Math.floor(at / n) % input.step === 0 && (at % n) % input.step === 0,
      );
    };
    expect(largestDifference(thin(found), numbersOf(expected.raw))).toBeLessThan(1e-9);
    expect(
      largestDifference(thin(found.symmetrised()), numbersOf(expected.symmetrised)),
    ).toBeLessThan(1e-9);
    expect(found.diagonal()[0]).toBeCloseTo(numbersOf(expected.raw)[0], 9);
  });

  test("random halves have every epoch once, and the same seed the same halves", async () => {
    const all = {
      data: Float64Array.from({ length: 30 * 4 * 3 }, (_, k) => Math.sin(k * k)),
      shape: [30, 4, 3],
    };
    const epochs = epochsFromArray(all, { sfreqHz: SFREQ });
    const how = { labels: [...items, ...items, ...items], halves: "random", ...quiet } as const;
    const found = await timeTimeEpochs(epochs, { ...how, seed: 4 });
    expect((await timeTimeEpochs(epochs, { ...how, seed: 4 })).scores).toEqual(found.scores);
    expect((await timeTimeEpochs(epochs, { ...how, seed: 5 })).scores).not.toEqual(found.scores);
    expect(found.diagonal().every((r) => Math.abs(r) < 0.99)).toBe(true);
  });

  test("labels, not places, match the epochs of two recordings", async () => {
    const turned = [...items].reverse();
    const { data, shape } = matrixOf(meta.Y);
    const size = shape[1] * shape[2];
    const swapped = data.map((_, at) => data[(9 - Math.floor(at / size)) * size + (at % size)]);
    const other = epochsFromArray({ data: swapped, shape }, { sfreqHz: SFREQ });
    const rows = await rdmEpochs(x, { labels: items, temporalRadiusS: 0 }).toArray(quiet);
    const columns = await rdmEpochs(other, { labels: turned, temporalRadiusS: 0 }).toArray(quiet);
    const found = await timeTimeRdms(
      rows,
      columns.map((rdm) => reorder(rdm, turned)),
      quiet,
    );
    const plain = await timeTimeEpochs(x, { labels: items, versus: y, ...quiet });
    expect(largestDifference(found.scores, plain.scores)).toBeLessThan(1e-12);
  });
});

describe("patterns across time", () => {
  const { input, expected } = find("cross-temporal RDM");
  const model = new Rdm(numbersOf(input.model), { items, name: "model" });
  const how = { labels: items, ...radius(1), every: 4, ...quiet };

  test.each([
    ["pearson", "off-diagonal", "pearsonAllOffDiagonal"],
    ["spearman", "off-diagonal", "spearmanAllOffDiagonal"],
    ["spearman", "symmetrised", "spearmanSymmetrised"],
  ] as const)("%s, %s", async (rsaMetric, entries, key) => {
    const [found] = await crossTemporalEpochs(x, model, { ...how, rsaMetric, entries });
    expect(largestDifference(found.scores, numbersOf(expected[key]))).toBeLessThan(1e-9);
    expect(found.symmetric).toBe(entries === "symmetrised");
  });

  test("pearson of the symmetrised entries is that of the entries themselves", async () => {
    const [found] = await crossTemporalEpochs(x, model, { ...how, entries: "symmetrised" });
    const { data, shape } = matrixOf(meta.X);
    const at = (centre: number) =>
      unitPatterns(
        Float64Array.from({ length: 10 * 15 }, (_, k) => {
          const [item, feature] = [Math.floor(k / 15), k % 15];
          return data[
            (item * shape[1] + Math.floor(feature / 3)) * shape[2] + centre - 1 + (feature % 3)
          ];
        }),
        10,
      );
    const d = crossTemporalDissimilarities(at(1), at(5));
    const upper: number[] = [];
    for (let i = 0; i < 10; i++)
      for (let j = i + 1; j < 10; j++) upper.push((d[i * 10 + j] + d[j * 10 + i]) / 2);
    const wanted = (
      await compareRdms(upper, model.condensed, { method: "pearson", ...quiet })
    ).single();
    expect(found.scores[1]).toBeCloseTo(wanted, 10);
    const full = numbersOf(expected.full);
    const crossed = crossTemporalDissimilarities(at(1), at(5));
    expect(largestDifference(crossed, full.slice(100, 200))).toBeLessThan(1e-9);
  });

  test("items are told apart where other items are less alike than the same", async () => {
    const wanted = numbersOf(find("pattern generalisation").expected.difference);
    const found = await generalisationEpochs(x, how);
    expect(largestDifference(found.scores, wanted)).toBeLessThan(1e-9);
  });

  test("a constant item makes its times NaN, not 0", async () => {
    const { data, shape } = matrixOf(meta.X);
    const flat = data.map((value, at) =>
      Math.floor(at / (shape[1] * shape[2])) === 3 && at % shape[2] < 4 ? 1 : value,
    );
    const epochs = epochsFromArray({ data: flat, shape }, { sfreqHz: SFREQ });
    const [found] = await crossTemporalEpochs(epochs, model, { labels: items, ...quiet });
    expect(found.at(0, 0.2)).toBeNaN();
    expect(found.at(0.1, 0.2)).not.toBeNaN();
    expect((await generalisationEpochs(epochs, { labels: items, ...quiet })).at(0.2, 0)).toBeNaN();
  });
});

describe("connectivity", () => {
  test("with lags, positive where the first leads, and beside the past of the second", async () => {
    const { input, expected } = find("representational connectivity");
    const rdms = (of: typeof x) => rdmEpochs(of, { labels: items, ...radius(1) }).toArray(quiet);
    const [a, b] = [await rdms(x), await rdms(y)];
    const pastLagsS = input.pastLags.map((lag) => lag / SFREQ);
    const found = await laggedRdms(a, b, { maxLagS: 0.05, pastLagsS, ...quiet });
    expect(
      largestDifference(
        Array.from(found.lagsS, (s) => Math.round(s * SFREQ)),
        numbersOf(input.lags),
      ),
    ).toBe(0);
    expect(largestDifference(found.byLag, numbersOf(expected.byLag))).toBeLessThan(1e-9);
    expect(
      largestDifference(found.partialOnOwnPast, numbersOf(expected.partialOnOwnPast)),
    ).toBeLessThan(1e-9);
    expect(found.lead[2]).toBeCloseTo(found.byLag[7] - found.byLag[3], 12);
    await expect(laggedRdms(a, b.slice(1), quiet)).rejects.toThrow("22 times");
    await expect(laggedRdms(a, b, { pastLagsS: [0.013], ...quiet })).rejects.toThrow("multiples");
  });

  test("of regions", async () => {
    const { input, expected } = find("connectivity of five regions");
    const all = numbersOf(input.rdms);
    const regions = Array.from({ length: 5 }, (_, r) => all.slice(r * 45, (r + 1) * 45));
    for (const method of ["spearman", "pearson"] as const) {
      const { scores } = await compareRdms(regions, regions, { method, ...quiet });
      expect(largestDifference(scores, numbersOf(expected[method]))).toBeLessThan(1e-9);
    }
  });
});

test("a test leaves out what would count twice, and times that share data", async () => {
  const found = await timeTimeEpochs(x, { labels: items, ...radius(2), ...quiet });
  const tested = found.tested();
  const n = found.rowTimes.length;
  expect(found.overlapS).toBeCloseTo(0.04, 12);
  expect([tested[4], tested[5], tested[5 * n], tested[n + 6]]).toEqual([0, 1, 0, 1]);
  const person = (at: number) =>
    new TimeTime({
      ...found,
      scores: found.scores.map((_, k) => 0.4 + 0.1 * Math.sin(k * at + at)),
    });
  const people = Object.fromEntries(
    ["anna", "ben", "carl", "dora", "emil", "fay"].map((name, at) => [name, person(at + 1)]),
  );
  const { test, mean, pValues, notes } = await testTimeTime(people, { tail: "greater", ...quiet });
  expect(test.clusters[0].pValue).toBe(1 / 64);
  expect(mean.at(0.02, 0.2)).toBeGreaterThan(0.2);
  expect(pValues.at(0.02, 0.2)).toBe(1 / 64);
  expect(pValues.at(0.2, 0.02)).toBeNaN();
  expect(pValues.at(0.05, 0.05)).toBeNaN();
  expect(notes.join()).toContain("share data");
  const other = new TimeTime({
    ...found,
    scores: found.scores.slice(0, 4),
    rowTimes: found.rowTimes.slice(0, 2),
    columnTimes: found.columnTimes.slice(0, 2),
  });
  await expect(testTimeTime({ anna: found, ben: other }, quiet)).rejects.toThrow("ben");
});

test("a recording against itself, or what was picked from it, has no ridge to find", async () => {
  const how = { labels: items, ...radius(2), ...quiet };
  for (const versus of [x, x.pick([2, 3, 4].map((at) => x.channelNames[at])), await x.load()]) {
    const found = await timeTimeEpochs(x, { ...how, versus });
    expect(found.overlapS).toBeCloseTo(0.04, 12);
    const n = found.columnTimes.length;
    const tested = found.tested();
    expect([tested[4], tested[5], tested[4 * n], tested[5 * n]]).toEqual([0, 1, 0, 1]);
    expect(found.notes.join()).toContain("share data");
  }
  const [first, rest] = [[x.channelNames[0], x.channelNames[1]], x.channelNames.slice(2)];
  const apart = await timeTimeEpochs(x.pick(first), { ...how, versus: x.pick(rest) });
  expect(apart.overlapS).toBeUndefined();
  expect((await timeTimeEpochs(x, { ...how, versus: y })).overlapS).toBeUndefined();
  const halves = x.take([0, 1, 2]).sharesDataWith(x.take([3, 4]));
  expect([halves, x.take([0, 3]).sharesDataWith(x.take([3, 4]))]).toEqual([false, true]);
});

test("which RDMs share data can be said", async () => {
  const at = (timeS: number, ...d: number[]) => new Rdm(d, { meta: { timeS } });
  const rdms = [at(0, 1, 2, 3), at(0.1, 1, 3, 2), at(0.2, 3, 2, 1)];
  const near = await timeTimeRdms(rdms, rdms, { overlapS: 0.1, ...quiet });
  expect([...near.tested()]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const others = await timeTimeRdms(rdms, [...rdms].reverse(), { overlapS: 0, ...quiet });
  expect([...others.tested()]).toEqual([1, 1, 0, 1, 0, 1, 0, 1, 1]);
  expect((await timeTimeRdms(rdms, rdms, quiet)).overlapS).toBe(0);
  await expect(timeTimeRdms(rdms, rdms, { overlapS: -1, ...quiet })).rejects.toThrow("overlapS");
});

test("halves that were symmetrised are tested on the diagonal too, which is reliability", async () => {
  const found = (
    await timeTimeRdms(
      [
        [1, 2, 3],
        [1, 3, 2],
      ],
      [
        [1, 2, 4],
        [3, 1, 2],
      ],
      quiet,
    )
  ).symmetrised();
  expect(Array.from(found.tested())).toEqual([1, 1, 0, 1]);
});

test("what makes no matrix is refused", async () => {
  await expect(
    timeTimeEpochs(x, { labels: items, halves: "random", versus: y, ...quiet }),
  ).rejects.toThrow("one of the two");
  await expect(timeTimeEpochs(x, { labels: items, halves: "random", ...quiet })).rejects.toThrow(
    "no epoch of i0 in half 2",
  );
  await expect(
    timeTimeEpochs(x, { labels: items, halves: items.map((_, at) => at % 3), ...quiet }),
  ).rejects.toThrow("3 different");
  const rdms = [new Rdm([1, 2, 3], { meta: { timeS: 0 } }), new Rdm([1, 3, 2])];
  await expect(timeTimeRdms(rdms, rdms, quiet)).rejects.toThrow("timeS");
  const uneven = await timeTimeRdms(
    [[1, 2, 3]],
    [
      [1, 3, 2],
      [3, 2, 1],
    ],
    quiet,
  );
  expect(() => uneven.diagonal()).toThrow("same times");
  await expect(
    crossTemporalEpochs(x, new Rdm(new Float64Array(45), { items }), {
      labels: items,
      signal: AbortSignal.abort(),
      ...quiet,
    }),
  ).rejects.toThrow(/cancel/i);
});
