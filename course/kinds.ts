import { Rdm } from "../src/rdm/rdm.ts";

/** Says what a value is, for the message that it is of another kind. */
function found(answer: unknown): string {
  if (answer === undefined) return "nothing yet";
  if (answer === null) return "null";
  if (Array.isArray(answer)) return "a list";
  if (typeof answer === "object") return `an object (${answer.constructor.name})`;
  return typeof answer === "number" && Number.isNaN(answer)
    ? "NaN, no number at all"
    : `a ${typeof answer}`;
}

/** Says that an answer has to be a number. */
export function needsNumber(answer: unknown): string | undefined {
  if (typeof answer === "number" && !Number.isNaN(answer)) return undefined;
  return `Give a number; this is ${found(answer)}.`;
}

/** Says that an answer has to be one of these names. */
export function needsText(answer: unknown): string | undefined {
  if (typeof answer === "string" && answer !== "") return undefined;
  return `Give a name, in quotes; this is ${answer === "" ? "an empty one" : found(answer)}.`;
}

/** Says that an answer has to be an RDM. */
export function needsRdm(answer: unknown): string | undefined {
  return answer instanceof Rdm ? undefined : `Give an Rdm; this is ${found(answer)}.`;
}

/** Says that an answer has to be a list of numbers, plain or typed. */
export function needsNumbers(answer: unknown): string | undefined {
  if (!Array.isArray(answer) && !isTyped(answer))
    return `Give a list of numbers; this is ${found(answer)}.`;
  const values: readonly unknown[] = Array.from<unknown>(answer);
  if (values.length === 0) return "Give a list of numbers; this one is empty.";
  const at = values.findIndex((value) => needsNumber(value) !== undefined);
  return at < 0 ? undefined : `Give a list of numbers; ${found(values[at])} is in it.`;
}

function isTyped(answer: unknown): answer is ArrayLike<number> {
  return ArrayBuffer.isView(answer) && !(answer instanceof DataView);
}

/** Says that an answer has to be a function. */
export function needsFunction(answer: unknown): string | undefined {
  return typeof answer === "function" ? undefined : `Give a function; this is ${found(answer)}.`;
}
