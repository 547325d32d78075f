import { expect, test } from "vitest";
import { jupyterDisplay } from "../../../src/core/display.ts";
import {
  ceilingEpochs,
  epochsFromArray,
  percentOfCeiling,
  rdmEpochs,
  rsaEpochs,
  SensorScores,
  stackScores,
  timeTimeEpochs,
  weightsEpochs,
  winningModels,
} from "../../../src/meg/index.ts";
import {
  ceilingNifti,
  percentOfCeilingMaps,
  rdmNifti,
  weightsNifti,
  winnerMap,
} from "../../../src/mri/index.ts";
import { computeRdm, meanRdm, Rdm } from "../../../src/rdm/index.ts";
import { noiseCeiling, weightsRdms } from "../../../src/rsa/index.ts";
import { NotesOfPeople } from "../../../src/rsa/weights/notes-of-people.ts";
import { ceilingsOfPeople } from "../../../src/rsa/weights/people-ceiling.ts";
import { oneListNotes } from "../../../src/stats/group/one-list-notes.ts";
import { mean, random } from "../../../src/stats/index.ts";
import {
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
} from "../../reference/read-reference.ts";

const rng = random(24);
const noise = (n: number) => Float64Array.from({ length: n }, () => rng.normal());
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const quiet = { onProgress: false } as const;
const models = ["x", "y"].map((name) =>
  computeRdm({ data: noise(9 * 4), shape: [9, 4] }, { items, name, metric: "sqeuclidean" }),
);
const recording = () =>
  epochsFromArray({ data: noise(18 * 3 * 6), shape: [18, 3, 6] }, { sfreqHz: 100 });
const people = { anna: recording(), ben: recording(), carl: recording() };
const labels = [...items, ...items];
const turned = [...labels].reverse();
const where = { temporalRadiusS: 0.01, metric: "sqeuclidean", labels } as const;
const itemFolds = [items.slice(0, 3), items.slice(3, 6), items.slice(6)];

async function rdmsOf(name: keyof typeof people, own = labels) {
  return rdmEpochs(people[name], { ...where, labels: own, items }).toArray(quiet);
}

/** Names × data from data × names. */
function transposed(scores: Float64Array, nNames: number): Float64Array {
  const n = scores.length / nNames;
  return scores.map((_, at) => scores[(at % n) * nNames + Math.floor(at / n)]);
}

test("weights of one person's windows are those of their RDMs", async () => {
  const found = await weightsEpochs(people.anna, models, { ...where, itemFolds, ...quiet });
  const each = await weightsRdms(await rdmsOf("anna"), models, { itemFolds, ...quiet });
  for (const quantity of ["score", "weight", "fitted", "scoredFolds"] as const) {
    const { scores, modelNames } = found.of(quantity);
    expect(modelNames).toEqual(each.of(quantity).modelNames);
    const wanted = transposed(each.of(quantity).scores, modelNames.length);
    expect(largestDifference(scores, wanted), quantity).toBeLessThan(1e-9);
  }
});

test("people with other orders of epochs are matched by label, and predicted from each other", async () => {
  const perPerson = { ben: { labels: turned } };
  const how = { ...where, itemFolds, perPerson, ...quiet };
  const found = await weightsEpochs(people, models, how);
  const windows = await Promise.all([rdmsOf("anna"), rdmsOf("ben", turned), rdmsOf("carl")]);
  const group = found.group();
  expect(group.modelNames).toEqual(["weighted models", "x", "y", "mean of the others"]);
  for (const [t] of found.times.entries()) {
    const here = windows.map((rdms) => rdms[t]);
    const each = await weightsRdms(here, models, {
      itemFolds,
      leaveOut: "items-and-people",
      ...quiet,
    });
    const { scores } = each.of("score");
    const got = ["anna", "ben", "carl"].flatMap((name) =>
      group.modelNames.map((model) => found.of("score", name).series(model).values[t]),
    );
    expect(largestDifference(got, scores)).toBeLessThan(1e-9);
  }
});

