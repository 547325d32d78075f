import { describe, expect, test } from "vitest";
import { exercises } from "../../course/exercises/all.ts";
import { judge, nearest } from "../../course/judge.ts";
import { judgedBy, NotDone, runBlank, runExercise } from "./exercise-cells.ts";
import { scopes } from "./scopes.ts";
import { wrong as first } from "./wrong/00.ts";
import { wrong as meg } from "./wrong/01.ts";
import { wrong as searchlight } from "./wrong/02.ts";
import { wrong as regions } from "./wrong/03.ts";
import { wrong as encoding } from "./wrong/04.ts";
import { wrong as imagePairs } from "./wrong/05.ts";
import { wrong as sources } from "./wrong/06.ts";
import { wrong as group } from "./wrong/07.ts";
import { wrong as richer } from "./wrong/09.ts";
import { wrong as scans } from "./wrong/08.ts";

const wrong = {
  ...first,
  ...meg,
  ...searchlight,
  ...regions,
  ...encoding,
  ...imagePairs,
  ...sources,
  ...group,
  ...richer,
  ...scans,
};
const names = Object.keys(exercises);

test("every exercise has ten wrong answers or more, and each of its mistakes is made", () => {
  expect(Object.keys(wrong).sort()).toEqual([...names].sort());
  for (const name of names) {
    expect([name, wrong[name].length >= 10]).toEqual([name, true]);
    const made = new Set(wrong[name].map(([, mistake]) => mistake));
    const known = judgedBy[name].mistakes.map((mistake) => mistake.name);
    expect([name, known.filter((mistake) => !made.has(mistake))]).toEqual([name, []]);
  }
});

describe.each(names)("%s", (name) => {
  const scope = scopes[name.slice(0, 2)];

  test("its solution is right, and no mistake lies near it", async () => {
    const { verdict, answer, given } = await runExercise(name, scope);
    expect(verdict).toEqual({ name, passed: true, words: judgedBy[name].praise });
    for (const { name: mistake, off } of judgedBy[name].mistakes)
      expect([mistake, off(answer, given) > 2 * nearest]).toEqual([mistake, true]);
  });

  test("an empty blank is not done", async () => {
    expect(await runBlank(name, scope)).toBeInstanceOf(NotDone);
  });

  test("wrong answers are told apart", async () => {
    const said = [];
    for (const [code] of wrong[name]) {
      const { verdict } = await runExercise(name, scope, code);
      said.push([code, verdict.passed ? "passed" : verdict.mistake]);
    }
    expect(said).toEqual(wrong[name]);
  });
});

test("a smallest p is right when it is rounded, and wrong when a way was forgotten", () => {
  const said = (answer: number) =>
    judge("09/smallest", judgedBy["09/smallest"], answer, { nPeople: 10 });
  for (const answer of [1 / 1024, 0.0009766, 0.000977, 0.00098])
    expect(said(answer)).toMatchObject({ passed: true });
  expect(said(1 / 1023)).toMatchObject({ mistake: "given-left-out" });
  expect(said(1 / 1025)).toMatchObject({ mistake: "counted-twice" });
  expect(said(0.001)).toMatchObject({ mistake: "default-draws" });
});

test("a region without a p is no test: it counts for nothing in 08/fdr", () => {
  const given = { pValues: [0.01, Number.NaN, 0.02, 0.03, 0.5], level: 0.05 };
  const said = (answer: number) => judge("08/fdr", judgedBy["08/fdr"], answer, given);
  expect(said(3)).toMatchObject({ passed: true });
  expect(said(4)).toMatchObject({ mistake: "all" });
});
