import type { WrongAnswers } from "./wrong-answers.ts";

const count = (test: string): string => `(() => {
  let n = 0;
  for (const [i, a] of items.entries()) n += items.slice(i + 1).filter((b) => ${test}).length;
  return n;
})()`;
const isFace = (item: string): string => `(categoryOf(${item}) === "face")`;
const model = (value: string, names = "items"): string =>
  `perPair(${names}, (a, b) => ${value}, {})`;
const differs = `(${isFace("a")} === ${isFace("b")} ? 0 : 1)`;

/** What learners write into the blanks of notebook 02, and what it is taken for. */
export const wrong: WrongAnswers = {
  "02/corner": [
    ["mm[0] + mm[1] + mm[2]", "city-block"],
    ["Math.sqrt(3)", "voxels"],
    ["Math.hypot(mm[0], mm[1])", "in-plane"],
    ["Math.max(...mm)", "one-step"],
    ["mm[0] ** 2 + mm[1] ** 2 + mm[2] ** 2", "squared"],
    ["Math.hypot(...mm) / 1000", "metres"],
    ["mm[0] * mm[1] * mm[2]", "volume"],
    ["mm", "kind"],
    ["Math.hypot(mm)", "kind"],
    ["15", "other"],
  ],
  "02/across-runs": [
    ["(items.length * (items.length - 1)) / 2", "all-pairs"],
    [`2 * ${count("runOf(a) !== runOf(b)")}`, "both-halves"],
    [count("runOf(a) === runOf(b)"), "within-runs"],
    [count("runOf(a) !== runOf(b) && categoryOf(a) === categoryOf(b)"), "one-category"],
    [count("runOf(a) !== runOf(b) && categoryOf(a) !== categoryOf(b)"), "two-categories"],
    ["items.length ** 2", "square"],
    ["(5 * 4) / 2", "runs"],
    ["items.length", "items"],
    ["items.filter((a) => runOf(a) !== '0')", "kind"],
    ["7", "other"],
  ],
  "02/own-model": [
    [
      `new Rdm(perPair(items, (a, b) => (runOf(a) === runOf(b) ? NaN : ${differs}), {}).condensed)`,
      "unlabelled",
    ],
    [model(`runOf(a) === runOf(b) ? NaN : 1 - ${differs}`), "similarity"],
    [model(differs), "within-runs-kept"],
    [model(`runOf(a) === runOf(b) ? 0 : ${differs}`), "zero-not-left-out"],
    [model(`runOf(a) !== runOf(b) ? NaN : ${differs}`), "across-left-out"],
    [model("runOf(a) === runOf(b) ? NaN : categoryOf(a) === categoryOf(b) ? 0 : 1"), "category"],
    [
      model(`runOf(a) === runOf(b) ? NaN : ${isFace("a")} && ${isFace("b")} ? 0 : 1`),
      "both-needed",
    ],
    [
      `new Rdm(perPair(items, (a, b) => (runOf(a) === runOf(b) ? NaN : ${differs}), {}).condensed, { items: [...items].reverse() })`,
      "by-position",
    ],
    ['categoryRdm(["face", "house", "cat"])', "unlabelled"],
    [
      'perPair(["face", "house", "cat"], (a, b) => (a === "face" || b === "face" ? 1 : 0), {})',
      "other-items",
    ],
    [`items.map(${"(a) => categoryOf(a)"})`, "kind"],
    [model("0.5"), "other"],
  ],
  "02/people": [
    ["6", "one-too-few"],
    ["8", "two-sided"],
    ["100", "orders"],
    ["101", "orders"],
    ["5", "five-percent"],
    ["Math.log2(100)", "not-whole"],
    ["12", "more-than-needed"],
    ["0", "none"],
    ["'seven'", "kind"],
    ["3", "other"],
  ],
};