test("ceilings of windows are those of their RDMs, and of rsatoolbox", async () => {
  const ceiling = await ceilingEpochs(people, { ...where, rsaMetric: "spearman", ...quiet });
  const windows = await Promise.all([rdmsOf("anna"), rdmsOf("ben"), rdmsOf("carl")]);
  const bounds = ceiling.mean();
  for (const [t] of ceiling.times.entries()) {
    const wanted = await noiseCeiling(
      windows.map((rdms) => rdms[t]),
      { method: "spearman", ...quiet },
    );
    expect(bounds.series("lower").values[t]).toBeCloseTo(wanted.lower, 12);
    expect(bounds.series("upper").values[t]).toBeCloseTo(wanted.upper, 12);
  }
});

interface Case {
  readonly name: string;
  readonly input: {
    readonly data: ReferenceArray;
    readonly models: ReferenceArray;
    readonly method: string;
  };
  readonly expected: Readonly<Record<string, ReferenceArray>>;
}
const { cases } = readReference<{ cases: readonly Case[] }>("./questions/weights.json");

test.each(cases.filter(({ name }) => name.startsWith("ceiling")))(
  "$name: ceilings, percent and winners",
  async ({ input, expected }) => {
    const [nWindows, nPeople, nPairs] = input.data.shape;
    const data = numbersOf(input.data);
    const by = input.method === "corr" ? "pearson" : (input.method as "cosine" | "spearman");
    const bounds = Array.from({ length: nWindows }, (_, w) =>
      ceilingsOfPeople(
        Array.from({ length: nPeople }, (_, s) =>
          data.slice((w * nPeople + s) * nPairs, (w * nPeople + s + 1) * nPairs),
        ),
        by,
      ),
    );
    bounds.forEach((found, w) => {
      expect(mean(found.slice(0, nPeople))).toBeCloseTo(numbersOf(expected.lower)[w], 9);
      expect(mean(found.slice(nPeople))).toBeCloseTo(numbersOf(expected.upper)[w], 9);
    });
    const scores = numbersOf(expected.scores);
    const person = (s: number) =>
      new SensorScores({
        scores: Float64Array.from({ length: 4 * nWindows }, (_, at) => {
          const [m, w] = [Math.floor(at / nWindows), at % nWindows];
          return m === 3 ? bounds[w][s] : scores[(w * 3 + m) * nPeople + s];
        }),
        modelNames: ["a", "b", "c", "mean of the others"],
        channels: ["rsa"],
        times: Float64Array.from({ length: nWindows }, (_, w) => w / 100),
        rsaMetric: by,
        nItems: 15,
      });
    const group = stackScores(Array.from({ length: nPeople }, (_, s) => person(s)));
    const percent = await percentOfCeiling(group, quiet);
    const wanted = numbersOf(expected.ofLower);
    ["a", "b", "c"].forEach((name, m) =>
      percent
        .series(name)
        .values.forEach((value, w) => expect(value / 100).toBeCloseTo(wanted[w * 3 + m], 9)),
    );
    // Five people have 16 two-sided sign flips: 0.0625 is the smallest p.
    const winners = await winningModels(group, { alpha: 0.07, ...quiet });
    winners.winner.forEach((at, w) => {
      if (at >= 0) expect(at).toBe(numbersOf(expected.winner)[w]);
    });
    expect(winners.winner.some((at) => at >= 0)).toBe(true);
    expect(
      (await winningModels(group, { alpha: 0.05, ...quiet })).winner.every((at) => at === -1),
    ).toBe(true);
  },
);

