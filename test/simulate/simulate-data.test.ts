import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { computeRdm, Rdm } from "../../src/rdm/index.ts";
import { simulateData, simulatePeople } from "../../src/simulate/index.ts";
import { geometryFactor, secondMoment } from "../../src/simulate/second-moment.ts";

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}
interface Case {
  readonly name: string;
  readonly input: Record<string, Numbers & number>;
  readonly expected: Record<string, Numbers & number>;
}

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../reference/simulate/simulation.json"), "utf8"),
) as { cases: Case[] };

const named = (start: string): Case => {
  const found = cases.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(start);
  return found;
};

const far = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, at) => Math.abs(value - b[at])));

/** Mean of Y Yᵀ / channels, or of Yᵀ Y / observations, over sets. */
function meanProducts(
  sets: readonly { data: Float64Array; shape: readonly number[] }[],
  rows: boolean,
) {
  const [n, c] = sets[0].shape;
  const [size, inner] = rows ? [n, c] : [c, n];
  const sum = new Float64Array(size * size);
  for (const { data } of sets)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let own = 0;
        for (let k = 0; k < inner; k++)
          own += rows ? data[i * c + k] * data[j * c + k] : data[k * c + i] * data[k * c + j];
        sum[i * size + j] += own / inner / sets.length;
      }
  return sum;
}

const squareOf = (condensed: ArrayLike<number>): Float64Array => new Rdm(condensed).toSquare();

describe("a geometry", () => {
  test("its second moments are those of rsatoolbox", () => {
    const { input, expected } = named("second-moment");
    expect(far(secondMoment(squareOf(input.rdm.data), 6), expected.G.data)).toBeLessThan(1e-9);
  });

  test("exactly: the drawn patterns have the distances asked for, to rounding", () => {
    const { input } = named("exact signal");
    const { signal } = simulateData(input.rdm.data, { nChannels: 10, exact: true, seed: 4 });
    const rdm = computeRdm(signal, { metric: "sqeuclidean" });
    expect(
      far(
        rdm.condensed.map((d) => d / 10),
        input.rdm.data,
      ),
    ).toBeLessThan(1e-10);
  });

  test("one that no patterns have: the nearest, and how much was dropped is said", () => {
    const { input, expected } = named("an RDM that no patterns");
    const { factor, rank, dropped } = geometryFactor(secondMoment(squareOf(input.rdm.data), 6), 6);
    const nearest = Float64Array.from({ length: 36 }, (_, at) => {
      let sum = 0;
      for (let k = 0; k < rank; k++)
        sum += factor[Math.floor(at / 6) * rank + k] * factor[(at % 6) * rank + k];
      return sum;
    });
    expect(far(nearest, expected.nearestG.data)).toBeLessThan(1e-9);
    const values = expected.eigenvalues.data;
    const absolute = values.reduce((sum, value) => sum + Math.abs(value), 0);
    const negative = values.reduce((sum, value) => sum + Math.max(0, -value), 0);
    expect(dropped).toBeCloseTo(negative / absolute, 9);
    const { signal, notes } = simulateData(input.rdm.data, { nChannels: 8, exact: true });
    const distances = computeRdm(signal, { metric: "sqeuclidean" }).condensed.map((d) => d / 8);
    expect(far(distances, expected.distances.data)).toBeLessThan(1e-9);
    expect(notes[0]).toContain("the nearest");
  });

  test("of several RDMs by weights; euclidean ones are squared", () => {
    const parts = [new Rdm([1, 2, 2]), new Rdm([1, Math.SQRT2, 1], { metric: "euclidean" })];
    const { signal } = simulateData(parts, { nChannels: 6, exact: true, theta: [2, 0.5] });
    const found = computeRdm(signal, { metric: "sqeuclidean" }).condensed.map((d) => d / 6);
    expect(far(found, [2.5, 5, 4.5])).toBeLessThan(1e-10);
    expect(() => simulateData(parts, { nChannels: 6, theta: [1] })).toThrow("2 weights");
  });
});

