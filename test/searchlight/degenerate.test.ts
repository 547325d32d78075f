import { describe, expect, test } from "vitest";
import {
  Cancelled,
  epochsFromArray,
  Evoked,
  Rdm,
  rdmEpochs,
  rdmEvokeds,
  rdmNifti,
  rdmSearchlight,
  rsaEpochs,
  rsaEvokeds,
  rsaNifti,
  scoreSearchlight,
  searchlightPatches,
} from "../../src/index.ts";
import { noise } from "../compute/series.ts";

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const quiet = { onProgress: false } as const;
const [nSeries, nSamples] = [4, 6];

/** What data are: items × series × samples, and what their items are called. */
interface Data {
  readonly values: Float64Array;
  readonly labels: readonly string[];
}

function dataOf(nItems: number, fill?: number): Data {
  const values = noise(nItems * nSeries * nSamples, 5);
  if (fill !== undefined) values.fill(fill);
  return { values, labels: Array.from({ length: nItems }, (_, at) => `item ${at}`) };
}

const channels = Array.from({ length: nSeries }, (_, at) => ({
  name: `C${at}`,
  type: "eeg",
  position: [0.01 * at, 0, 0.1] as const,
}));

function epochsOf({ values, labels }: Data) {
  const data = { data: values, shape: [labels.length, nSeries, nSamples] };
  return epochsFromArray(data, { sfreqHz: 100, channels });
}

function evokedsOf({ values, labels }: Data): Evoked[] {
  const width = nSeries * nSamples;
  return labels.map(
    (comment, at) =>
      new Evoked({
        info: { channels, sfreqHz: 100, bads: [] },
        times: Float64Array.from({ length: nSamples }, (_, t) => t / 100),
        data: { data: values.slice(at * width, (at + 1) * width), shape: [nSeries, nSamples] },
        comment,
        nAverages: 1,
      }),
  );
}

/** Series along x, samples along y. */
function imageOf({ values, labels }: Data) {
  const n = labels.length;
  const width = nSeries * nSamples;
  const data = values.map((_, at) => values[(at % n) * width + Math.floor(at / n)]);
  return { data, shape: [nSeries, nSamples, 1, n], affine };
}

function matrixOf({ values, labels }: Data) {
  return { data: values, shape: [labels.length, nSeries, nSamples] };
}

interface Found {
  readonly scores: Float64Array;
  readonly notes: readonly string[];
}

type Options = { readonly ignoreNan?: boolean; readonly rsaMetric?: "spearman" | "kendall-tau-a" };

const searches: Record<string, (data: Data, models: Rdm[], how?: Options) => Promise<Found>> = {
  "rsaEpochs, sliding": (data, models, how) =>
    rsaEpochs(epochsOf(data), models, {
      labels: data.labels,
      temporalRadiusS: 0.01,
      spatialRadiusM: 0.015,
      ...how,
      ...quiet,
    }),
  "rsaEpochs, sensors": (data, models, how) =>
    rsaEpochs(epochsOf(data), models, {
      labels: data.labels,
      spatialRadiusM: 0.015,
      ...how,
      ...quiet,
    }),
  rsaEvokeds: (data, models, how) =>
    rsaEvokeds(evokedsOf(data), models, { temporalRadiusS: 0.01, ...how, ...quiet }),
  "rsaNifti, spheres": (data, models, how) =>
    rsaNifti(imageOf(data), models, { labels: data.labels, radiusMm: 4, ...how, ...quiet }),
  "rsaNifti, all voxels": (data, models, how) =>
    rsaNifti(imageOf(data), models, { labels: data.labels, ...how, ...quiet }),
  scoreSearchlight: async (data, models, how) => {
    const matrix = matrixOf(data);
    const patches = searchlightPatches(matrix.shape, { patches: [[0, 1], [2, 3], [1]] });
    const condensed = models.map((model) => model.condensed);
    const found = await scoreSearchlight(matrix, patches, condensed, { ...how, ...quiet });
    const { scores, undefinedPatches } = found;
    const said = undefinedPatches > 0 ? [`${undefinedPatches} have no score (NaN)`] : [];
    return { scores, notes: said };
  },
};

