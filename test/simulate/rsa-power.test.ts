import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import { evalFixed } from "../../src/rsa/index.ts";
import { jupyterRestore, jupyterSave } from "../../src/core/keep.ts";
import {
  PowerResult,
  rsaPower,
  simulatePeople,
  type SimulatedStudy,
  type StudyDraw,
} from "../../src/simulate/index.ts";
import { pilotParameters } from "../../src/simulate/power/pilot.ts";
import { drawStudy } from "../../src/simulate/power/study.ts";
import { random, studentTUpperTail, wilsonInterval } from "../../src/stats/index.ts";

const quiet = { onProgress: false } as const;
/** Squared distances of points in a plane, which patterns can have. */
const places = [
  [0, 0],
  [1, 0],
  [0, 2],
  [2, 1],
  [1, 2],
  [2, 2],
];
const model = new Rdm(
  places.flatMap(([x, y], i) => places.slice(i + 1).map(([u, v]) => (x - u) ** 2 + (y - v) ** 2)),
  { items: ["a", "b", "c", "d", "e", "f"] },
);

/** One-sided t test over people against 0. */
function tTest(scores: Float64Array): number {
  const n = scores.length;
  const mean = scores.reduce((sum, value) => sum + value / n, 0);
  const variance = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return studentTUpperTail(mean / Math.sqrt(variance / n), n - 1);
}

/** Scores of people, normal about the effect: those of more people begin with those of fewer. */
function normalPeople({ people, effect, seed }: StudyDraw): Float64Array {
  const { normal } = random(seed);
  return Float64Array.from({ length: people }, () => effect + normal());
}

describe("a study of one's own", () => {
  test("the power of a t test is that of the noncentral t, within Wilson's interval", async () => {
    const { cases } = JSON.parse(
      readFileSync(join(import.meta.dirname, "../reference/simulate/simulation.json"), "utf8"),
    ) as { cases: { name: string; expected: { effectSubjectsPower: number[][] } }[] };
    const theory = cases.find(({ name }) => name.startsWith("power of a one-sided"));
    const rows = theory?.expected.effectSubjectsPower ?? [];
    expect(rows).toHaveLength(12);
    const options = { people: [8, 12, 20, 40], effect: [0.2, 0.5, 0.8], sets: 2000, seed: 1 };
    const result = await rsaPower(normalPeople, { ...options, test: tTest, ...quiet });
    for (const [effect, people, power] of rows) {
      const found = result.plans.find((plan) => plan.effect === effect && plan.people === people);
      const [lower, upper] = wilsonInterval(found?.rejected ?? 0, 2000, 0.999);
      expect(power).toBeGreaterThan(lower);
      expect(power).toBeLessThan(upper);
    }
  });

  test("without an effect false alarms are alpha, at any alpha", async () => {
    for (const alpha of [0.05, 0.2]) {
      const options = { people: 9, effect: 0, sets: 1000, alpha, seed: 3 };
      const { plans } = await rsaPower(normalPeople, { ...options, test: tTest, ...quiet });
      expect(plans[0].lower).toBeLessThan(alpha);
      expect(plans[0].upper).toBeGreaterThan(alpha);
    }
  });

  test("more people never find less by luck: they are the same people and some more", async () => {
    const options = { people: [6, 7, 8, 9, 10, 11, 12], effect: 0.6, sets: 400, seed: 2 };
    const { plans } = await rsaPower(normalPeople, { ...options, test: tTest, ...quiet });
    const powers = plans.map(({ power }) => power);
    expect(powers).toEqual([...powers].sort((a, b) => a - b));
  });

  test("a p that is none is refused, NaN is counted and said", async () => {
    const run = (p: unknown) =>
      rsaPower(normalPeople, { people: 2, sets: 2, test: () => p as number, ...quiet });
    await expect(run(2)).rejects.toThrow("p value from 0 to 1");
    await expect(run("0.01")).rejects.toThrow("p value");
    await expect(run(undefined)).rejects.toThrow("p value");
    const lost = await run(NaN);
    expect(lost.plans[0].power).toBe(0);
    expect(lost.notes.join()).toContain("gave no p value");
    const atAlpha = await run(0.05);
    expect(atAlpha.plans[0].rejected).toBe(0);
    const always = await run(0);
    expect(always.plans.map(({ power }) => power)).toEqual([1, 1, 1, 1]);
    await expect(rsaPower(normalPeople, { people: 3, sets: 1, ...quiet })).rejects.toThrow("test");
  });
});

