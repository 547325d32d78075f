import { describe, expect, test } from "vitest";
import {
  layOutInTime,
  layOutInVolume,
  layOutOnSurface,
  simulateData,
  simulatePeople,
} from "../../src/simulate/index.ts";
import { computeRdm, epochsFromArray, rsaNifti, Rdm } from "../../src/index.ts";

const { patterns, items } = simulateData([1, 4, 2], { nChannels: 5, noise: 0, seed: 2 });

describe("in time", () => {
  test("a response that comes and goes, for epochs", async () => {
    const laid = layOutInTime(patterns, { nTimes: 60, sfreqHz: 100, onsetS: 0, durationS: 0.4 });
    const at = (time: number): number => laid.data[Math.round((time + 0.1) * 100)];
    expect([at(-0.05), at(0), at(0.45)]).toEqual([0, 0, 0]);
    expect(at(0.2)).toBeCloseTo(patterns.data[0], 12);
    expect(at(0.1)).toBeCloseTo(patterns.data[0] * Math.SQRT1_2, 12);
    const epochs = epochsFromArray(laid, { sfreqHz: 100, tminS: -0.1 });
    expect(epochs.times[60 - 1]).toBeCloseTo(laid.times[59], 12);
  });

  test("noise is of the seed", () => {
    const options = { nTimes: 20, sfreqHz: 50, noise: 1 };
    const [a, b] = [1, 2].map((seed) => layOutInTime(patterns, { ...options, seed }));
    expect(a.data).toEqual(layOutInTime(patterns, { ...options, seed: 1 }).data);
    expect(a.data).not.toEqual(b.data);
  });

  test("slips", () => {
    expect(() => layOutInTime(patterns, { nTimes: 5, sfreqHz: 100 })).toThrow("no sample");
    expect(() => layOutInTime(patterns, {} as never)).toThrow("nTimes");
    expect(() =>
      layOutInTime({ data: Float64Array.of(1), shape: [1] }, { nTimes: 50, sfreqHz: 100 }),
    ).toThrow("observations × channels");
  });
});

describe("in a volume", () => {
  test("a searchlight finds the model where it was put", async () => {
    // Squared distances of points in a plane.
    const model = new Rdm([1, 4, 5, 5, 5, 2, 4, 5, 1, 2], { items: ["a", "b", "c", "d", "e"] });
    const set = simulateData(model, { nChannels: 19, noise: 0.01, exact: true, seed: 3 });
    const image = layOutInVolume(set.patterns, {
      ...{ shape: [9, 7, 7], centre: [2, 3, 3], voxelMm: 2, noise: 0.1 },
    });
    const rsaMetric = "pearson";
    const maps = await rsaNifti(image, model, {
      ...{ labels: [...set.items], radiusMm: 3.5, metric: "sqeuclidean", rsaMetric },
      ...{ onProgress: false, jobs: 1 },
    });
    const { data } = maps.map("model 1");
    const at = (i: number, j: number, k: number): number => data[(i * 7 + j) * 7 + k];
    expect(at(2, 3, 3)).toBeGreaterThan(0.95);
    expect(at(7, 3, 3)).toBeLessThan(0.9);
    expect(image.affine[0]).toEqual([2, 0, 0, -8]);
    expect(image.voxels).toHaveLength(19);
  });

  test("slips", () => {
    expect(() => layOutInVolume(patterns, { shape: [2, 2, 1] })).toThrow("at least 5 voxels");
    expect(() => layOutInVolume(patterns, { shape: [3, 3, 3], centre: [3, 0, 0] })).toThrow(
      "centre",
    );
    expect(() => layOutInVolume(patterns, {} as never)).toThrow("shape");
  });
});

test("on a surface", () => {
  const map = layOutOnSurface(patterns, { nVertices: 9, vertices: [8, 1, 2, 3, 4], noise: 0 });
  expect(map.shape).toEqual([9, 3]);
  expect(map.data[8 * 3 + 1]).toBe(patterns.data[5]);
  expect([...map.data.subarray(0, 3)]).toEqual([0, 0, 0]);
  const of = (vertices: number[]) => () => layOutOnSurface(patterns, { nVertices: 9, vertices });
  expect(of([1])).toThrow("5 vertices");
  expect(of([1, 1, 2, 3, 4])).toThrow("each once");
  expect(of([9, 1, 2, 3, 4])).toThrow("0 to 8");
});

describe("simulatePeople", () => {
  test("with the signal that is left out people have the distances given, with another that many times", () => {
    const of = (more: object) => {
      const how = { people: 1, nChannels: 4, noise: 0, exact: true, seed: 1, ...more };
      const [{ patterns }] = simulatePeople([1, 4, 2], how);
      return [...computeRdm(patterns, { metric: "sqeuclidean" }).condensed].map((d) => d / 4);
    };
    [1, 4, 2].forEach((distance, k) => {
      expect(of({})[k]).toBeCloseTo(distance, 10);
      expect(of({ signal: 0.5 })[k]).toBeCloseTo(distance / 2, 10);
    });
  });

  test("a person is the same however many others there are; each has noise of its own", () => {
    const options = { nChannels: 4, runs: 2, seed: 5 };
    const two = simulatePeople([1, 2, 3], { ...options, people: 2 });
    const three = simulatePeople([1, 2, 3], { ...options, people: 3 });
    expect(three.slice(0, 2)).toEqual(two);
    expect(two[0].patterns.data).not.toEqual(two[1].patterns.data);
    expect(two[0].items).toEqual([...items, ...items]);
  });

  test("a person's own patterns make every distance larger by twice their variance", () => {
    const options = { people: 400, nChannels: 20, noise: 0, seed: 1 };
    const mean = (person: number): number => {
      const sets = simulatePeople([2, 2, 2], { ...options, person });
      const distances = sets.map(({ patterns: { data } }) =>
        data.subarray(0, 20).reduce((sum, x, c) => sum + (x - data[20 + c]) ** 2 / 20, 0),
      );
      return distances.reduce((sum, d) => sum + d / distances.length, 0);
    };
    expect(mean(0)).toBeCloseTo(2, 1);
    expect(mean(1.5)).toBeCloseTo(5, 0.7);
  });

  test("slips", () => {
    expect(() => simulatePeople([1, 2, 3], { nChannels: 3 } as never)).toThrow("people");
    expect(() => simulatePeople([1, 2, 3], { people: 2 } as never)).toThrow("nChannels");
    expect(() => simulatePeople([1, 2, 3], { people: 0, nChannels: 2 })).toThrow("at least 1");
  });
});
