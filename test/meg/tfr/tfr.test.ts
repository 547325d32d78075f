import { describe, expect, test } from "vitest";
import {
  epochsFromArray,
  rsaTfr,
  stackTfr,
  tfrAverage,
  tfrEpochs,
  type TfrBaselineMode,
} from "../../../src/meg/index.ts";
import { morletWavelet, fwhmS } from "../../../src/meg/tfr/morlet-wavelet.ts";
import { againstBaseline } from "../../../src/meg/tfr/baseline.ts";
import { Rdm } from "../../../src/rdm/index.ts";
import {
  largestDifference,
  matrixOf,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

interface Complex {
  readonly re: ReferenceArray;
  readonly im: ReferenceArray;
}
interface Case {
  readonly name: string;
  readonly input: {
    readonly sfreqHz: number;
    readonly freqHz: number;
    readonly nCycles: number & ReferenceArray;
    readonly zeroMean: boolean;
    readonly output: string;
    readonly decim: number | [number, number, number];
    readonly mode: TfrBaselineMode;
    readonly baseline: readonly (number | null)[];
    readonly model: ReferenceArray;
    readonly label: ReferenceArray;
  };
  readonly expected: Readonly<Record<string, ReferenceArray>> & {
    readonly wavelet: Complex;
    readonly fwhmS: number;
    readonly out: ReferenceArray & Complex;
  };
}
const { meta, cases } = readReference<{
  meta: { X: ReferenceArray; sfreqHz: number; freqs: ReferenceArray; tminS: number };
  cases: readonly Case[];
}>("./questions/tfr.json");
const quiet = { onProgress: false } as const;
const freqsHz = numbersOf(meta.freqs);
const epochs = epochsFromArray(matrixOf(meta.X), { sfreqHz: meta.sfreqHz, tminS: meta.tminS });
const find = (start: string): Case => cases.filter(({ name }) => name.startsWith(start))[0];
/** Every so manieth of the last axis of so many. */
const thin = (data: Float64Array, n: number, every: number) =>
  data.filter((_, at) => (at % n) % every === 0);

test.each(cases.filter(({ name }) => name.startsWith("wavelet")))(
  "$name is MNE's",
  ({ input, expected }) => {
    const { sfreqHz, freqHz, nCycles, zeroMean } = input;
    const { re, im } = morletWavelet(sfreqHz, freqHz, nCycles, zeroMean);
    expect(largestDifference(re, numbersOf(expected.wavelet.re))).toBeLessThan(1e-12);
    expect(largestDifference(im, numbersOf(expected.wavelet.im))).toBeLessThan(1e-12);
    expect(fwhmS(freqHz, nCycles)).toBeCloseTo(expected.fwhmS, 12);
  },
);

describe("transforms are those of tfr_array_morlet", () => {
  const some = cases.filter(({ name }) => name.startsWith("tfr_array"));
  test.each(some)("$name", async ({ input, expected }) => {
    const { data: cycles, shape } = input.nCycles;
    const nCycles = shape.length === 0 ? Number(cycles[0]) : numbersOf(input.nCycles);
    const how = { freqsHz, nCycles, zeroMean: input.zeroMean, decim: input.decim, ...quiet };
    const three = epochs.take([0, 1, 2]);
    const { out } = expected;
    const agrees = (found: Float64Array, wanted: ReferenceArray) =>
      expect(largestDifference(found, numbersOf(wanted))).toBeLessThan(1e-9);
    switch (input.output) {
      case "complex":
        agrees((await tfrEpochs(three, { ...how, quantity: "real" })).data, out.re);
        agrees((await tfrEpochs(three, { ...how, quantity: "imaginary" })).data, out.im);
        break;
      case "power":
      case "phase":
        agrees((await tfrEpochs(three, { ...how, quantity: input.output })).data, out);
        break;
      case "itc":
        agrees((await tfrAverage(epochs, { ...how, quantity: "itc" })).data, out);
        break;
      default: {
        const power = (await tfrAverage(epochs, how)).data;
        agrees(power, input.output === "avg_power" ? out : out.re);
        if (input.output !== "avg_power")
          agrees((await tfrAverage(epochs, { ...how, quantity: "itc" })).data, out.im);
      }
    }
  });
});

test.each(cases.filter(({ name }) => name.startsWith("baseline")))(
  "$name is MNE's",
  async ({ input, expected }) => {
    const { decim, nCycles } = find("power, all epochs").input;
    const all = await tfrEpochs(epochs, { freqsHz, nCycles: Number(nCycles), decim, ...quiet });
    expect(
      largestDifference(thin(all.data, 54, 2), numbersOf(find("power, all epochs").expected.power)),
    ).toBeLessThan(1e-9);
    const [fromS, toS] = input.baseline.map((end) => end ?? undefined);
    const found = all.baseline({
      mode: input.mode,
      ...(fromS === undefined ? {} : { fromS }),
      ...(toS === undefined ? {} : { toS }),
    });
    const two = found.data.slice(0, 2 * 3 * 4 * 54);
    expect(largestDifference(thin(two, 54, 4), numbersOf(expected.out))).toBeLessThan(1e-9);
  },
);

test("RSA at every frequency and time is that of the Python libraries", async () => {
  const { input, expected } = find("RSA at");
  const items = ["a", "b", "c", "d", "e", "f"];
  const model = new Rdm(numbersOf(input.model), { items, name: "model" });
  const baseline = { mode: "logratio", toS: 0 } as const;
  const how = { labels: items, freqsHz, nCycles: 3, decim: 3, baseline, ...quiet } as const;
  const channels = await rsaTfr(epochs, model, { ...how, metric: "euclidean" });
  expect(largestDifference(channels.scores, numbersOf(expected.channels))).toBeLessThan(1e-9);
  const window = await rsaTfr(epochs, model, { ...how, temporalRadiusS: 3 / 125 });
  expect(largestDifference(window.scores, numbersOf(expected.channelsWindow))).toBeLessThan(1e-9);
  const all = await rsaTfr(epochs, model, { ...how, features: "channels-and-frequencies" });
  expect(largestDifference(all.scores, numbersOf(expected.channelsFreqs))).toBeLessThan(1e-9);
  expect(Array.from(channels.times)).toHaveLength(54);
  expect(channels.edges()[0]).toBe(1);
  expect(channels.edges()[3 * 54 + 27]).toBe(0);
  const shape = stackTfr({ anna: channels, ben: channels }).shape;
  expect(shape).toEqual([2, 4, 54]);
  expect(() => stackTfr({ anna: channels, ben: window })).toThrow("ben");
  const late = await rsaTfr(epochs, model, { ...how, metric: "euclidean", tminS: 0.1 });
  expect(late.scores[0]).toBe(channels.of()[channels.times.indexOf(late.times[0])]);
});

test("scores of other wavelets are not stacked", async () => {
  const items = ["a", "b", "c", "d", "e", "f"];
  const model = new Rdm(
    Array.from({ length: 15 }, (_, at) => Math.sin(at)),
    { items, name: "model" },
  );
  const how = { labels: items, freqsHz, decim: 3, metric: "euclidean", ...quiet } as const;
  const [anna, ben] = [
    await rsaTfr(epochs, model, { ...how, nCycles: 3 }),
    await rsaTfr(epochs, model, { ...how, nCycles: 2 }),
  ];
  expect(() => stackTfr({ anna, ben })).toThrow("nCycles of ben");
  const against = (toS: number) =>
    rsaTfr(epochs, model, { ...how, nCycles: 3, baseline: { mode: "logratio", toS } });
  const [carl, dora] = [await against(0), await against(-0.05)];
  expect(() => stackTfr({ carl, dora })).toThrow("from the start to -0.05");
});

test("edges are those of windows, and a radius below a sample that is kept is refused", async () => {
  const items = ["a", "b", "c", "d", "e", "f"];
  const model = new Rdm(
    Array.from({ length: 15 }, (_, at) => Math.sin(at)),
    { items, name: "model" },
  );
  const how = {
    labels: items,
    freqsHz,
    nCycles: 3,
    decim: 3,
    metric: "euclidean",
    ...quiet,
  } as const;
  const single = await rsaTfr(epochs, model, how);
  const window = await rsaTfr(epochs, model, { ...how, temporalRadiusS: 2 * (3 / 125) });
  window.edgeS.forEach((edge, f) => expect(edge - single.edgeS[f]).toBeCloseTo(0.048, 12));
  await expect(rsaTfr(epochs, model, { ...how, temporalRadiusS: 0.01 })).rejects.toThrow(
    "temporalRadiusS",
  );
});

test("total and evoked power of an item are different questions, each as it should be", async () => {
  const { input, expected } = find("evoked and total");
  const labels = Array.from(numbersOf(input.label), String);
  const how = { freqsHz, nCycles: 3, decim: 3, ...quiet } as const;
  for (const [item, name] of ["0", "1", "2"].entries()) {
    const own = epochs.take(labels.flatMap((label, at) => (label === name ? [at] : [])));
    const total = (await tfrAverage(own, how)).data;
    expect(
      largestDifference(
        thin(total, 54, 6),
        numbersOf(expected.total).slice(item * 108, (item + 1) * 108),
      ),
    ).toBeLessThan(1e-9);
  }
  // RDMs of squared distances of power are what both have in common with the walk over patches.
  const model = new Rdm([1, 2, 3], { items: ["0", "1", "2"] });
  const rsa = (power: "total" | "evoked") =>
    rsaTfr(epochs, model, { ...how, labels, power, metric: "euclidean", rsaMetric: "pearson" });
  const wanted = (key: string, at: number) => {
    const values = numbersOf(expected[key]);
    const pattern = (item: number) =>
      [0, 1, 2].map((c) => values[((item * 3 + c) * 4 + 1) * 9 + at]);
    const distance = (i: number, j: number) =>
      Math.hypot(...pattern(i).map((v, c) => v - pattern(j)[c]));
    const d = [distance(0, 1), distance(0, 2), distance(1, 2)];
    const mean = (d[0] + d[1] + d[2]) / 3;
    return (d[2] - d[0]) / Math.sqrt(2 * d.reduce((sum, v) => sum + (v - mean) ** 2, 0));
  };
  for (const power of ["total", "evoked"] as const)
    for (const at of [0, 4, 8])
      expect((await rsa(power)).of()[54 + at * 6]).toBeCloseTo(wanted(power, at), 8);
});

test("every wavelet is looked at, not the first alone", async () => {
  const short = epochs.crop({ tminS: -0.4, tmaxS: 0.07 });
  await expect(tfrEpochs(short, { freqsHz: [31, 3], nCycles: 3, ...quiet })).rejects.toThrow(
    "freqsHz: 3",
  );
  await expect(tfrEpochs(short, { freqsHz: [3, 31], nCycles: 3, ...quiet })).rejects.toThrow(
    "freqsHz: 3",
  );
  await expect(tfrEpochs(epochs, { freqsHz: [80], ...quiet })).rejects.toThrow("62.5 Hz");
  await expect(tfrEpochs(epochs, { freqsHz: [0], ...quiet })).rejects.toThrow("above 0");
  await expect(tfrEpochs(epochs, { freqsHz: [], ...quiet })).rejects.toThrow("at least one");
  await expect(tfrEpochs(epochs, { freqsHz, nCycles: [2, 3], ...quiet })).rejects.toThrow(
    "4 nCycles",
  );
  await expect(
    tfrEpochs(epochs, { freqsHz, nCycles: 3, decim: [10, 5, 1], ...quiet }),
  ).rejects.toThrow("decim");
  await expect(
    tfrEpochs(epochs, { freqsHz, nCycles: 3, signal: AbortSignal.abort(), ...quiet }),
  ).rejects.toThrow(/cancel/i);
});

test("a constant has no power but through a wavelet that answers to it, and its log is not 0", async () => {
  const flat = epochsFromArray(
    { data: new Float64Array(400).fill(1), shape: [1, 1, 400] },
    { sfreqHz: 100 },
  );
  const power = async (nCycles: number, zeroMean: boolean) =>
    (await tfrEpochs(flat, { freqsHz: [10], nCycles, zeroMean, ...quiet })).data[200];
  expect(await power(1, true)).toBeLessThan(1e-6);
  expect(await power(1, false)).toBeGreaterThan(1);
  const none = againstBaseline(new Float64Array(4), Float64Array.of(0, 1, 2, 3), { mode: "ratio" });
  expect(none.every(Number.isNaN)).toBe(true);
  await expect(
    tfrEpochs(flat, { freqsHz: [10], nCycles: 3, quantity: "phase", ...quiet }).then((t) =>
      t.baseline({ mode: "mean" }),
    ),
  ).rejects.toThrow("only power");
  const t = await tfrEpochs(flat, { freqsHz: [10], nCycles: 3, ...quiet });
  expect(() => t.baseline({ mode: "mean", fromS: 9 })).toThrow("no sample");
  expect(() => t.baseline({ mode: "man" as "mean" })).toThrow('did you mean "mean"');
});

test("a mean over more epochs than are convolved at once is the mean of all, channel by channel", async () => {
  const [nEpochs, nChannels, nTimes] = [70, 5, 400];
  const data = Float64Array.from({ length: nEpochs * nChannels * nTimes }, (_, at) =>
    Math.sin(at * at * 0.37 + Math.floor(at / nTimes)),
  );
  const many = epochsFromArray({ data, shape: [nEpochs, nChannels, nTimes] }, { sfreqHz: 100 });
  const how = { freqsHz: [8, 10, 12, 14, 16, 18, 20, 22], nCycles: 3, ...quiet };
  const [mean, each] = [await tfrAverage(many, how), await tfrEpochs(many, how)];
  const width = mean.data.length;
  const wanted = mean.data.map((_, at) => {
    let sum = 0;
    for (let epoch = 0; epoch < nEpochs; epoch++) sum += each.data[epoch * width + at];
    return sum / nEpochs;
  });
  expect(largestDifference(mean.data, wanted)).toBeLessThan(1e-10);
});

test("both ends of a baseline are in it, also where 0.3 − 0.1 is a little less than 0.2", () => {
  const times = Float64Array.of(0, 0.1, 0.3 - 0.1, 0.3);
  const power = Float64Array.of(1, 3, 8, 10);
  const of = (fromS: number, toS: number) =>
    Array.from(againstBaseline(power, times, { mode: "mean", fromS, toS }));
  expect(of(0, 0.1)).toEqual([-1, 1, 6, 8]);
  expect(of(0.2, 0.2)).toEqual([-7, -5, 0, 2]);
  expect(of(0.2, 0.3)).toEqual([-8, -6, -1, 1]);
});
