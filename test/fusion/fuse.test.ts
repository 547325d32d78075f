import { expect, test } from "vitest";
import { commonShare } from "../../src/fusion/common-share.ts";
import { fuse, testFusion } from "../../src/fusion/index.ts";
import { epochsFromArray, rdmEpochs } from "../../src/meg/index.ts";
import { rdmNifti } from "../../src/mri/index.ts";
import { Rdm, reorder, subset } from "../../src/rdm/index.ts";
import { sharesRdms } from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../reference/read-reference.ts";

interface Case {
  readonly name: string;
  readonly input: Readonly<Record<"meg" | "regions" | "model", ReferenceArray>>;
  readonly expected: Readonly<Record<"spearman" | "common", ReferenceArray>>;
}
const { cases } = readReference<{ cases: readonly Case[] }>("./questions/commonality.json");
const [{ input, expected }] = cases.filter(({ name }) => name.startsWith("fusion"));
const quiet = { onProgress: false } as const;
const items = Array.from({ length: 12 }, (_, at) => `i${at}`);
const rowsOf = (array: ReferenceArray) => {
  const all = numbersOf(array);
  return Array.from({ length: array.shape[0] }, (_, at) => all.slice(at * 66, (at + 1) * 66));
};
const meg = rowsOf(input.meg).map((d, t) => new Rdm(d, { items, meta: { timeS: t / 100 } }));
const regions = rowsOf(input.regions).map((d, at) => new Rdm(d, { items, name: `R${at}` }));
const model = new Rdm(numbersOf(input.model), { items, name: "model" });

/** Regions × times from times × regions. */
const turned = (values: Float64Array, nT = 12, nR = 4) =>
  values.map((_, at) => values[(at % nT) * nR + Math.floor(at / nT)]);

test("curves and common shares are those of the Python libraries", async () => {
  const fusion = await fuse(meg, regions, { models: model, ...quiet });
  expect(largestDifference(fusion.scores, turned(numbersOf(expected.spearman)))).toBeLessThan(1e-9);
  expect(
    largestDifference(fusion.common("model").scores, turned(numbersOf(expected.common))),
  ).toBeLessThan(1e-9);
  expect(fusion.of().modelNames).toEqual(["R0", "R1", "R2", "R3"]);
});

test("items are matched by label, and the intersection must be asked for", async () => {
  const shuffled = regions.map((rdm) => reorder(rdm, [...items].reverse()));
  const fusion = await fuse(meg, shuffled, quiet);
  expect(largestDifference(fusion.scores, turned(numbersOf(expected.spearman)))).toBeLessThan(1e-9);
  const fewer = regions.map((rdm) => subset(rdm, items.slice(0, 8)));
  await expect(fuse(meg, fewer, quiet)).rejects.toThrow(/item/i);
  const common = await fuse(meg, fewer, { items: "common", models: model, ...quiet });
  const plain = await fuse(
    meg.map((rdm) => subset(rdm, items.slice(0, 8))),
    fewer,
    quiet,
  );
  expect(common.nItems).toBe(8);
  expect(largestDifference(common.scores, plain.scores)).toBeLessThan(1e-12);
});

test("a common share of the fMRI RDM is another number, and both are those of sharesRdms", async () => {
  for (const commonOf of ["meg", "fmri"] as const) {
    const fusion = await fuse(meg, regions, { models: [model], commonOf, ...quiet });
    const [y, other] = commonOf === "meg" ? [meg[3], regions[1]] : [regions[1], meg[3]];
    const named = new Rdm(other.condensed, { items, name: "other" });
    const wanted = sharesRdms(y, [named, model], { ranks: true }).of().score(0, "other + model");
    expect(fusion.common().series("R1").values[3]).toBeCloseTo(wanted, 10);
  }
});

