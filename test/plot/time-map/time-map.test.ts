import { expect, test } from "vitest";
import { TfrScores } from "../../../src/meg/index.ts";
import { plotTfr, plotTimeTime } from "../../../src/plot/index.ts";
import { TimeTime } from "../../../src/rsa/index.ts";

const times = Float64Array.from({ length: 41 }, (_, t) => (t - 10) / 100);
const wave = (n: number, m: number) =>
  Float64Array.from(
    { length: n * m },
    (_, at) => Math.exp(-(((Math.floor(at / m) - (at % m)) / 6) ** 2)) * Math.sin(at / 40),
  );
const matrix = new TimeTime({
  scores: wave(41, 41),
  rowTimes: times,
  columnTimes: times,
  rowName: "half 1",
  columnName: "half 2",
  label: "spearman of RDMs",
  symmetric: false,
  overlapS: 0.02,
});
const tfr = new TfrScores({
  scores: wave(6, 41).map((v, at) => (at === 7 ? NaN : v)),
  modelNames: ["faces"],
  freqsHz: Float64Array.of(4, 6, 10, 16, 24, 36),
  times,
  edgeS: Float64Array.of(0.12, 0.1, 0.08, 0.06, 0.04, 0.02),
  fwhmS: Float64Array.of(0.3, 0.2, 0.15, 0.1, 0.08, 0.05),
  dataS: [-0.1, 0.3],
  rsaMetric: "spearman",
  power: "total power, logratio of a baseline",
  nItems: 12,
  notes: [],
});

test("a time × time matrix says what is hatched, and hands out its values", () => {
  const figure = plotTimeTime(matrix, { title: "halves" });
  expect(figure.caption).toContain("Hatched: times that share data (up to 0.02 s apart)");
  expect(figure.altText).toContain("41 by 41 times");
  expect(figure.toCsv().split("\n")).toHaveLength(41 * 41 + 2);
  expect(figure.svg).toContain("half 1, time (s)");
  expect(figure.svg).toContain("halves");
});

test("scores over frequency and time hatch the edges, and say how much times blur", () => {
  const figure = plotTfr(tfr);
  expect(figure.caption).toContain("Hatched: zeros beyond the epochs take part");
  expect(figure.caption).toContain("blur by up to 0.3 s");
  expect(figure.svg).toContain("frequency (Hz)");
});

test("a matrix without values is drawn grey, and wrong options are refused", () => {
  const empty = new TimeTime({
    ...matrix,
    scores: new Float64Array(1681).fill(NaN),
    overlapS: undefined,
  });
  expect(plotTimeTime(empty).caption).toContain("Grey: 1681 cells");
  expect(plotTimeTime(empty).altText).toContain("no values");
  expect(() => plotTimeTime(matrix, { palette: "virdis" as "viridis" })).toThrow(
    'did you mean "viridis"',
  );
  expect(() => plotTfr(tfr, { model: "houses" })).toThrow("faces");
});
