import { describe, expect, test } from "vitest";
import * as tsrsa from "tsrsa";
import { TsrsaError, UnknownOption } from "../../src/core/errors.ts";

const { bandedRidgeCv, crossValidateRidge, lassoLars, ridge, ridgeCv } = tsrsa;
const X = [[1, 2], [3, 5], [2, 2], [0, 1], [4, 4], [2, 0]]; // prettier-ignore
const y = [1, 2, 3, 4, 2, 1];
const groups = { a: [0], b: [1] };
const slip = (name: string): never => ({ [name]: 1 }) as never;

test.each<[string, () => unknown, RegExp]>([
  ["ridge", () => ridge(X, y, slip("aplha")), /"alpha"/],
  ["ridgeCv", () => ridgeCv(X, y, slip("alpha")), /"alphas"/],
  ["ridgeCv, threads", () => ridgeCv(X, y, slip("perTargets")), /"perTarget"/],
  ["bandedRidgeCv", () => bandedRidgeCv(X, y, groups, slip("weightings")), /"nWeightings"/],
  ["crossValidateRidge", () => crossValidateRidge(X, y, slip("alphas")), /"alpha"/],
  [
    "crossValidatedPredictions",
    () => tsrsa.crossValidatedPredictions(X, y, slip("fold")),
    /"folds"/,
  ],
  ["variancePartition", () => tsrsa.variancePartition(X, y, groups, slip("nfolds")), /"folds"/],
  ["lassoLars", () => lassoLars(X, y, 1, slip("maxIteration")), /"maxIterations"/],
  ["lassoLarsCv", () => tsrsa.lassoLarsCv(X, y, slip("folders")), /"folds"/],
  [
    "receptiveField",
    () => tsrsa.receptiveField(X, y, { shape: [1, 2], iterations: 3 } as never),
    /"maxIterations"|choose one of/,
  ],
  [
    "scoreSignificance",
    () => tsrsa.scoreSignificance(y, y, slip("nPermutations")),
    /"permutations"/,
  ],
  ["explainableVariance", () => tsrsa.explainableVariance([X, X], slip("standardise")), /"standardize"/], // prettier-ignore
  ["firDelays", () => tsrsa.firDelays(X, { delays: [1], run: y } as never), /"runs"/],
  ["pairRuns", () => tsrsa.pairRuns([X], [X], slip("delayVolume")), /"delayVolumes"/],
  ["noiseCovariance", () => tsrsa.noiseCovariance(X, slip("label")), /"labels"/],
  ["fdr", () => tsrsa.fdr([0.1], slip("methods")), /"method"/],
  ["multidimensionalScaling", () => tsrsa.multidimensionalScaling([1, 2, 3], slip("dimension")), /"dimensions"/], // prettier-ignore
  ["permutationTTest", () => tsrsa.permutationTTest(X, slip("nPermutations")), /"permutations"/],
  ["permutationClusterTest", () => tsrsa.permutationClusterTest(X, slip("threshold")), /"thresholdT"|"thresholdP"/], // prettier-ignore
  ["tfce", () => tsrsa.permutationClusterTest(X, { tfce: slip("steps") }), /"step"/],
])("%s refuses an option it does not know, and says which is meant", async (_, call, meant) => {
  const failed = async (): Promise<unknown> => call();
  await expect(failed()).rejects.toThrow(UnknownOption);
  await expect(failed()).rejects.toThrow(meant);
});

const wrong = (value: unknown): never => value as never;

test.each<[string, () => unknown, RegExp]>([
  ["a penalty for options", () => ridge(X, y, wrong(10)), /options: 10; give one object/],
  ["options in a penalty's place", () => lassoLars(X, y, wrong({ alpha: 1 })), /third argument is/],
  ["options within options", () => ridge(X, y, { alpha: wrong({ alpha: 1 }) }), /itself belongs/],
  ["a penalty as text", () => ridge(X, y, { alpha: wrong("10") }), /as \{ alpha: \[1, 10, 100\] \}/], // prettier-ignore
  ["penalties as text", () => ridge(X, y, { alpha: wrong(["10"]) }), /alpha\[0\]: "10"/],
  ["a missing penalty", () => ridgeCv(X, y, { alphas: wrong([1, null]) }), /alphas: NaN/],
  ["a flag", () => crossValidateRidge(X, y, { alpha: wrong(true) }), /alpha: true/],
  ["a penalty for a list", () => ridgeCv(X, y, { alphas: wrong("big") }), /alphas: "big"/],
  ["folds that are an object", () => ridgeCv(X, y, { folds: wrong({ n: 2 }) }), /folds: .*how many/], // prettier-ignore
  ["folds of plain lists", () => ridgeCv(X, y, { folds: wrong([[0, 1], [2]]) }), /fold 0 lacks/],
  ["no groups", () => bandedRidgeCv(X, y, wrong(null)), /groups: null; give columns by name/],
  ["groups of numbers", () => bandedRidgeCv(X, y, wrong({ a: 0, b: 1 })), /"a\\?" is no list/],
  ["runs that are text", () => tsrsa.leaveOneRunOut(wrong("run 1")), /runs: "run 1"; give a list/],
  ["one delay", () => tsrsa.firDelays(X, { delays: wrong(2) }), /delays: 2; give a list/],
  ["no delays", () => tsrsa.firDelays(X, wrong(undefined)), /options/],
  ["one run alone", () => tsrsa.pairRuns(wrong({}), [X]), /stimuli: .*a matrix for each run/],
  ["one repeat alone", () => tsrsa.explainableVariance(wrong({})), /repeats: .*each repeat/],
  ["an image's size", () => tsrsa.receptiveField(X, y, { shape: wrong(2) }), /shape: 2/],
  ["a score's name", () => crossValidateRidge(X, y, { score: wrong("r") }), /score "r"/],
  ["p values as text", () => tsrsa.fdr(wrong(["0.01"])), /pValues\[0\]: "0.01"/],
])("%s: refused, and said what was meant", async (_, call, said) => {
  const failed = async (): Promise<unknown> => call();
  await expect(failed()).rejects.toThrow(TsrsaError);
  await expect(failed()).rejects.toThrow(said);
});

describe("values beyond the range of squares are refused, not fitted to 0", () => {
  const scaled = (by: number) => X.map((row) => row.map((value) => value * by));
  test.each([1e200, 1e-200])("features times %d", async (by) => {
    await expect(ridge(scaled(by), y)).rejects.toThrow(/stimuli: "values up to 5e.200.*unit/);
    await expect(lassoLars(scaled(by), y, 0.1)).rejects.toThrow(/another unit/);
  });
  test("responses", async () => {
    await expect(ridgeCv(X, y.map((value) => value * 1e200))).rejects.toThrow(/responses: "values/); // prettier-ignore
  });
  test("100 orders of magnitude are taken", async () => {
    const plain = await ridge(X, y, { alpha: 0 });
    const large = await ridge(scaled(1e100), y, { alpha: 0 });
    expect(large.coef.data[0] * 1e100).toBeCloseTo(plain.coef.data[0], 12);
  });
});
