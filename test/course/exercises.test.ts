import { expect, test } from "vitest";
import { exercises } from "../../course/exercises/all.ts";
import { check, NotDone, todo } from "../../course/index.ts";
import { judge } from "../../course/judge.ts";
import { needsNumber } from "../../course/kinds.ts";
import { computeRdm } from "../../src/index.ts";

const rdm = computeRdm([
  [1, 2, 3],
  [3, 1, 2],
  [2, 5, 1],
  [4, 4, 9],
]);

test("the right answer passes, each mistake is told by its name", () => {
  const judged = (answer: unknown) => judge("00/pairs", exercises["00/pairs"], answer, { rdm });
  expect(judged(6)).toEqual({
    name: "00/pairs",
    passed: true,
    words: "Each item with each other item, once.",
  });
  const answers = {
    16: "whole-square",
    12: "both-halves",
    10: "diagonal",
    4: "items",
    8: "half-square",
    7: "other",
  };
  for (const [answer, mistake] of Object.entries(answers))
    expect([answer, judged(Number(answer))]).toMatchObject([answer, { passed: false, mistake }]);
  for (const answer of ["6", undefined, NaN, null, [6]])
    expect(judged(answer).mistake).toBe("kind");
});

test("what is said of a wrong answer is never the right one", () => {
  const { mistakes, otherwise } = exercises["00/pairs"];
  for (const words of [...mistakes.map((mistake) => mistake.words), otherwise])
    expect(words).not.toMatch(/\b6\b/);
});

test("no mistake gives what is right", () => {
  for (const { off } of exercises["00/pairs"].mistakes) expect(off(6, { rdm })).toBe(Infinity);
});

test("of two mistakes that are near, the nearest is told", () => {
  const exercise = {
    kind: needsNumber,
    right: (answer: number) => answer === 1,
    praise: "",
    otherwise: "other",
    mistakes: [0.0748, 0.0751].map((value) => ({
      name: String(value),
      off: (answer: number) => Math.abs(answer - value) / value,
      words: "",
    })),
  };
  expect(judge("x", exercise, 0.0751, {}).mistake).toBe("0.0751");
  expect(judge("x", exercise, 0.0748, {}).mistake).toBe("0.0748");
  expect(judge("x", exercise, 0.08, {}).mistake).toBe("other");
});

test("check shows the verdict where a kernel runs, prints it where none does, and knows its names", () => {
  const shown: unknown[] = [];
  const hook = { display: (bundle: unknown) => shown.push(bundle) };
  const place = Symbol.for("Jupyter.hook");
  Object.defineProperty(globalThis, place, { value: hook, configurable: true });
  try {
    check("00/pairs", 16, { rdm });
  } finally {
    Reflect.deleteProperty(globalThis, place);
  }
  expect(shown).toEqual([
    {
      "application/vnd.tsrsa.check+json": {
        name: "00/pairs",
        passed: false,
        words: expect.stringContaining("every cell") as string,
        mistake: "whole-square",
        answer: 16,
      },
      "text/plain": expect.stringMatching(/^✗ That is every cell/) as string,
    },
  ]);
  expect(() => check("00/pair" as "00/pairs", 1, { rdm })).toThrow(
    'unknown exercise "00/pair"; did you mean "00/pairs"?',
  );
});

test("a blank that is not filled says what belongs there", () => {
  expect(() => void todo("the number of pairs")).toThrow(NotDone);
  expect(() => void todo("x")).toThrow("not done yet: x");
  expect(new NotDone("x")).toMatchObject({ code: "NOT_DONE", name: "NotDone", words: "x" });
});

test("an answer goes with its verdict as far as JSON holds it, so that it can be judged again", () => {
  const shown: unknown[] = [];
  const hook = {
    display: (bundle: Record<string, unknown>) => shown.push(Object.values(bundle)[0]),
  };
  const place = Symbol.for("Jupyter.hook");
  Object.defineProperty(globalThis, place, { value: hook, configurable: true });
  const labelled = computeRdm([[1], [2]], { metric: "cityblock", items: ["a", "b"] });
  try {
    for (const answer of [
      labelled,
      [1, NaN],
      Int32Array.of(3),
      [1, "x"],
      new Float64Array(20_001),
      () => 1,
    ])
      check("00/pairs", answer, { rdm });
  } finally {
    Reflect.deleteProperty(globalThis, place);
  }
  expect(shown.map((one) => (one as { answer?: unknown }).answer)).toEqual([
    { rdm: { items: ["a", "b"], condensed: [1] } },
    [1, null],
    [3],
    undefined,
    undefined,
    undefined,
  ]);
});
