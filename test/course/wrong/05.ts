import type { WrongAnswers } from "./wrong-answers.ts";

const share = (test: string, of = "leakyFold.test.i.length"): string => `(() => {
  const seen = new Set(leakyFold.trainImages);
  const { i, j } = leakyFold.test;
  return i.filter((a, at) => ${test}).length / ${of};
})()`;
const both = "seen.has(a) && seen.has(j[at])";

/** What learners write into the blanks of notebook 05, and what it is taken for. */
export const wrong: WrongAnswers = {
  "05/test-pairs": [
    ["nTest * (names.length - nTest)", "mixed"],
    ["(nTest * (nTest - 1)) / 2 + nTest * (names.length - nTest)", "all-with-a-test-picture"],
    ["Math.ceil((9 / 30) * (30 * 29) / 2)", "share-of-pairs"],
    ["nTest * (nTest - 1)", "both-halves"],
    ["(nTest * (nTest + 1)) / 2", "diagonal"],
    ["nTest ** 2", "square"],
    ["(names.length * (names.length - 1)) / 2", "all-pairs"],
    ["nTest", "pictures"],
    ["(21 * 20) / 2", "training-pairs"],
    ["'36'", "kind"],
    ["5", "other"],
  ],
  "05/leak": [
    [`100 * ${share(both)}`, "percent"],
    [share(both, "1"), "count"],
    [share("seen.has(a) || seen.has(j[at])"), "one-is-enough"],
    [`1 - ${share(both)}`, "not-seen"],
    ["leakyFold.test.i.length / leakyFold.train.target.length", "of-training-pairs"],
    ["8 / 19", "test-share"],
    ["0", "none"],
    ["leakyFold.test.i", "kind"],
    ["leakyFold.test.nothing", "kind"],
    ["0.01", "other"],
  ],
  "05/symmetric": [
    ["(a, b) => [...a, ...b]", "concatenated"],
    ["(a, b) => [...b, ...a]", "concatenated"],
    ["(a, b) => a.map((value, at) => value - b[at])", "signed"],
    ["(a, b) => [1, 2, 3]", "constant"],
    ["(a, b) => a.map(Math.abs)", "constant"],
    ["(a, b) => b.map((value) => value ** 2)", "one-only"],
    ["(a, b) => a.map((value, at) => Math.abs(value - 2 * b[at]))", "not-symmetric"],
    ["(a, b) => [a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0)]", "one-number"],
    ["(a, b) => a.map((value, at) => value + b[at])", "cannot-tell-alike"],
    ["(a, b) => 3", "kind"],
    ["(a, b) => a.nothing.length", "kind"],
    ["[1, 2]", "kind"],
  ],
  "05/units": [
    ["ofTest.nTestPairs", "pairs"],
    ["ofTest.nPermutations", "permutations"],
    ["ofTest.nTestImages - 1", "one-less"],
    ["2 * ofTest.nTestImages", "both"],
    ["ofTest.nTestImages ** 2", "square"],
    ["200", "more-than-tested"],
    ["1", "other"],
    ["ofTest", "kind"],
    ["'pictures'", "kind"],
    ["undefined", "kind"],
  ],
};
