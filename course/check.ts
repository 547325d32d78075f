import { displayHook } from "../src/core/display.ts";
import { UnknownOption } from "../src/core/errors.ts";
import { Rdm } from "../src/rdm/rdm.ts";
import { exercises } from "./exercises/all.ts";
import type { Exercise, Verdict } from "./judge.ts";
import { judge } from "./judge.ts";

/** The names of the exercises, as `NN/NAME`. */
export type ExerciseName = keyof typeof exercises;

/** What an exercise needs from its notebook to know what is right. */
export type GivenOf<Name extends ExerciseName> = Parameters<(typeof exercises)[Name]["right"]>[1];

/** MIME type of a verdict, which front ends show as ✓ or ✗ and count. */
export const checkMime = "application/vnd.tsrsa.check+json";

/**
 * Looks at the answer of an exercise and shows what it is: right, a mistake that is often made, or not yet. What is right
 * is computed from `given`, so it holds for demo and real data alike. A wrong answer throws nothing: the notebook runs on.
 * Throws `UnknownOption` for a name that is no exercise.
 *
 * @param name - the exercise.
 * @param answer - what was found.
 * @param given - what the notebook gives it, by name.
 *
 * @example
 * import { computeRdm } from "tsrsa";
 * import { check } from "tsrsa/course";
 * const rdm = computeRdm([[1, 2, 3], [3, 1, 2], [2, 5, 1]]);
 * check("00/pairs", 9, { rdm }); // ✗ That is every cell of the square. …
 */
export function check<Name extends ExerciseName>(
  name: Name,
  answer: unknown,
  given: GivenOf<Name>,
): void {
  const names = Object.keys(exercises);
  if (!Object.hasOwn(exercises, name)) throw new UnknownOption("exercise", name, names);
  const exercise = exercises[name] as Exercise<unknown, GivenOf<Name>>;
  show(judge(name, exercise, answer, given), answer);
}

function show(verdict: Verdict, answer: unknown): void {
  const text = `${verdict.passed ? "✓" : "✗"} ${verdict.words}`;
  const hook = displayHook();
  if (hook === undefined) return console.log(text);
  const reported = reportable(answer);
  const said = reported === undefined ? verdict : { ...verdict, answer: reported };
  hook.display({ [checkMime]: said, "text/plain": text });
}

/** More numbers than this are no answer that anybody wants to read. */
const mostNumbers = 20_000;

/** An answer as JSON holds it, so that a teacher can have it judged again: NaN is null, an RDM its items and numbers. */
function reportable(answer: unknown): unknown {
  if (["number", "string", "boolean"].includes(typeof answer)) return answer;
  if (answer instanceof Rdm) {
    const condensed = numbersOf(answer.condensed);
    return condensed && { rdm: { items: answer.items ?? null, condensed } };
  }
  return Array.isArray(answer) || ArrayBuffer.isView(answer)
    ? numbersOf(answer as unknown as ArrayLike<unknown>)
    : undefined;
}

function numbersOf(values: ArrayLike<unknown>): (number | null)[] | undefined {
  if (!(values.length <= mostNumbers)) return undefined;
  const numbers = Array.from(values);
  if (!numbers.every((value): value is number => typeof value === "number")) return undefined;
  return numbers.map((value) => (Number.isFinite(value) ? value : null));
}