const model = (values: Float64Array, { labels }: Data, name: string): Rdm =>
  new Rdm(values, { items: labels, name });
const isNaNs = (values: Float64Array): boolean => values.length > 0 && values.every(Number.isNaN);

describe.each(Object.entries(searches))("%s", (name, search) => {
  const data = dataOf(5);
  const good = model(noise(10, 6), data, "good");

  test.each(["spearman", "kendall-tau-a"] as const)(
    "a model that is NaN or constant has no score, the others do: %s",
    async (rsaMetric) => {
      const bad = [
        model(new Float64Array(10).fill(NaN), data, "unknown"),
        model(new Float64Array(10).fill(0.1), data, "a tenth"),
        model(new Float64Array(10).fill(1.81), data, "constant"),
      ];
      for (const ignoreNan of [false, true]) {
        const { scores, notes } = await search(data, [good, ...bad], { rsaMetric, ignoreNan });
        const nPatches = scores.length / 4;
        expect(scores.subarray(0, nPatches).some(Number.isNaN)).toBe(false);
        expect(isNaNs(scores.subarray(nPatches))).toBe(true);
        if (name === "scoreSearchlight") continue;
        for (const { name: one } of bad)
          expect(notes.join()).toContain(`${one} has no score anywhere (NaN)`);
        const alone = await search(data, [bad[1]], { rsaMetric, ignoreNan });
        expect(isNaNs(alone.scores)).toBe(true);
        expect(alone.notes.join()).toMatch(/have no score \(NaN\)/);
      }
    },
  );

  test.each([0, 0.1, 1.81, NaN])("patterns that are all %s have no score", async (value) => {
    for (const ignoreNan of [false, true]) {
      const { scores, notes } = await search(dataOf(5, value), [good], { ignoreNan });
      expect(isNaNs(scores)).toBe(true);
      expect(notes.join()).toMatch(/have no score \(NaN\)/);
    }
  });

  test("two items have a pair and no correlation; one has none and is refused", async () => {
    const two = dataOf(2);
    const { scores } = await search(two, [model(Float64Array.of(1), two, "one pair")]);
    expect(isNaNs(scores)).toBe(true);
    const one = dataOf(1);
    const of = search(one, [model(new Float64Array(0), one, "no pair")]);
    if (name === "scoreSearchlight") expect(isNaNs((await of).scores)).toBe(true);
    else await expect(of).rejects.toThrow(/no pair to compare/);
  });

  test("an item without a number costs its own pairs only, however it is left out", async () => {
    const values = data.values.slice();
    const width = nSeries * nSamples;
    values.fill(NaN, 2 * width, 3 * width);
    const lacking = { ...data, values };
    const strict = await search(lacking, [good]);
    expect(isNaNs(strict.scores)).toBe(true);
    const found = await search(lacking, [good], { ignoreNan: true });
    const known = [0, 1, 3, 4];
    const four = {
      values: Float64Array.from(
        known.flatMap((item) => [...values.subarray(item * width, (item + 1) * width)]),
      ),
      labels: known.map((item) => data.labels[item]),
    };
    const pairs = [0, 2, 3, 5, 6, 9].map((pair) => good.condensed[pair]);
    const alone = await search(four, [model(Float64Array.from(pairs), four, "good")]);
    expect(found.scores).toEqual(alone.scores);
    // The same where the model knows nothing of an item, and where it lacks some pairs.
    const gaps = good.condensed.slice();
    for (const pair of [1, 4, 7, 8]) gaps[pair] = NaN;
    const byModel = await search(data, [model(gaps, data, "good")], { ignoreNan: true });
    expect(byModel.scores).toEqual(alone.scores);
  });
});

test("RDMs of degenerate patterns are NaN, in every walk", async () => {
  for (const value of [0, 0.1, NaN]) {
    const data = dataOf(3, value);
    const { labels } = data;
    const matrix = matrixOf(data);
    const patches = searchlightPatches(matrix.shape, { temporalRadius: 1 });
    const rdms = [
      ...(await rdmEpochs(epochsOf(data), { labels, temporalRadiusS: 0.01 }).toArray(quiet)),
      ...(await rdmEpochs(epochsOf(data), { labels }).toArray(quiet)),
      ...(await rdmEvokeds(evokedsOf(data), { temporalRadiusS: 0.01 }).toArray(quiet)),
      ...(await (await rdmNifti(imageOf(data), { labels, radiusMm: 4 })).toArray(quiet)),
      ...rdmSearchlight(matrix, patches),
    ];
    for (const { condensed } of rdms) expect(condensed).toEqual(new Float64Array(3).fill(NaN));
  }
});

