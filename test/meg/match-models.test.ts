import { describe, expect, test } from "vitest";
import type { Epochs } from "../../src/index.ts";
import {
  computeRdm,
  epochsFromArray,
  Rdm,
  rdmEpochs,
  reorder,
  rsaEpochs,
  rsaEvokeds,
  rsaNifti,
  Evoked,
} from "../../src/index.ts";
import { noise } from "../compute/series.ts";

const labels = ["a", "b", "c", "d", "e"];
const epochs = epochsFromArray({ data: noise(5 * 3 * 21, 1), shape: [5, 3, 21] }, { sfreqHz: 40 });
const model = new Rdm(noise(10, 2), { items: labels, name: "one" });
const turned = reorder(model, ["d", "a", "e", "c", "b"]);
const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const image = { data: noise(4 * 5, 3), shape: [4, 1, 1, 5], affine };
const quiet = { onProgress: false } as const;

function named(codes: number[], names: [number, string][]): Epochs {
  return epochsFromArray(
    { data: noise(codes.length * 3 * 4, 4), shape: [codes.length, 3, 4] },
    { sfreqHz: 40, eventCodes: codes, eventNames: new Map(names) },
  );
}

describe("y says which rows are meant, labels which rows are the same", () => {
  test("a model and its reordered self score the same, epochs and images alike", async () => {
    const y = [0, 1, 2, 3, 4];
    const meg = await rsaEpochs(epochs, [model, turned], { y, ...quiet });
    expect(meg.scores[0]).toBe(meg.scores[1]);
    const alone = await rsaEpochs(epochs, model, { labels, ...quiet });
    expect(meg.scores[0]).toBe(alone.scores[0]);
    const mri = await rsaNifti(image, [model, turned], { y, ...quiet });
    expect(mri.scores[0]).toBe(mri.scores[1]);
  });

  test("labels that are the numbers themselves are matched as labels", async () => {
    const numbered = new Rdm(model.condensed, { items: ["10", "11", "12", "13", "14"] });
    const other = reorder(numbered, ["14", "10", "12", "11", "13"]);
    const y = [12, 11, 10, 14, 13];
    const [first, second] = await Promise.all(
      [numbered, other].map((one) => rsaEpochs(epochs, one, { y, ...quiet })),
    );
    expect(second.scores).toEqual(first.scores);
    const right = await rsaEpochs(epochs, numbered, { labels: y.map(String), ...quiet });
    expect(first.scores).toEqual(right.scores);
  });

  test("models of other items are refused, and so are labels in another order beside none", async () => {
    const others = new Rdm(model.condensed, { items: ["v", "w", "x", "y", "z"] });
    const bare = new Rdm(model.condensed);
    for (const models of [
      [model, others],
      [model, turned, bare],
    ]) {
      const y = [0, 1, 2, 3, 4];
      await expect(rsaEpochs(epochs, models, { y, ...quiet })).rejects.toThrow(/items|labels/);
      await expect(rsaNifti(image, models, { y, ...quiet })).rejects.toThrow(/items|labels/);
    }
  });

  test("items cannot be chosen where nothing has a label", async () => {
    const options = { y: [0, 1, 2, 3, 4], items: "common", ...quiet } as const;
    await expect(rsaEpochs(epochs, model, options)).rejects.toThrow(/no labels to choose by/);
    await expect(rsaNifti(image, model, options)).rejects.toThrow(/no labels to choose by/);
  });

  test("y that contradicts the names of evokeds is refused", async () => {
    const info = epochs.info;
    const evokeds = labels.map(
      (comment, at) =>
        new Evoked({
          info,
          times: epochs.times,
          data: { data: noise(63, 30 + at), shape: [3, 21] },
          comment,
          nAverages: 1,
        }),
    );
    const right = await rsaEvokeds(evokeds, model, { y: [0, 1, 2, 3, 4], ...quiet });
    expect(right.scores).toEqual((await rsaEvokeds(evokeds, model, quiet)).scores);
    await expect(rsaEvokeds(evokeds, model, { y: [4, 3, 2, 1, 0], ...quiet })).rejects.toThrow(
      /y\[0\].*epoch of "a" with the model row "e"/,
    );
  });
});