test("an RDM with NaN, or a constant, makes its own column NaN, not 0", async () => {
  const gap = new Rdm(
    regions[0].condensed.map((v, at) => (at === 5 ? NaN : v)),
    { items, name: "gap" },
  );
  const flat = new Rdm(new Float64Array(66).fill(2), { items, name: "flat" });
  const fusion = await fuse(meg, [gap, regions[1], flat], quiet);
  expect(fusion.of().series("gap").values.every(Number.isNaN)).toBe(true);
  expect(fusion.of().series("flat").values.every(Number.isNaN)).toBe(true);
  expect(fusion.of().series("R1").values.some(Number.isNaN)).toBe(false);
  expect(fusion.notes[0]).toContain("24 of 36");
  const left = await fuse(meg, [gap], { ignoreNan: true, ...quiet });
  expect(left.scores.some(Number.isNaN)).toBe(false);
});

test("a common share is of the pairs that MEG, region and model all know", async () => {
  const withGaps = (rdm: Rdm, name: string, is: (pair: number) => boolean) =>
    new Rdm(
      rdm.condensed.map((v, pair) => (is(pair) ? NaN : v)),
      { items, name, meta: rdm.meta },
    );
  const gappy = {
    meg: [withGaps(meg[3], "meg", (pair) => pair % 7 === 1), meg[4]],
    region: withGaps(regions[1], "region", (pair) => pair < 20),
    model: withGaps(model, "model", (pair) => pair % 11 === 5),
  };
  const turnedRegion = reorder(gappy.region, [...items].reverse());
  for (const rsaMetric of ["spearman", "pearson"] as const)
    for (const commonOf of ["meg", "fmri"] as const)
      for (const which of [gappy.model, model]) {
        const how = { models: which, ignoreNan: true, commonOf, rsaMetric, ...quiet };
        const fusion = await fuse(gappy.meg, turnedRegion, how);
        gappy.meg.forEach((one, t) => {
          const [y, other] = commonOf === "meg" ? [one, gappy.region] : [gappy.region, one];
          const named = new Rdm(other.condensed, { items, name: "other" });
          const like = new Rdm(which.condensed, { items, name: "m" });
          const options = { ranks: rsaMetric === "spearman", ignoreNan: true };
          const wanted = sharesRdms(y, [named, like], options).of().score(0, "other + m");
          expect(fusion.common().scores[t]).toBeCloseTo(wanted, 10);
        });
      }
  // Only the model has gaps.
  const whole = await fuse([meg[4]], regions[1], {
    ...{ models: gappy.model, ignoreNan: true, ...quiet },
  });
  const named = new Rdm(regions[1].condensed, { items, name: "other" });
  const like = new Rdm(gappy.model.condensed, { items, name: "m" });
  const shares = sharesRdms(meg[4], [named, like], { ranks: true, ignoreNan: true });
  expect(whole.common().scores[0]).toBeCloseTo(shares.of().score(0, "other + m"), 10);
  const few = withGaps(regions[1], "few", (pair) => pair > 2);
  const fusion = await fuse(meg, few, { models: model, ignoreNan: true, ...quiet });
  expect(fusion.common().scores.every(Number.isNaN)).toBe(true);
});

test("people's curves are tested over them, all regions at once", async () => {
  const rng = random(5);
  const person = () =>
    meg.map(
      ({ meta }, t) =>
        new Rdm(
          regions[1].condensed.map((v) => (t > 5 ? v : 0) + 2 * rng.normal()),
          { items, meta },
        ),
    );
  const people = Object.fromEntries(
    ["a", "b", "c", "d", "e", "f", "g"].map((name) => [name, person()]),
  );
  const fusion = await fuse(people, regions.slice(0, 2), { models: model, ...quiet });
  expect(fusion.group().observations("R1").shape).toEqual([7, 12]);
  const { clusters, pValues } = await testFusion(fusion, { tail: "greater", ...quiet });
  expect(clusters.column("region")[0]).toBe("R1");
  expect(clusters.column("from")[0]).toBe(0.06);
  expect(clusters.column("p")[0]).toBe(1 / 128);
  expect(pValues[12 + 8]).toBe(1 / 128);
  expect(pValues[12 + 1]).toBeGreaterThan(0.05);
  const common = await testFusion(fusion, { common: "model", ...quiet });
  expect(common.pValues).toHaveLength(24);
  const other = { ...people, h: person().slice(1) };
  await expect(fuse(other, regions, quiet)).rejects.toThrow("of h");
});