test("folds of one row each, and of unequal numbers, are cross-validated; a fold that lacks an item costs its pairs", async () => {
  const data = dataOf(6);
  const twice = ["a", "b", "c", "a", "b", "c"];
  const three = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
  const how = { metric: "euclidean", rsaMetric: "pearson", ...quiet } as const;
  const unequal = ["a", "b", "c", "a", "b", "b"];
  for (const [labels, defined] of [
    [twice, true],
    [unequal, false],
  ] as const) {
    const folds = [1, 1, 1, 2, 2, 2];
    const { scores, notes, record } = await rsaNifti(imageOf(data), three, {
      labels,
      folds,
      radiusMm: 4,
      ...how,
    });
    expect(scores.some(Number.isNaN)).toBe(!defined);
    expect(record.nEmpty).toBe(defined ? 0 : 1);
    if (!defined) expect(notes.join()).toMatch(/1 items of folds have no volume \(NaN\)/);
    const epochs = epochsOf({ values: data.values, labels });
    const found = await rsaEpochs(epochs, three, { labels, nFolds: 2, temporalRadiusS: 0, ...how });
    expect(found.scores.some(Number.isNaN)).toBe(!defined);
  }
});

test("one sensor is a series in time, and a single value is refused with what to do", async () => {
  const data = dataOf(4);
  const { labels } = data;
  const one = epochsOf(data).pick(["C1"]);
  const target = model(noise(6, 7), data, "target");
  const wide = await rsaEpochs(one, target, { labels, temporalRadiusS: 0.01, ...quiet });
  expect(wide.scores.some(Number.isNaN)).toBe(false);
  await expect(rsaEpochs(one, target, { labels, temporalRadiusS: 0, ...quiet })).rejects.toThrow(
    /every patch is a single value.*euclidean/,
  );
});

test("a signal that was aborted before the call cancels every walk", async () => {
  const data = dataOf(4);
  const { labels } = data;
  const target = model(noise(6, 7), data, "target");
  const matrix = matrixOf(data);
  const patches = searchlightPatches(matrix.shape, { patches: [[0, 1]] });
  const job = { signal: AbortSignal.abort(), ...quiet };
  const walks = [
    rsaEpochs(epochsOf(data), target, { labels, ...job }),
    rsaEpochs(epochsOf(data), target, { labels, temporalRadiusS: 0.01, ...job }),
    rsaEpochs(epochsOf(data), target, { labels, metric: "cityblock", ...job }),
    rsaEvokeds(evokedsOf(data), target, job),
    rsaNifti(imageOf(data), target, { labels, ...job }),
    rsaNifti(imageOf(data), target, { labels, radiusMm: 4, ...job }),
    rdmEpochs(epochsOf(data), { labels }).toArray(job),
    rdmEpochs(epochsOf(data), { labels, temporalRadiusS: 0.01 }).toArray(job),
    (await rdmNifti(imageOf(data), { labels, radiusMm: 4 })).toArray(job),
    scoreSearchlight(matrix, patches, [target.condensed], job),
  ];
  for (const walk of walks) await expect(walk).rejects.toThrow(Cancelled);
});

test("a time outside the data is refused with what to do", async () => {
  const data = dataOf(4);
  const target = model(noise(6, 7), data, "target");
  const options = { labels: data.labels, ...quiet };
  for (const [time, message] of [
    [{ tmaxS: 1 }, /tmaxS: 1; the last sample is at 0.05 s; leave tmaxS out to go to the end/],
    [{ tminS: -1 }, /tminS: -1; the first sample is at 0 s; leave tminS out/],
  ] as const)
    await expect(rsaEpochs(epochsOf(data), target, { ...options, ...time })).rejects.toThrow(
      message,
    );
});
