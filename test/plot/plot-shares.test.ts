import { describe, expect, test } from "vitest";
import { plotShares } from "../../src/plot/index.ts";
import { computeRdm } from "../../src/rdm/index.ts";
import { sharesRdms } from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";

const rng = random(6);
const items = Array.from({ length: 9 }, (_, at) => `i${at}`);
const rdmOf = (name: string) =>
  computeRdm(
    Array.from({ length: 9 }, () => Array.from({ length: 4 }, () => rng.normal())),
    { items, name },
  );
const models = [
  rdmOf("shape"),
  rdmOf("colour"),
  rdmOf("a very long name of a model that is cut somewhere"),
];
const people = ["anna", "ben", "carl"].map(rdmOf);

describe("plotShares", () => {
  test("draws a bar a set with its sign, and says what they sum to", () => {
    const shares = sharesRdms(people[0], models.slice(0, 2));
    const figure = plotShares(shares, { title: "V1" });
    expect(figure.data.column("share")).toEqual(Array.from(shares.of().scores));
    const sum = shares.of("r2").score(0, "shape + colour");
    expect(figure.caption).toContain(`R² = ${sum.toPrecision(2).slice(0, -1)}`);
    expect(figure.caption).toContain("the data RDM");
    expect(figure.svg).toMatchSnapshot();
  });

  test("of several RDMs the mean, and each as a point; those without shares are counted", () => {
    const gap = people[0].condensed.slice();
    gap[3] = NaN;
    const all = [...people.map(({ condensed }) => condensed), gap];
    const shares = sharesRdms(
      all,
      models.map(({ condensed }) => condensed),
      { ranks: true },
    );
    const figure = plotShares(shares);
    expect(figure.data.column("data RDMs")).toEqual(Array(7).fill(3));
    const unique = [0, 1, 2].map((data) => shares.of().score(data, "model 1"));
    expect(figure.data.column("share")[0]).toBeCloseTo((unique[0] + unique[1] + unique[2]) / 3, 14);
    expect(figure.caption).toContain("1 of 4 data RDMs have no shares");
    expect(figure.caption).toContain("rank variance of 3 data RDMs");
    expect(figure.svg.match(/<circle/g)).toHaveLength(7 * 3 + 7 * 3);
  });

  test("below 0 is drawn and said", () => {
    // y = a − b + c; b clears noise from a.
    const [a, b] = [models[0].condensed, models[1].condensed];
    const suppressed = a.map((d, pair) => d + b[pair]);
    const shares = sharesRdms([a], [suppressed, b]);
    expect(shares.of().scores[2]).toBeLessThan(0);
    expect(plotShares(shares).caption).toContain("Below 0");
    expect(plotShares(sharesRdms([a], [a, b])).altText).toContain("model 1");
  });

  test("what cannot be drawn is refused", () => {
    const nothing = sharesRdms(
      [new Float64Array(36).fill(1)],
      models.map(({ condensed }) => condensed),
    );
    expect(() => plotShares(nothing)).toThrow("all NaN");
    expect(() => plotShares(sharesRdms(people, models), { widthPx: 200 })).toThrow("need more");
    // @ts-expect-error: what is no shares.
    expect(() => plotShares({ modelNames: [] })).toThrow("sharesRdms");
    // @ts-expect-error: no such option.
    expect(() => plotShares(sharesRdms(people, models), { width: 3 })).toThrow("width");
  });
});