test("a ceiling that is not above chance gives no percent, and is counted", async () => {
  const person = (x: number, others: number) =>
    new SensorScores({
      scores: Float64Array.of(x, x, others, others > 0 ? 0.45 : 0.55),
      modelNames: ["x", "mean of the others"],
      channels: ["rsa"],
      times: Float64Array.of(0, 0.01),
      rsaMetric: "pearson",
      nItems: 9,
    });
  const group = stackScores(
    [0.1, 0.2, 0.3, 0.1, 0.2, 0.3].map((x, at) => person(x, at % 2 === 0 ? -0.4 : 0.3)),
  );
  const percent = await percentOfCeiling(group, quiet);
  expect(percent.series("x").values[0]).toBeNaN();
  expect(percent.series("x").values[1]).toBeCloseTo(40, 10);
  expect(percent.notes.join()).toContain("1 of 2 places have none");
});

test("nobody wins where a person has no score of a model, also of one that would not be second", async () => {
  const person = (_: unknown, at: number) =>
    new SensorScores({
      scores: Float64Array.of(
        ...[at === 3 ? NaN : 0.9, 0.9 + at / 100],
        ...[0.4 + at / 100, 0.4],
        ...[0.15, at === 5 ? NaN : 0.15],
      ),
      modelNames: ["a", "b", "c"],
      channels: ["rsa"],
      times: Float64Array.of(0, 0.01),
      rsaMetric: "pearson",
      nItems: 9,
    });
  const group = stackScores(Array.from({ length: 10 }, person));
  const { winner, lead, pValues, notes } = await winningModels(group, quiet);
  expect([...winner]).toEqual([-1, -1]);
  expect([...lead, ...pValues]).toEqual([NaN, NaN, NaN, NaN]);
  expect(notes.join()).toContain("2 of 2 places have no winner");
  const two = await winningModels(group, { models: ["a", "b"], ...quiet });
  expect([...two.winner]).toEqual([-1, 0]);
  expect(two.lead[1]).toBeCloseTo(0.545, 12);
});

test("too few people for a p below alpha are told that nothing could come out", async () => {
  const groupOf = (n: number) =>
    stackScores(
      Array.from({ length: n }, (_, at) => {
        const scores = Float64Array.of(0.9 + at / 100, 0.2, 0.5 + at / 99);
        const modelNames = ["a", "b", "mean of the others"];
        const rest = { channels: ["rsa"], times: Float64Array.of(0), rsaMetric: "pearson" };
        return new SensorScores({ scores, modelNames, ...rest, nItems: 9 });
      }),
    );
  const said = async (n: number) => [
    (await winningModels(groupOf(n), quiet)).notes.join().includes("cannot be a winner"),
    (await percentOfCeiling(groupOf(n), quiet)).notes.join().includes("cannot be percent"),
  ];
  expect(await said(4)).toEqual([true, true]);
  expect(await said(5)).toEqual([true, false]);
  expect(await said(6)).toEqual([false, false]);
});

test("a person whose RDMs are much larger than those of others is named", async () => {
  const loud = async (times: number) => {
    const { data, shape } = await people.ben.read();
    const ben = epochsFromArray({ data: data.map((v) => v * times), shape }, { sfreqHz: 100 });
    const all = { ...people, ben };
    return (await weightsEpochs(all, models, { ...where, itemFolds, ...quiet })).notes.join();
  };
  expect(await loud(30)).toContain("RDMs of ben spread");
  expect(await loud(1)).not.toContain("spread");
  // Nobody is compared with a person whose RDMs are the same everywhere.
  expect(await loud(0)).not.toContain("spread");
  expect(await loud(0)).toContain("RDMs of ben have one value everywhere");
  expect(await loud(1)).not.toContain("one value");
});

