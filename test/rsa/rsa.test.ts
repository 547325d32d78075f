import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setPath } from "../../src/compute/which-path.ts";
import { jupyterDisplay } from "../../src/core/display.ts";
import { Rdm } from "../../src/rdm/index.ts";
import { prepareModels, rsa, rsaMetricNames, type RsaMetric } from "../../src/rsa/index.ts";
import {
  isReferenceError,
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";

type Output = ReferenceArray | ReferenceError;
interface RsaCase {
  readonly data: readonly string[];
  readonly model: readonly string[];
  readonly metric: RsaMetric;
  readonly ignore_nan: boolean;
  readonly output: Output;
}
interface RsaReference {
  readonly meta: {
    readonly rdms: Record<string, ReferenceArray>;
    readonly single: Record<string, Output>;
    readonly per_rdm_masks: {
      data: string[];
      model: string[];
      output: Record<string, ReferenceArray>;
    };
  };
  readonly cases: readonly RsaCase[];
}

const { meta, cases } = readReference<RsaReference>("./rsa/rsa.json");
const values = (name: string): Float64Array => numbersOf(meta.rdms[name]);
const rdms = (names: readonly string[]): Rdm[] => names.map((name) => new Rdm(values(name)));

function scoresOf({ data, model, metric, ignore_nan }: Omit<RsaCase, "output">): Float64Array {
  return rsa(rdms(data), rdms(model), { metric, ignoreNan: ignore_nan }).scores;
}

const gaps = (name: string): boolean => values(name).some(Number.isNaN);
const isJoint = ({ metric }: RsaCase): boolean =>
  metric === "regression" || metric.startsWith("partial");

/** The score is NaN because something compared is NaN and it was not to be ignored. */
function lost(c: RsaCase, data: string, model: string): boolean {
  return !c.ignore_nan && (gaps(data) || (isJoint(c) ? c.model.some(gaps) : gaps(model)));
}

// Short vectors stay in plain code; "kernels" sends them through the kernels too.
describe.each(["auto", "kernels"] as const)("%s: all cases of MNE-RSA", (mode) => {
  beforeAll(() => setPath(mode));
  afterAll(() => setPath("auto"));

  cases.forEach((c, at) => {
    const title = `${at}: ${c.metric} of ${c.data.join(" ")} with ${c.model.join(" ")}${c.ignore_nan ? ", NaN ignored" : ""}`;
    const accumulates = c.ignore_nan && c.data.length > 1 && c.data.some(gaps);
    if (accumulates) return; // compared with per_rdm_masks below
    if (c.metric.startsWith("partial") && c.model.length === 1) {
      test(`${title} is refused`, () => {
        expect(() => scoresOf(c)).toThrow(
          c.model[0] === "tri_m" && c.data[0] === "d1" ? /items/ : /more than one/,
        );
      });
      return;
    }
    if (c.data[0] === "d1" && c.model[0] === "tri_m") {
      test(`${title} is refused`, () => expect(() => scoresOf(c)).toThrow(/3 items|of 3/));
      return;
    }
    test(title, () => {
      const found = scoresOf(c);
      const reference = isReferenceError(c.output) ? undefined : numbersOf(c.output);
      c.data.forEach((data, i) =>
        c.model.forEach((model, j) => {
          const score = found[i * c.model.length + j];
          const theirs = reference?.[i * c.model.length + j] ?? NaN;
          const nothingLeft = data === "allnan" || data === "pair_d";
          if (lost(c, data, model)) expect(score).toBeNaN();
          else if (reference === undefined && !nothingLeft) {
            // An exception there for the NaN of another RDM: here each RDM has its own score.
            expect(score).toBeCloseTo(
              scoresOf({ ...c, data: [data], model: isJoint(c) ? c.model : [model] })[
                isJoint(c) ? j : 0
              ],
              15,
            );
          } else if (data === "allnan") expect(score).toBeNaN();
          else expect(largestDifference([score], [theirs])).toBeLessThan(1e-12);
        }),
      );
    });
  });
});

describe("each data RDM has its own mask for NaN (F3 of MNE-RSA: masks accumulate)", () => {
  const { data, model, output } = meta.per_rdm_masks;
  test.each(rsaMetricNames)("%s", (metric) => {
    const found = scoresOf({ data, model, metric, ignore_nan: true });
    expect(largestDifference(found, numbersOf(output[metric]))).toBeLessThan(1e-12);
  });
});

describe("one prepared set of models gives the scores of rsa", () => {
  test.each(rsaMetricNames)("%s", (metric) => {
    const models = prepareModels([values("m1"), values("m2")], { metric });
    const expected = meta.single[metric];
    if (isReferenceError(expected)) throw new Error("not an error");
    expect(largestDifference(models.score(values("d1")), numbersOf(expected))).toBeLessThan(1e-12);
    expect([models.nModels, models.nPairs]).toEqual([2, 15]);
    expect(() => models.score(new Float64Array(3))).toThrow(/15 pairs.*found 3/);
  });

  test("the input is left as it was", () => {
    const data = values("d1");
    const model = values("m1");
    for (const metric of rsaMetricNames)
      prepareModels([model, values("m2")], { metric }).score(data);
    expect([data, model]).toEqual([values("d1"), values("m1")]);
  });
});

test("data that a model explains wholly has a partial correlation of 1 with it (pinv makes it −1)", () => {
  for (const metric of ["partial", "partial-spearman"] as const) {
    const [own, other] = prepareModels([values("m1"), values("m2")], { metric }).score(
      values("m1"),
    );
    expect(own).toBeCloseTo(1, 12);
    expect(other).toBeCloseTo(0, 6);
  }
});

test("without any pair nothing has a score", () => {
  const none = new Rdm([], { items: ["a"] });
  for (const metric of rsaMetricNames) {
    const { scores } = rsa(none, [none, none], { metric });
    expect([...scores]).toEqual([NaN, NaN]);
  }
});

test("models of very different scale are all counted", () => {
  const large = values("m1").map((d) => d * 1e9);
  const [a, b] = prepareModels([values("m1"), values("m2")], { metric: "partial" }).score(
    values("d1"),
  );
  const scaled = prepareModels([large, values("m2")], { metric: "partial" }).score(values("d1"));
  expect(largestDifference(scaled, [a, b])).toBeLessThan(1e-12);
});

describe("items are matched by label", () => {
  const items = ["f", "a", "e", "c", "b", "d"];
  const sorted = [...items].sort();
  const data = new Rdm(values("d1"), { items, name: "IT", meta: { subject: 2 } });
  const model = new Rdm(values("m1"), { items, name: "size" });
  const turned = new Rdm(
    sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => model.between(a, b))),
    { items: sorted, name: "size" },
  );

  test("the same RDM in another order has the same score (F4 of rsatoolbox: it has not)", () => {
    expect(rsa(turned, model, { metric: "pearson" }).single()).toBeCloseTo(1, 15);
    expect(rsa(data, turned).single()).toBeCloseTo(rsa(data, model).single(), 15);
  });

  test("other items are refused, unless only the common ones are asked for", () => {
    const other = new Rdm(values("m1"), { items: ["a", "b", "c", "d", "e", "x"], name: "other" });
    expect(() => rsa(data, other)).toThrow(/"f".*"x".*the RDM "other".*items: "common"/);
    const common = rsa(data, other, { items: "common", metric: "pearson" }).single();
    const listed = rsa(data, other, { items: ["a", "b", "c", "d", "e"], metric: "pearson" });
    expect(common).toBeCloseTo(listed.single(), 15);
    expect(() => rsa(data, other, { items: ["a", "b", "x"] })).toThrow(/no item "x"/);
    const strange = new Rdm([1], { items: ["y", "z"] });
    expect(() => rsa(data, strange, { items: "common" })).toThrow(/share no item/);
  });

  test("labelled and unlabelled RDMs are not compared", () => {
    expect(() => rsa(data, new Rdm(values("m1")))).toThrow(/1 of 2 with labels"; label the others/);
    expect(() => rsa(new Rdm([1]), new Rdm([2]), { items: "common" })).toThrow(/have no labels/);
  });

  test("the result knows what was compared", () => {
    const result = rsa([data], [model, new Rdm(values("m2"), { items })]);
    expect(result.modelNames).toEqual(["size", "model 2"]);
    expect(result.score("IT", "size")).toBe(result.score(0, 0));
    expect(result.toTable().rows()[0]).toEqual({
      data: "IT",
      subject: 2,
      model: "size",
      score: result.scores[0],
    });
    expect(() => result.single()).toThrow(/1 × 2 scores/);
    expect(() => result.score("V1", 0)).toThrow(/one of IT/);
    const shown = result[jupyterDisplay]();
    expect(shown["text/plain"]).toMatch(/RSA by spearman\n.*data.*subject.*model.*score/);
    expect(shown["text/html"]).toMatch(/<table/);
  });
});

test("an unknown metric comes with the one probably meant", () => {
  const rdm = new Rdm([1, 2, 3]);
  expect(() => rsa(rdm, rdm, { metric: "spearmann" as "spearman" })).toThrow(
    /did you mean "spearman"/,
  );
  expect(() => rsa([], rdm)).toThrow(/data: "no RDM"/);
  expect(() => rsa(rdm, [])).toThrow(/model: "no RDM"/);
});
