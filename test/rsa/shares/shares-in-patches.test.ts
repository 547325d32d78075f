import { expect, test } from "vitest";
import { epochsFromArray, rdmEpochs, sharesEpochs } from "../../../src/meg/index.ts";
import { rdmNifti, sharesNifti } from "../../../src/mri/index.ts";
import { computeRdm, Rdm } from "../../../src/rdm/index.ts";
import { shareQuantities, sharesRdms } from "../../../src/rsa/index.ts";
import { random } from "../../../src/stats/index.ts";
import { largestDifference } from "../../reference/read-reference.ts";

const rng = random(23);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = ["a", "b", "c", "d", "e", "f", "g"];
const models = ["x", "y", "z"].map((name) =>
  computeRdm({ data: noise(7 * 5), shape: [7, 5] }, { items, name }),
);
const quiet = { onProgress: false } as const;
const epochs = epochsFromArray({ data: noise(14 * 3 * 9), shape: [14, 3, 9] }, { sfreqHz: 100 });
const labels = [...items, ...items].reverse();
const where = { labels, temporalRadiusS: 0.01, metric: "sqeuclidean" } as const;
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const image = { data: noise(4 * 4 * 3 * 14), shape: [4, 4, 3, 14], affine };

/** nNames × nPlaces from nPlaces × nNames. */
function transposed(scores: Float64Array, nNames: number): Float64Array {
  const nPlaces = scores.length / nNames;
  return scores.map((_, at) => scores[(at % nPlaces) * nNames + Math.floor(at / nPlaces)]);
}

for (const ranks of [false, true]) {
  test(`shares of windows are those of their RDMs, ranks ${ranks}`, async () => {
    const found = await sharesEpochs(epochs, models, { ...where, ranks, ...quiet });
    const rdms = await rdmEpochs(epochs, { ...where, items }).toArray(quiet);
    const each = sharesRdms(rdms, models, { ranks });
    for (const quantity of shareQuantities) {
      const { scores, modelNames } = found.of(quantity);
      expect(modelNames).toEqual(each.of(quantity).modelNames);
      const wanted = transposed(each.of(quantity).scores, modelNames.length);
      expect(largestDifference(scores, wanted), quantity).toBeLessThan(1e-10);
    }
  });

  test(`shares of spheres are those of their RDMs, ranks ${ranks}`, async () => {
    const how = { labels, radiusMm: 4, metric: "euclidean", ...quiet } as const;
    const found = await sharesNifti(image, models, { ...how, ranks });
    const rdms = await (await rdmNifti(image, { ...how, items })).toArray(quiet);
    const each = sharesRdms(rdms, models, { ranks });
    for (const quantity of shareQuantities) {
      const { scores, modelNames } = found.of(quantity);
      const wanted = transposed(each.of(quantity).scores, modelNames.length);
      expect(largestDifference(scores, wanted), quantity).toBeLessThan(1e-10);
    }
    expect(found.of("share").map("x + y").description).toContain("share of");
  });
}

test("shares sum to R² of all models, in every window", async () => {
  const found = await sharesEpochs(epochs, models, { ...where, ...quiet });
  const { scores, times } = found.of();
  const all = found.of("r2").series("x + y + z").values;
  const dominance = found.of("dominance").scores;
  times.forEach((_, t) => {
    const sum = (of: Float64Array, n: number): number =>
      Array.from({ length: n }, (_, k) => of[k * times.length + t]).reduce((a, b) => a + b);
    expect(sum(scores, 7)).toBeCloseTo(all[t], 12);
    expect(sum(dominance, 3)).toBeCloseTo(all[t], 12);
  });
});

test("pairs that a model or the data lack are left out of all before ranks are made", async () => {
  const gap = models[1].condensed.slice();
  gap[3] = NaN;
  gap[10] = NaN;
  const withGap = [models[0], new Rdm(gap, { items, name: "y" }), models[2]];
  const lacking = epochsFromArray({ data: noise(6 * 3 * 9), shape: [6, 3, 9] }, { sfreqHz: 100 });
  const how = { ...where, labels: items.slice(1), items: "common", ...quiet } as const;
  const found = await sharesEpochs(lacking, withGap, { ...how, ranks: true, ignoreNan: true });
  const rdms = await rdmEpochs(lacking, {
    ...where,
    labels: items.slice(1),
    items: items.slice(1),
  }).toArray(quiet);
  const each = sharesRdms(rdms, withGap, { items: "common", ranks: true, ignoreNan: true });
  expect(
    largestDifference(found.of("r2").scores, transposed(each.of("r2").scores, 7)),
  ).toBeLessThan(1e-10);
  expect(found.of("r2").scores.every((v) => v > 0)).toBe(true);
});

test("a constant data RDM has no shares, and none is 0", () => {
  const shares = sharesRdms(
    [new Float64Array(21).fill(2), models[0].condensed],
    models.map(({ condensed }) => condensed),
  );
  for (const quantity of shareQuantities) {
    const { scores, nModels } = shares.of(quantity);
    expect(scores.slice(0, nModels).every(Number.isNaN), quantity).toBe(true);
    expect(scores.slice(nModels).some(Number.isNaN), quantity).toBe(false);
  }
});

test("NaN in the data makes its shares NaN, unless it is left out", () => {
  const data = models[0].condensed.map((value, pair) => (pair === 4 ? NaN : value * value));
  const plain = models.map(({ condensed }) => condensed);
  expect(sharesRdms(data, plain).of("r2").scores.every(Number.isNaN)).toBe(true);
  expect(
    sharesRdms(data, plain, { ignoreNan: true })
      .of("r2")
      .scores.every((v) => v > 0),
  ).toBe(true);
});

test("what has no shares is refused by name", () => {
  const [x, y, z] = models;
  const constant = new Rdm(new Float64Array(21).fill(1), { items, name: "flat" });
  const data = x;
  expect(() => sharesRdms(data, [x, constant])).toThrow("flat");
  expect(() => sharesRdms(data, [x])).toThrow("two to four models");
  expect(() => sharesRdms(data, [x, y, z, x, y])).toThrow("at most 4");
  expect(() => sharesRdms(data, [x, y, x])).toThrow("two called x");
  expect(() =>
    sharesRdms(data, [
      x,
      new Rdm(
        y.condensed.map((v, k) => (k === 0 ? NaN : v)),
        { items, name: "gap" },
      ),
    ]),
  ).toThrow("ignoreNan");
  expect(() =>
    sharesRdms(
      [1, 2, 3],
      [
        [1, 2, 3],
        [3, 1, 2],
      ],
    ),
  ).toThrow("at least 4 pairs");
  expect(() => sharesRdms(data, [x, y]).of("uniqe" as "unique")).toThrow('did you mean "unique"');
});

test("models that say the same are told", () => {
  const [x, y] = models;
  const twin = new Rdm(
    x.condensed.map((v) => 2 * v + 1),
    { items, name: "twin" },
  );
  const { notes } = sharesRdms(y, [x, y, twin]);
  expect(notes).toHaveLength(2);
  expect(notes[0]).toContain("x is wholly explained");
});