test("spheres pass in blocks and make a map a time", async () => {
  const affine = [
    [3, 0, 0, 0],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  const rng = random(6);
  const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
  const spheres = await rdmNifti(
    { data: noise(8 * 7 * 6 * 12), shape: [8, 7, 6, 12], affine },
    { labels: items, items, radiusMm: 4, metric: "euclidean" },
  );
  const epochs = epochsFromArray({ data: noise(12 * 4 * 5), shape: [12, 4, 5] }, { sfreqHz: 100 });
  const sequence = rdmEpochs(epochs, { labels: items, items, temporalRadiusS: 0 });
  const fusion = await fuse(sequence, spheres, quiet);
  expect(fusion.regions).toHaveLength(336);
  const lone = await fuse(sequence, [spheres.at(300)], quiet);
  expect(largestDifference(fusion.scores.slice(300 * 5, 301 * 5), lone.scores)).toBeLessThan(1e-12);
  const listed = await fuse(sequence, await spheres.toArray(quiet), quiet);
  expect(largestDifference(fusion.scores, listed.scores)).toBeLessThan(1e-12);
  const map = fusion.map(0.02);
  expect(map.data[spheres.centres[300]]).toBeCloseTo(lone.scores[2], 6);
  expect(() => lone.map(0)).toThrow("spheres");
  const perSensor = rdmEpochs(
    epochsFromArray(
      { data: noise(12 * 2 * 5), shape: [12, 2, 5] },
      {
        sfreqHz: 100,
        channels: [0, 1].map((k) => ({
          name: `s${k}`,
          type: "eeg" as const,
          position: [k * 0.05, 0, 0.1] as const,
        })),
      },
    ),
    { labels: items, temporalRadiusS: 0.02, spatialRadiusM: 0.1 },
  );
  await expect(fuse(perSensor, spheres, quiet)).rejects.toThrow("sensor patches");
});

test("spheres with noise of their own are those of one sphere at a time, on one thread and on two", async () => {
  const affine = [
    [3, 0, 0, 0],
    [0, 3, 0, 0],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  const rng = random(8);
  const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
  const shape = [9, 8, 7];
  const n = 9 * 8 * 7;
  const spheres = await rdmNifti(
    { data: noise(n * 24), shape: [...shape, 24], affine },
    {
      ...{ labels: [...items, ...items], items, radiusMm: 4, metric: "crossnobis" },
      folds: Array.from({ length: 24 }, (_, at) => Math.floor(at / 12)),
      noise: { residuals: { data: noise(40 * n), shape: [40, n] } },
    },
  );
  const one = await fuse(meg, spheres, { ...quiet, jobs: 1 });
  const two = await fuse(meg, spheres, { ...quiet, jobs: 2 });
  expect(two.scores).toEqual(one.scores);
  const nTimes = one.times.length;
  for (const at of [0, 255, 256, n - 1]) {
    const lone = await fuse(meg, [spheres.at(at)], quiet);
    const here = one.scores.slice(at * nTimes, (at + 1) * nTimes);
    expect(largestDifference(here, lone.scores), `sphere ${at}`).toBeLessThan(1e-9);
  }
  const stop = new AbortController();
  const stopped = fuse(meg, spheres, {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
  expect((await fuse(meg, [spheres.at(3)], quiet)).scores).toHaveLength(nTimes);
});

test("what cannot be fused is refused", async () => {
  await expect(fuse({}, regions, quiet)).rejects.toThrow("nobody");
  await expect(fuse(meg, [regions[0], regions[0]], quiet)).rejects.toThrow("two called R0");
  await expect(fuse(meg, regions, { models: [model, model], ...quiet })).rejects.toThrow(
    "two called model",
  );
  await expect(testFusion(await fuse(meg, regions, quiet), quiet)).rejects.toThrow("two people");
  await expect(fuse(meg, regions, { signal: AbortSignal.abort(), ...quiet })).rejects.toThrow(
    /cancel/i,
  );
});

test("of a region and a model that are one but for rounding the common share is what each explains", () => {
  expect(commonShare(0.5, 0.5 + 1e-6, 1 - 1e-14)).toBeCloseTo(0.25, 5);
  expect(commonShare(0.5, 0.3, 0)).toBeCloseTo(0, 15);
});