test("a person without RDMs in some patches is named, and patches without scores are counted", async () => {
  const { data, shape } = await people.ben.read();
  const cut = data.map((v, at) => (at % 6 === 5 ? NaN : v));
  const ben = epochsFromArray({ data: cut, shape }, { sfreqHz: 100 });
  const how = { ...where, itemFolds, ...quiet };
  const found = await weightsEpochs({ ...people, ben }, models, how);
  expect(found.notes.join()).toContain("ben has no RDM (NaN) in 1 of 4 patches: nobody is scored");
  expect(found.notes.join()).not.toContain("anna has");
  expect(found.of("score", "anna").notes[0]).toBe("1 of 4 patches have no score (NaN)");
  expect((await weightsEpochs(people, models, how)).notes.join()).not.toContain("NaN");
  const alone = await weightsEpochs(ben, models, how);
  expect(alone.of().notes).toEqual(["1 of 4 patches have no score (NaN)"]);
});

test("what is to be said of people's RDMs", () => {
  const [rdm, gap, flat] = [
    [1, 2, 3, 4],
    [1, 2, NaN, 4],
    [0.1, 0.1, NaN, 0.1],
  ].map((values) => Float64Array.from(values));
  const said = (places: readonly Float64Array[][], ignoreNan?: boolean) => {
    const seen = new NotesOfPeople(["anna", "ben", "carl"], { ignoreNan });
    places.forEach((rdms) => seen.see(rdms));
    return seen.notes();
  };
  expect(said([[rdm, rdm, rdm]])).toEqual([]);
  const [gaps, ...more] = said([
    [rdm, gap, rdm],
    [rdm, rdm, rdm],
  ]);
  expect(gaps).toContain("RDMs of ben have NaN in 1 of 2 patches");
  expect(gaps).toContain("ignoreNan: true");
  expect(more).toEqual([]);
  expect(said([[rdm, gap, rdm]], true)).toEqual([]);
  expect(said([[rdm, rdm, flat]], true)).toEqual([
    expect.stringContaining("RDMs of carl have one value everywhere"),
  ]);
  const none = rdm.map(() => NaN);
  expect(said([[none, rdm, rdm]], true)).toEqual([
    expect.stringContaining("anna has no RDM (NaN) everywhere: nobody is scored"),
  ]);
});

test("… in volumes and in lists of RDMs too", async () => {
  const rdmsOf = (times: number) => {
    const rng = random(3);
    const vector = () => models[0].condensed.map((d) => d + rng.normal());
    return ["anna", "ben", "carl"].map(
      (name) =>
        new Rdm(
          vector().map((d) => (name === "ben" ? times * d : d)),
          { items, name },
        ),
    );
  };
  const found = async (times: number, leaveOut: "items" | "items-and-people") =>
    (await weightsRdms(rdmsOf(times), models, { leaveOut, itemFolds, ...quiet })).notes.join();
  expect(await found(30, "items-and-people")).toContain("RDMs of ben spread");
  expect(await found(30, "items")).toBe("");
  expect(await found(1, "items-and-people")).toBe("");
  expect(await found(0, "items-and-people")).toContain("RDMs of ben have one value everywhere");
  expect(await found(0, "items")).toBe("");
  const shown = await weightsRdms(rdmsOf(30), models, { leaveOut: "items-and-people", ...quiet });
  expect(String(shown[jupyterDisplay]()["text/plain"])).toContain("note: RDMs of ben spread");
});

const affine = [
  [3, 0, 0, 0],
  [0, 3, 0, 0],
  [0, 0, 3, 0],
  [0, 0, 0, 1],
];
const image = () => ({ data: noise(3 * 3 * 2 * 18), shape: [3, 3, 2, 18], affine });