describe("the default label is the name of the event", () => {
  const codes = [7, 2, 5, 7, 2, 5];
  const three = named(codes, [
    [2, "face"],
    [5, "house"],
    [7, "tool"],
  ]);

  test("an RDM of the epochs is a model for them", async () => {
    const own = await rdmEpochs(three).first();
    expect(own.items).toEqual(["face", "house", "tool"]);
    expect((await rsaEpochs(three, own, quiet)).scores[0]).toBeCloseTo(1, 12);
  });

  test("items are named in the order wanted, by name or by code", async () => {
    const items = ["tool", "face", "house"];
    const rdm = await rdmEpochs(three, { items }).first();
    expect(rdm.items).toEqual(items);
    const byCode = await rdmEpochs(three, { items: ["7", "2", "5"] }).first();
    expect(byCode.condensed).toEqual(rdm.condensed);
    expect(rdm.condensed).toEqual(reorder(await rdmEpochs(three).first(), items).condensed);
  });

  test("common items too", async () => {
    const some = new Rdm([1, 2, 3], { items: ["tool", "car", "face"] });
    const scores = await rsaEpochs(three, some, {
      items: "common",
      rsaMetric: "pearson",
      ...quiet,
    });
    expect(scores.nItems).toBe(2);
  });
});

describe("items that cannot be compared", () => {
  test.each([
    [["v", "w", "x", "y", "z"], /share no label/],
    [["a", "w", "x", "y", "z"], /share only the label "a"/],
  ])("common items of %s", async (items, message) => {
    const other = new Rdm(noise(10, 5), { items });
    const options = { labels, items: "common", ...quiet } as const;
    await expect(rsaEpochs(epochs, other, options)).rejects.toThrow(message);
    await expect(rsaNifti(image, other, options)).rejects.toThrow(message);
  });

  test("an empty list, and one item", async () => {
    for (const items of [[], ["a"]]) {
      const options = { labels, items, ...quiet };
      await expect(rsaEpochs(epochs, model, options)).rejects.toThrow(/invalid items/);
      await expect(rsaNifti(image, model, options)).rejects.toThrow(/invalid items/);
    }
  });

  test.each([[[0.9]], [[NaN]], [[-1]], [[5]], [["1"]], [[null]]])("epochs %s", (positions) => {
    expect(() => epochs.take(positions as number[])).toThrow(/there are epochs 0 to 4/);
  });
});

describe("times are told in seconds", () => {
  test.each([
    { tminS: 0.77 },
    { tminS: 0.3, tmaxS: 0.3 },
    { tminS: 0.301, tmaxS: 0.302 },
    { tminS: 0.4, tmaxS: 0.1 },
    { tminS: 0.1, tmaxS: 0.2, temporalRadiusS: 0.2 },
    { tminS: 0.45, temporalRadiusS: 0.1 },
    { tminS: 0.77, temporalRadiusS: 0.1 },
    { temporalRadiusS: 2 },
  ])("%o", async (range) => {
    const message = /^(?!.*samples(From|To)).*(tminS.*tmaxS|temporalRadiusS).*to 0\.5 s/;
    await expect(rsaEpochs(epochs, model, { labels, ...range, ...quiet })).rejects.toThrow(message);
    expect(() => rdmEpochs(epochs, { labels, ...range })).toThrow(message);
    if ("temporalRadiusS" in range) return;
    await expect(epochs.read(range)).rejects.toThrow(message);
  });

  test("a spatial radius is told in metres", async () => {
    const options = { labels, spatialRadiusM: NaN, ...quiet };
    await expect(rsaEpochs(epochs, model, options)).rejects.toThrow(/spatialRadiusM/);
  });

  test("whole ranges are unchanged", async () => {
    expect((await epochs.read()).shape).toEqual([5, 3, 21]);
    expect((await epochs.read({ tminS: 0.5 })).shape).toEqual([5, 3, 1]);
    expect(
      computeRdm([
        [1, 2, 4],
        [2, 1, 0],
      ]).nItems,
    ).toBe(2);
  });
});
