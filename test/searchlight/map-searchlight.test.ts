import { describe, expect, test } from "vitest";
import {
  computeRdm,
  epochsFromArray,
  mapEpochs,
  mapNifti,
  mapSearchlight,
  rdmEpochs,
  rsaNifti,
  Rdm,
  searchlightPatches,
} from "../../src/index.ts";

const quiet = { onProgress: false } as const;
const wave = (n: number) => Float64Array.from({ length: n }, (_, at) => Math.sin(at * at + 1));
const mean = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("mapSearchlight", () => {
  const patterns = { data: wave(4 * 6), shape: [4, 6] };
  const patches = searchlightPatches(patterns.shape, { patches: [[0, 1], [2, 3, 5], [4], [1, 5]] });

  test("gives each patch its patterns and the labels, and takes one number", async () => {
    const seen: string[] = [];
    const { values, names } = await mapSearchlight(patterns, patches, ({ data, shape }, items) => {
      seen.push(`${shape.join("x")} ${items?.join("")}`);
      return mean(data);
    }, { items: ["a", "b", "c", "d"], ...quiet }); // prettier-ignore
    expect(seen).toEqual(["4x2 abcd", "4x3 abcd", "4x1 abcd", "4x2 abcd"]);
    expect(names).toEqual(["value"]);
    expect(values[2]).toBeCloseTo(
      mean(Float64Array.of(...[4, 10, 16, 22].map((k) => patterns.data[k]))),
      14,
    );
  });

  test("several numbers, by name, and promises", async () => {
    const { values, names } = await mapSearchlight(patterns, patches, async ({ data, shape }) => [mean(data), shape[1]], { names: ["mean", "size"], ...quiet }); // prettier-ignore
    expect(names).toEqual(["mean", "size"]);
    expect([...values.slice(4)]).toEqual([2, 3, 1, 2]);
  });

  test("every second patch has the numbers of all", async () => {
    const all = await mapSearchlight(patterns, patches, ({ data }) => mean(data), quiet);
    const some = await mapSearchlight(patterns, patches, ({ data }) => mean(data), {
      every: 2,
      ...quiet,
    });
    expect([...some.patches]).toEqual([0, 2]);
    expect([...some.values]).toEqual([all.values[0], all.values[2]]);
  });

  test("a patch of its own: what the function does to it changes nothing", async () => {
    const before = patterns.data.slice();
    await mapSearchlight(patterns, patches, ({ data }) => data.fill(0)[0], quiet);
    expect(patterns.data).toEqual(before);
  });

  test("what is no number, and another count, are refused with the patch; errors come through", async () => {
    const of = (each: unknown, options: object = quiet) =>
      mapSearchlight(patterns, patches, each as never, options);
    await expect(of(() => "much")).rejects.toThrow(/patch 0/);
    await expect(of(() => [])).rejects.toThrow(/0 numbers/);
    await expect(
      of(({ shape }: { shape: number[] }) => Array.from({ length: shape[1] }, () => 0)),
    ).rejects.toThrow(/patch 1/);
    await expect(of(() => 1, { names: ["a", "b"], ...quiet })).rejects.toThrow(/return 2/);
    await expect(of(() => 1, { items: ["a"], ...quiet })).rejects.toThrow(/4 items/);
    await expect(of(() => 1, { every: 0, ...quiet })).rejects.toThrow(/every/);
    await expect(of("mean")).rejects.toThrow(/function/);
    await expect(of(() => { throw new RangeError("mine"); })).rejects.toThrow(RangeError); // prettier-ignore
    const stopped = AbortSignal.abort();
    await expect(of(() => 1, { signal: stopped, ...quiet })).rejects.toThrow(/searchlight/);
    expect((await of(() => NaN)).values).toEqual(Float64Array.of(NaN, NaN, NaN, NaN));
  });
});

test("in windows of epochs: the RDM made by hand is that of rdmEpochs", async () => {
  const epochs = epochsFromArray({ data: wave(6 * 2 * 9), shape: [6, 2, 9] }, { sfreqHz: 100 });
  const options = { labels: ["a", "b", "c", "a", "b", "c"], temporalRadiusS: 0.01 };
  const all = [];
  for await (const rdm of rdmEpochs(epochs, options)) all.push(rdm);
  const scores = await mapEpochs(epochs, (patterns) => computeRdm(patterns).condensed, {
    ...options,
    ...quiet,
  });
  expect(scores.times).toHaveLength(all.length);
  all.forEach((rdm, at) => rdm.condensed.forEach((value, k) =>
    expect(scores.scores[k * all.length + at]).toBeCloseTo(value, 12))); // prettier-ignore
  const thin = await mapEpochs(epochs, (patterns) => mean(patterns.data), {
    ...options,
    every: 3,
    ...quiet,
  });
  expect([...thin.times]).toEqual([...scores.times].filter((_, at) => at % 3 === 0));
  expect(thin.rsaMetric).toBe("own function");
  await expect(
    mapEpochs(epochs, () => 1, { ...options, metric: "euclidean" } as never),
  ).rejects.toThrow(/metric/);
});

describe("in spheres of an image", () => {
  const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]]; // prettier-ignore
  const image = { data: wave(3 * 3 * 2 * 6), shape: [3, 3, 2, 6], affine };
  const options = { labels: ["a", "b", "c", "a", "b", "c"], radiusMm: 4, ...quiet };

  test("a score by hand is that of rsaNifti, at its place", async () => {
    const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
    const maps = await rsaNifti(image, model, {
      ...options,
      jobs: 1,
      metric: "euclidean",
      rsaMetric: "pearson",
    });
    const own = await mapNifti(image, (patterns, items) => {
      expect(items).toEqual(["a", "b", "c"]);
      const [ab, ac, bc] = computeRdm(patterns, { metric: "euclidean" }).condensed;
      const [x, y] = [[ab, ac, bc], [1, 0.5, 0.2]].map((v) => { const m = (v[0] + v[1] + v[2]) / 3; return v.map((one) => one - m); }); // prettier-ignore
      const dot = (p: number[], q: number[]) => p.reduce((sum, one, k) => sum + one * q[k], 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    }, options); // prettier-ignore
    own.of().forEach((value, at) => expect(value).toBeCloseTo(maps.scores[at], 10));
    expect(own.map().data).toHaveLength(18);
  });

  test("every fourth centre; all voxels at once", async () => {
    const some = await mapNifti(image, ({ shape }) => shape[1], { ...options, every: 4 });
    expect([...some.centres]).toEqual([0, 4, 8, 12, 16]);
    expect(some.map().data.filter((value) => !Number.isNaN(value))).toHaveLength(5);
    const whole = await mapNifti(image, ({ shape }) => shape[1], {
      labels: options.labels,
      ...quiet,
    });
    expect([...whole.of()]).toEqual([18]);
    expect(whole.map().data.every((value) => value === 18)).toBe(true);
  });
});