test("weights, ceilings, winners and percent in spheres are those of their RDMs", async () => {
  const images = { anna: image(), ben: image(), carl: image() };
  const how = { labels, radiusMm: 4, metric: "sqeuclidean", ...quiet } as const;
  const perPerson = { carl: { labels: turned } };
  const found = await weightsNifti({ people: images }, models, { ...how, itemFolds, perPerson });
  const rdms = await Promise.all(
    (["anna", "ben", "carl"] as const).map(async (name) =>
      (
        await rdmNifti(images[name], { ...how, items, labels: name === "carl" ? turned : labels })
      ).toArray(quiet),
    ),
  );
  const stack = found.group("weight");
  const nSpheres = stack.centres.length;
  const both = { ...how, perPerson };
  const ceiling = await ceilingNifti({ people: images }, { ...both, rsaMetric: "pearson" });
  for (let sphere = 0; sphere < nSpheres; sphere += 5) {
    const here = rdms.map((all) => all[sphere]);
    const each = await weightsRdms(here, models, {
      itemFolds,
      leaveOut: "items-and-people",
      ...quiet,
    });
    const got = Array.from({ length: 6 }, (_, at) => stack.scores[at * nSpheres + sphere]);
    expect(largestDifference(got, each.of("weight").scores)).toBeLessThan(1e-9);
    const { lower } = await noiseCeiling(here, { method: "corr", ...quiet });
    expect(mean([0, 1, 2].map((p) => ceiling.scores[p * 2 * nSpheres + sphere]))).toBeCloseTo(
      lower,
      10,
    );
  }
  const winners = await winnerMap(found.group(), { permutations: 20, ...quiet });
  expect(winners.modelNames).toEqual(["weighted models", "x", "y"]);
  expect([...new Set(winners.map.data)].every((v) => v >= -1 && v <= 3)).toBe(true);
  const { maps, notes } = await percentOfCeilingMaps(found.group(), {
    ceiling,
    alpha: 0.5,
    ...quiet,
  });
  expect(maps.map(({ name }) => name)).toEqual(["weighted models", "x", "y"]);
  expect(notes[0]).toContain("lower noise ceiling");
  const other = await ceilingNifti({ people: images }, both);
  await expect(percentOfCeilingMaps(found.group(), { ceiling: other, ...quiet })).rejects.toThrow(
    "one of spearman",
  );
});

test("percent is of a ceiling of the scores' own comparison, under either of its names", async () => {
  const ceilings = Object.fromEntries(
    await Promise.all(
      (["pearson", "spearman", "cosine"] as const).map(
        async (rsaMetric) =>
          [rsaMetric, await ceilingEpochs(people, { ...where, rsaMetric, ...quiet })] as const,
      ),
    ),
  );
  const scored = async (rsaMetric: "corr" | "pearson" | "spearman" | "tau-a") =>
    stackScores({
      anna: await rsaEpochs(people.anna, models, { ...where, rsaMetric, ...quiet }),
      ben: await rsaEpochs(people.ben, models, { ...where, rsaMetric, ...quiet }),
      carl: await rsaEpochs(people.carl, models, { ...where, rsaMetric, ...quiet }),
    });
  const fits = { corr: "pearson", pearson: "pearson", spearman: "spearman", "tau-a": "" } as const;
  for (const rsaMetric of ["corr", "pearson", "spearman", "tau-a"] as const) {
    const group = await scored(rsaMetric);
    for (const [name, ceiling] of Object.entries(ceilings)) {
      const percent = percentOfCeiling(group, { ceiling, ...quiet });
      if (name === fits[rsaMetric]) expect((await percent).modelNames).toEqual(["x", "y"]);
      else await expect(percent).rejects.toThrow(`one of ${name}`);
    }
  }
});

test("people that cannot be brought together are refused by name", async () => {
  const other = epochsFromArray({ data: noise(18 * 3 * 5), shape: [18, 3, 5] }, { sfreqHz: 100 });
  await expect(
    weightsEpochs({ anna: people.anna, dora: other }, models, { ...where, ...quiet }),
  ).rejects.toThrow("dora");
  await expect(
    weightsEpochs(people, models, { ...where, perPerson: { bne: { labels } }, ...quiet }),
  ).rejects.toThrow('unknown person "bne"');
  await expect(ceilingEpochs(people.anna, { ...where, ...quiet })).rejects.toThrow("two or more");
  const few = [...items.slice(1), "i1", ...items];
  await expect(
    ceilingEpochs(people, {
      ...where,
      perPerson: { ben: { labels: few.map((l) => (l === "i0" ? "i1" : l)) } },
      ...quiet,
    }),
  ).rejects.toThrow("items of ben");
  const common = await ceilingEpochs(people, {
    ...where,
    items: "common",
    perPerson: { ben: { labels: few.map((l) => (l === "i0" ? "i1" : l)) } },
    ...quiet,
  });
  expect(common.nItems).toEqual([8, 8, 8]);
});