describe("observations", () => {
  test("all items in each run, in order", () => {
    const { input, expected } = named("design 4 × 3");
    const rdm = new Rdm([1, 1, 1, 1, 1, 1], { items: ["0", "1", "2", "3"] });
    const { items, runs, patterns } = simulateData(rdm, { nChannels: 2, runs: input.nRuns });
    expect(items.map(Number)).toEqual(expected.item.data);
    expect([...runs]).toEqual(expected.run.data);
    expect(patterns.shape).toEqual([12, 2]);
  });

  test.each(["moments: signal 1", "moments: noise covariance of trials"])(
    "%s: within five standard errors of theory",
    (name) => {
      const { input, expected } = named(name);
      const trials = input.noise_cov_trial as Numbers | undefined;
      const sets = Array.from(
        { length: 1000 },
        (_, seed) =>
          simulateData(input.rdm.data, {
            ...{
              nChannels: input.nChannels,
              runs: 4,
              signal: input.signal,
              noise: input.noise,
              seed,
            },
            trialCovariance: trials && {
              data: Float64Array.from(trials.data),
              shape: trials.shape,
            },
          }).patterns,
      );
      const found = meanProducts(sets, true);
      found.forEach((value, at) =>
        expect(Math.abs(value - expected.theory.data[at])).toBeLessThan(
          5 * expected.seOfMeanFor1000.data[at],
        ),
      );
    },
  );

  test("noise of channels has the covariance asked for, and not another of the same eigenvalues", () => {
    const { input, expected } = named("noise covariance of channels");
    const { data, shape } = input.covariance;
    const sets = Array.from(
      { length: 400 },
      (_, seed) =>
        simulateData([1, 1, 1], {
          nChannels: 10,
          runs: 20,
          signal: 0,
          seed,
          channelCovariance: { data: Float64Array.from(data), shape },
        }).patterns,
    );
    const found = meanProducts(sets, false);
    const n = 400 * 60;
    found.forEach((value, at) => {
      const [i, j] = [Math.floor(at / 10), at % 10];
      const se = Math.sqrt((data[i * 11] * data[j * 11] + data[at] ** 2) / n);
      expect(Math.abs(value - expected.theory.data[at])).toBeLessThan(5 * se);
    });
  });

  test("crossnobis of simulated runs has Diedrichsen's mean and variance", () => {
    const { input, expected } = named("crossnobis of simulated runs");
    const patterns = { data: Float64Array.from(input.signal.data), shape: [6, 10] };
    const [runs, count] = [input.runs, 2000];
    const sums = [new Float64Array(15), new Float64Array(15)];
    for (let seed = 0; seed < count; seed++) {
      const set = simulateData(new Array<number>(15).fill(1), {
        nChannels: 10,
        runs,
        noise: input.noise,
        patterns,
        seed,
      });
      crossValidated(set.patterns.data, runs).forEach((d, k) => {
        sums[0][k] += d / count;
        sums[1][k] += d ** 2 / count;
      });
    }
    sums[0].forEach((mean, k) => {
      const variance = expected.variance.data[k];
      expect(Math.abs(mean - expected.mean.data[k])).toBeLessThan(5 * Math.sqrt(variance / count));
      // Of a variance the standard error is about that of a chi-square.
      expect(Math.abs(sums[1][k] - mean ** 2 - variance)).toBeLessThan(
        6 * variance * Math.sqrt(2 / count),
      );
    });
  });

  test("a seed is a set; the same person again has the same truth and other noise", () => {
    const options = { nChannels: 4, runs: 2, seed: 8 };
    const [a, b] = [simulateData([1, 2, 3], options), simulateData([1, 2, 3], options)];
    expect(a.patterns.data).toEqual(b.patterns.data);
    const again = simulateData([1, 2, 3], { ...options, seed: 9, patterns: a.signal });
    expect(again.signal.data).toEqual(a.signal.data);
    expect(again.patterns.data).not.toEqual(a.patterns.data);
  });
});

/** Squared distances per channel over pairs of different runs. */
function crossValidated(data: Float64Array, runs: number): number[] {
  const at = (run: number, item: number, c: number): number => data[(run * 6 + item) * 10 + c];
  const found: number[] = [];
  for (let i = 0; i < 6; i++)
    for (let j = i + 1; j < 6; j++) {
      let sum = 0;
      for (let m = 0; m < runs; m++)
        for (let l = 0; l < runs; l++)
          for (let c = 0; c < 10 && m !== l; c++)
            sum += (at(m, i, c) - at(m, j, c)) * (at(l, i, c) - at(l, j, c));
      found.push(sum / (runs * (runs - 1)) / 10);
    }
  return found;
}

describe("slips and edges", () => {
  test("are refused, or what they are", () => {
    const rdm = [1, 2, 3];
    expect(() => simulateData(rdm, {} as never)).toThrow("nChannels");
    expect(() => simulateData(rdm, { nChannels: 1, exact: true })).toThrow("2 dimensions");
    expect(() => simulateData(rdm, { nChannels: 3, sigmal: 1 } as never)).toThrow(
      'did you mean "signal"',
    );
    expect(() => simulateData([1, NaN, 3], { nChannels: 3 })).toThrow("without missing pairs");
    expect(() =>
      simulateData(rdm, {
        nChannels: 2,
        channelCovariance: [
          [1, 2],
          [2, 1],
        ],
      }),
    ).toThrow("positive definite");
    expect(() =>
      simulateData(rdm, {
        nChannels: 2,
        channelCovariance: [
          [1, 0.5],
          [0, 1],
        ],
      }),
    ).toThrow("symmetric");
    expect(() => simulateData(rdm, { nChannels: 2, trialCovariance: [[1]] })).toThrow("3 × 3");
    expect(() => simulateData(rdm, { nChannels: 2, patterns: [[1, 2]] })).toThrow(
      "3 items × 2 channels",
    );
    expect(() => simulateData(rdm, { nChannels: 2, runs: 0 })).toThrow("at least 1");
    const gaps = [
      [1, 2],
      [NaN, 2],
      [1, 2],
    ];
    expect(() => simulateData(rdm, { nChannels: 2, patterns: gaps })).toThrow("without gaps");
    // More than memory has is refused before it is asked for.
    for (const many of [{ nChannels: 1e9 }, { nChannels: 1e3, runs: 1e6 }])
      expect(() => simulateData(rdm, many)).toThrow("too many");
    expect(() => simulatePeople(rdm, { nChannels: 1e5, people: 1e6 })).toThrow("too many");
  });

  test("no distances, no signal, no noise", () => {
    expect([...simulateData([0, 0, 0], { nChannels: 2, noise: 0 }).patterns.data]).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    const silent = simulateData([1, 1, 1], { nChannels: 2, signal: 0, noise: 0, exact: true });
    expect([...silent.patterns.data].every((value) => value === 0)).toBe(true);
    expect(simulateData(new Rdm([], { items: ["a"] }), { nChannels: 3 }).items).toEqual(["a"]);
  });
});