describe("a study of a model", () => {
  const pilot = { model, nChannels: 12, noise: 9, person: 0.3, runs: 2 };

  test("without an effect false alarms are alpha; with one power grows", async () => {
    const small = { ...pilot, nChannels: 6, noise: 12 };
    const none = await rsaPower(small, { people: 6, effect: 0, sets: 1000, seed: 4, ...quiet });
    expect(none.plans[0].lower).toBeLessThan(0.05);
    expect(none.plans[0].upper).toBeGreaterThan(0.05);
    expect(none.words()).toContain("Without an effect");
    const some = { people: [6, 12], effect: 1, sets: 60, seed: 4, ...quiet };
    const [few, many] = (await rsaPower(small, some)).curve();
    expect(many.power).toBeGreaterThan(few.power);
    expect(few.power).toBeGreaterThan(0.1);
  });

  test("the seed is the numbers, whatever the threads; another seed, others", async () => {
    const options = { people: [4, 6], effect: 1, sets: 30, seed: 7, ...quiet };
    const one = await rsaPower(pilot, { ...options, jobs: 1 });
    const two = await rsaPower(pilot, { ...options, jobs: 2 });
    expect(two.plans).toEqual(one.plans);
    const seeds = await Promise.all(
      [8, 9, 10].map((seed) => rsaPower(pilot, { ...options, seed })),
    );
    const found = [one, ...seeds].map(({ plans }) => plans.map(({ rejected }) => rejected).join());
    expect(new Set(found).size).toBeGreaterThan(1);
  });

  test("the test gets people, their RDMs and the model of the items shown", async () => {
    const seen: SimulatedStudy[] = [];
    const options = { people: 3, items: [4, 6], runs: [1, 3], effect: 0.5, sets: 2, ...quiet };
    await rsaPower(pilot, {
      ...options,
      test: (study) => {
        seen.push(study);
        return 0.5;
      },
    });
    expect(seen).toHaveLength(8);
    const [first] = seen;
    expect(first.plan).toEqual({ people: 3, items: 4, runs: 1, effect: 0.5 });
    expect(first.rdms[0].metric).toBe("sqeuclidean");
    expect(seen[2].rdms[0].metric).toBe("crossnobis");
    expect(seen[2].people[0].patterns.shape).toEqual([12, 12]);
    expect(first.rdms[0].items).toEqual(first.model.items);
    // Items by lot, anew for each study, and those of fewer among those of more.
    expect(first.model.items).toHaveLength(4);
    expect(first.model.condensed[0]).toBe(
      model.between(first.model.items?.[0] ?? "", first.model.items?.[1] ?? ""),
    );
    await expect(rsaPower(pilot, { ...options, items: 7 })).rejects.toThrow("give 3 to 6");
    await expect(rsaPower(pilot, { ...options, items: 2 })).rejects.toThrow("give 3 to 6");
  });

  test("a test of one's own runs on it: a bootstrap, another comparison", async () => {
    const result = await rsaPower(pilot, {
      ...{ people: 5, effect: 1, sets: 5, ...quiet, testName: "a t test of Kendall's tau-a" },
      test: async ({ model: expected, rdms }) => {
        const found = await evalFixed(expected, rdms, { method: "tau-a", ...quiet });
        return found.test().zero.p[0];
      },
    });
    expect(result.words()).toContain("Kendall's tau-a at alpha = 0.05");
  });

  test("a share of the effect is that share of the distances; items shown keep the order of the model", () => {
    const known = { ...pilotParameters({ model, nChannels: 12, noise: 0 }), estimated: true };
    const of = (effect: number) =>
      drawStudy(known, { people: 1, items: 6, runs: 1, effect, seed: 1 }).rdms[0].condensed;
    model.condensed.forEach((distance, k) => {
      expect(of(1)[k]).toBeCloseTo(distance, 9);
      expect(of(0.5)[k]).toBeCloseTo(distance / 2, 9);
      expect(of(2)[k]).toBeCloseTo(2 * distance, 9);
    });
    // Of a pilot that is given by numbers, people have the distances on average only.
    const given = pilotParameters({ model, nChannels: 12, noise: 0 });
    const [a, b] = drawStudy(given, { people: 2, items: 6, runs: 1, effect: 1, seed: 1 }).rdms;
    expect(Math.abs(a.condensed[0] - b.condensed[0])).toBeGreaterThan(0.01);
    const all = model.items ?? [];
    for (let seed = 0; seed < 8; seed++) {
      const { model: shown } = drawStudy(known, { people: 1, items: 4, runs: 1, effect: 1, seed });
      expect(shown.items).toEqual(all.filter((item) => shown.items?.includes(item)));
    }
  });

  test("what the usual test can never find is refused, not given the power 0", async () => {
    const of = (model: Rdm, people: number | number[]) =>
      rsaPower({ model, nChannels: 5 }, { people, sets: 2, effect: 1, ...quiet });
    await expect(of(model, 1)).rejects.toThrow("2 or more");
    await expect(of(model, [4, 1])).rejects.toThrow("2 or more");
    await expect(of(new Rdm([2, 2, 2]), 4)).rejects.toThrow("a constant");
    const own = { people: 1, sets: 2, effect: 1, test: () => 0.01, ...quiet };
    expect((await rsaPower({ model, nChannels: 5 }, own)).plans[0].power).toBe(1);
  });

  test("it tells how far it is, and stops", async () => {
    const told: number[] = [];
    const options = { people: 3, effect: [0, 1], sets: 3 };
    await rsaPower(pilot, { ...options, onProgress: ({ done }) => void told.push(done) });
    expect(told).toEqual([1, 2, 3, 4, 5, 6]);
    const stop = new AbortController();
    const running = rsaPower(pilot, {
      ...{ ...options, sets: 1e5, signal: stop.signal },
      onProgress: ({ done }) => done === 4 && stop.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("a pilot's parameters", () => {
  test("come back from simulated pilots, on average", () => {
    const truth = { signal: 0.7, noise: 2, person: 0.4 };
    const estimates = Array.from({ length: 12 }, (_, seed) => {
      const options = { people: 12, nChannels: 60, runs: 4, seed, ...truth };
      const rdms = simulatePeople(model, options).map(crossnobis);
      const share = 0.65;
      return pilotParameters({ model, rdms, runs: 4, nChannels: 60, personShare: share });
    });
    const mean = (name: "signal" | "noise" | "person"): number =>
      estimates.reduce((sum, one) => sum + one[name] / estimates.length, 0);
    expect(mean("signal")).toBeGreaterThan(0.6);
    expect(mean("signal")).toBeLessThan(0.8);
    // What people do not share is told whole; its parts follow the share that is assumed.
    expect(mean("noise")).toBeGreaterThan(0.5);
    expect(mean("noise")).toBeLessThan(4);
    expect(mean("person")).toBeGreaterThan(0.1);
    expect(mean("person")).toBeLessThan(1.2);
  });

  test("a model and a pilot of plain Euclidean distances are squared before they are fitted", () => {
    const people = simulatePeople(model, { people: 5, nChannels: 30, runs: 2, seed: 1 });
    const rdms = people.map(crossnobis).map(({ condensed }) => condensed.map(Math.abs));
    const of = (metric: "euclidean" | "sqeuclidean") => {
      const { items } = model;
      const made = (d: Float64Array) =>
        new Rdm(metric === "euclidean" ? d.map(Math.sqrt) : d, { items, metric });
      return pilotParameters({ model: made(model.condensed), rdms: rdms.map(made), nChannels: 30 });
    };
    const [plain, squared] = [of("euclidean"), of("sqeuclidean")];
    for (const name of ["signal", "noise", "person"] as const)
      expect(plain[name]).toBeCloseTo(squared[name], 10);
  });

  test("simulated people differ as much as those of the pilot, not more", () => {
    const rdms = simulatePeople(model, { people: 40, nChannels: 12, runs: 2, noise: 0.1, seed: 5 });
    const pilot = pilotParameters({ model, rdms: rdms.map(crossnobis), nChannels: 12 });
    const plan = { people: 300, items: 6, runs: 2, effect: 1, seed: 6 };
    const again = pilotParameters({ model, rdms: drawStudy(pilot, plan).rdms, nChannels: 12 });
    // Person and noise stand for what people do not share: more of it would come back as more of both.
    for (const name of ["person", "noise"] as const) {
      expect(again[name] / pilot[name]).toBeGreaterThan(0.9);
      expect(again[name] / pilot[name]).toBeLessThan(1.1);
    }
    const few = pilotParameters({ model, rdms: rdms.map(crossnobis), nChannels: 4 });
    expect(few.notes.join()).toContain("4 channels cannot have the distances of 6 items");
    expect(drawStudy(few, { ...plan, people: 2 }).rdms).toHaveLength(2);
  });

  test("all that people do not share may be noise, or the person", () => {
    const rdms = simulatePeople(model, { people: 5, nChannels: 30, runs: 2, seed: 1 }).map(
      crossnobis,
    );
    const of = (personShare: number) =>
      pilotParameters({ model, rdms, nChannels: 30, personShare });
    expect([of(0).person, of(1).noise]).toEqual([0, 0]);
    expect(of(0).noise).toBeGreaterThan(of(0.5).noise);
    expect(of(0).notes.join()).toContain("0 % of what people do not share");
  });

  test("what people do not share is the variance that person and noise make (Diedrichsen 2016)", () => {
    const options = { people: 1, nChannels: 30, runs: 3, seed: 2 };
    const [one] = simulatePeople(model, options).map(crossnobis);
    const share = 0.3;
    const of = pilotParameters({ model, rdms: one, nChannels: 30, runs: 3, personShare: share });
    const mean = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
    const [x, y] = [model, one].map(({ condensed }) => condensed.map((d) => d - mean(condensed)));
    const slope = mean(x.map((d, k) => d * y[k])) / mean(x.map((d) => d * d));
    // Centring takes 1 / (n − 1) of the variance, of six items a fifth.
    const unshared = mean(y.map((d, k) => (d - slope * x[k]) ** 2)) / 0.8;
    expect(of.signal).toBeCloseTo(slope, 10);
    const distance = slope * mean(model.condensed);
    const { person: p, noise: v } = of;
    expect((8 * p * distance + 8 * p ** 2) / 30).toBeCloseTo(share * unshared, 10);
    const total = distance + 2 * p;
    const ofNoise = (8 * total * v) / (3 * 30) + (8 * v ** 2) / (3 * 2 * 30);
    expect(ofNoise).toBeCloseTo((1 - share) * unshared, 10);
  });

  test("a pilot of distances that are no squared ones is told", async () => {
    const rdms = (metric?: string) =>
      [1, 2, 3].map(
        (k) =>
          new Rdm(
            model.condensed.map((d, at) => d + ((at * k) % 5)),
            { items: model.items, metric },
          ),
      );
    const notesOf = async (metric?: string) => {
      const how = { people: 4, effect: 1, sets: 1, onProgress: false } as const;
      const { notes } = await rsaPower({ model, rdms: rdms(metric) }, how);
      return notes.filter((note) => note.includes("taken as squared ones"));
    };
    expect(await notesOf("correlation")).toHaveLength(1);
    for (const metric of ["crossnobis", "sqeuclidean", "euclidean", undefined])
      expect(await notesOf(metric)).toEqual([]);
  });

  test("a pilot against the model has no effect, and it is said", () => {
    const against = new Rdm(
      model.condensed.map((d) => 10 - d),
      { items: model.items },
    );
    const { signal, notes } = pilotParameters({ model, rdms: against });
    expect(signal).toBe(0);
    expect(notes.join(" ")).toContain("does not show the model");
    expect(notes.join(" ")).toContain("One person");
  });

  test("slips are refused", () => {
    const gaps = new Rdm(
      model.condensed.map((d, at) => (at === 2 ? NaN : d)),
      { items: model.items },
    );
    expect(() => pilotParameters({} as never)).toThrow("model");
    expect(() => pilotParameters({ model: gaps })).toThrow("without gaps");
    expect(() => pilotParameters({ model: new Rdm([1]) })).toThrow("2 items");
    expect(() => pilotParameters({ model, rdms: model, noise: 1 })).toThrow("leave one out");
    expect(() => pilotParameters({ model, personShare: 0.2 })).toThrow("pilot's rdms");
    expect(() => pilotParameters({ model: [1, 1, 1], rdms: [[1, 2, 3]] })).toThrow("a constant");
    expect(() =>
      pilotParameters({ model, rdms: new Rdm([1, 2, 3], { items: ["a", "b", "x"] }) }),
    ).toThrow("x");
    expect(() => pilotParameters({ model, nose: 1 } as never)).toThrow('did you mean "noise"');
  });
});

/** The crossnobis RDM of a simulated person of six items. */
function crossnobis({ patterns, runs }: ReturnType<typeof simulatePeople>[number]): Rdm {
  const [n, p] = patterns.shape;
  const nRuns = runs[n - 1] + 1;
  const at = (run: number, item: number, c: number): number =>
    patterns.data[(run * 6 + item) * p + c];
  const condensed: number[] = [];
  for (let i = 0; i < 6; i++)
    for (let j = i + 1; j < 6; j++) {
      let sum = 0;
      for (let c = 0; c < p; c++) {
        const differences = Array.from(
          { length: nRuns },
          (_, run) => at(run, i, c) - at(run, j, c),
        );
        const total = differences.reduce((a, b) => a + b, 0);
        sum += (total ** 2 - differences.reduce((a, b) => a + b * b, 0)) / (nRuns * (nRuns - 1));
      }
      condensed.push(sum / p);
    }
  return new Rdm(condensed, { items: model.items });
}

describe("PowerResult", () => {
  const plan = { items: 6, runs: 2, undefinedSets: 0 };
  const result = new PowerResult({
    plans: [
      { ...plan, people: 8, effect: 0, rejected: 5 },
      { ...plan, people: 16, effect: 0, rejected: 4 },
      { ...plan, people: 8, effect: 1, rejected: 40 },
      { ...plan, people: 16, effect: 1, rejected: 80 },
    ],
    ...{ sets: 100, alpha: 0.05, seed: 3, test: "a t test", notes: [] },
  });

  test("people for a power, words and table", () => {
    expect(result.peopleFor(0.8)).toBe(16);
    expect(result.peopleFor(0.4)).toBe(8);
    expect(result.peopleFor(0.9)).toBeUndefined();
    expect(result.words(0.9)).toContain("not even 16 people reach it");
    expect(result.words()).toBe(
      "Power was simulated with 100 data sets for each plan (seed 3), each tested by a t test at alpha = 0.05. For a power of 80 %: at 100 % of the expected effect it takes 16 people. Without an effect the test gave 5 % (8 people), 4 % (16 people) false alarms.",
    );
    expect(result.toTable().column("power")).toEqual([0.05, 0.04, 0.4, 0.8]);
    expect(() => result.curve({ items: 7 })).toThrow("no study");
    expect(() => result.peopleFor(2)).toThrow("between 0 and 1");
  });

  test("of a grid words say for which items and runs a number of people is enough", () => {
    const one = { people: 4, undefinedSets: 0 };
    const grid = new PowerResult({
      plans: [
        { ...one, items: 4, runs: 1, effect: 0, rejected: 6 },
        { ...one, items: 8, runs: 6, effect: 0, rejected: 5 },
        { ...one, items: 4, runs: 1, effect: 1, rejected: 20 },
        { ...one, items: 8, runs: 6, effect: 1, rejected: 90 },
      ],
      ...{ sets: 100, alpha: 0.05, seed: 3, test: "a t test", notes: [] },
    });
    expect(grid.words()).toContain(
      "not even 4 people with 4 items and 1 run reach it; at 100 % of the expected effect 4 people with 8 items and 6 runs are enough, the fewest simulated.",
    );
    expect(grid.words()).toContain(
      "6 % (4 people with 4 items and 1 run), 5 % (4 people with 8 items and 6 runs) false",
    );
  });

  test("a test that finds what is not there more often than by luck is said to be wrong", () => {
    const of = (effect: number, rejected: number) =>
      new PowerResult({
        plans: [{ ...plan, people: 8, effect, rejected }],
        ...{ sets: 100, alpha: 0.05, seed: 3, test: "a t test", notes: [] },
      }).words();
    expect(of(0, 16)).toContain("The test is wrong: without an effect it finds one in up to 16 %");
    for (const fine of [of(0, 15), of(1, 100), of(0, 0)]) expect(fine).not.toContain("is wrong");
  });

  test("a comparison that every difference between people raises above 0 is found out", async () => {
    const pilot = { model, nChannels: 10, noise: 1, person: 1 };
    const options = { people: 6, effect: 0, sets: 20, method: "cosine", ...quiet } as const;
    expect((await rsaPower(pilot, options)).notes.join()).toContain("The test is wrong");
  });

  test("kept and brought back it is the same", () => {
    const { data } = result[jupyterSave]();
    expect(
      PowerResult[jupyterRestore](data as never)
        .toTable()
        .rows(),
    ).toEqual(result.toTable().rows());
  });
});

describe("wilsonInterval", () => {
  test("as statsmodels' proportion_confint, and at the ends", () => {
    // statsmodels.stats.proportion.proportion_confint(8, 20, method="wilson")
    const [lower, upper] = wilsonInterval(8, 20);
    expect(lower).toBeCloseTo(0.2188065323728171, 12);
    expect(upper).toBeCloseTo(0.6134184992377469, 12);
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    expect(() => wilsonInterval(3, 2)).toThrow("at most the 2");
    expect(() => wilsonInterval(1, 0)).toThrow("at least 1");
  });
});