test("a stop ends the walk, and progress counts places", async () => {
  const done: number[] = [];
  await weightsEpochs(people.anna, models, {
    ...where,
    onProgress: ({ done: at }) => done.push(at),
  });
  expect(done.at(-1)).toBe(4);
  const signal = AbortSignal.abort();
  await expect(weightsEpochs(people.anna, models, { ...where, signal })).rejects.toThrow(/cancel/i);
  expect(meanRdm(await rdmsOf("anna")).nItems).toBe(9);
});

test("where one person's RDM is constant nobody has a ceiling", () => {
  const rdms = [
    [1, 1, 1],
    [1, 2, 3],
    [2, 1, 3],
  ].map((d) => Float64Array.from(d));
  for (const by of ["pearson", "spearman"] as const)
    expect(ceilingsOfPeople(rdms, by).every(Number.isNaN)).toBe(true);
  expect(ceilingsOfPeople(rdms.slice(1), "pearson").some(Number.isNaN)).toBe(false);
});

test("volumes of a person whose RDMs are much larger, and one list of labels for all, are told", async () => {
  const ben = image();
  const loud = { ...ben, data: ben.data.map((v) => 30 * v) };
  const images = { anna: image(), ben: loud, carl: image() };
  const how = { labels, radiusMm: 4, metric: "sqeuclidean", ...quiet } as const;
  const found = await weightsNifti({ people: images }, models, { ...how, itemFolds });
  expect(found.notes.join()).toContain("RDMs of ben spread");
  expect(found.notes[0]).toContain("labels are one list for anna, ben, carl: their volumes");
  expect(found.group().notes).toEqual(expect.arrayContaining([...found.notes]));
  const { notes } = await ceilingNifti({ people: images }, how);
  expect(notes[0]).toBe(found.notes[0]);
  const perPerson = { anna: { labels }, ben: { labels } };
  expect((await ceilingNifti({ people: images }, { ...how, perPerson })).notes).toEqual([]);
});

test("one list of labels for the epochs of all is told, a column or a list each is not", async () => {
  const notesOf = async (how: { readonly perPerson?: Record<string, { labels: string[] }> }) =>
    (await ceilingEpochs(people, { ...where, ...how, ...quiet })).notes;
  expect((await notesOf({}))[0]).toContain("labels are one list for anna, ben, carl: their epochs");
  expect((await notesOf({ perPerson: { ben: { labels } } }))[0]).toContain("for anna, carl:");
  expect(await notesOf({ perPerson: { ben: { labels }, carl: { labels } } })).toEqual([]);
  expect(oneListNotes(["anna", "ben"], { labels: "file" }, undefined, "epochs")).toEqual([]);
  expect(oneListNotes(["anna", "ben"], { y: [0, 1] }, undefined, "epochs")[0]).toContain("y are");
  const { notes } = await timeTimeEpochs(people.anna, { labels, versus: people.ben, ...quiet });
  expect(notes[0]).toContain("labels are one list for epochs, versus");
});

test("a radius above 0 that would be 0 samples is refused: windows would be single samples", async () => {
  const tiny = { ...where, temporalRadiusS: 0.004, ...quiet };
  await expect(rsaEpochs(people.anna, models, tiny)).rejects.toThrow("0.01 s apart");
  expect(() => rdmEpochs(people.anna, tiny)).toThrow("0 for single samples");
  expect(
    (await rdmEpochs(people.anna, { ...tiny, temporalRadiusS: 0 }).toArray(quiet)).length,
  ).toBe(6);
});
