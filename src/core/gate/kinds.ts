import { InvalidArgument, UnknownOption } from "../errors.ts";
import { isList, isNumericArray } from "./vector.ts";

/** What a value of a user must be: throws for everything else, naming the argument. */
export type Kind = (value: unknown, argument: string) => void;

/** A kind from what it is called and a test. */
export function kind(wanted: string, fits: (value: unknown) => boolean): Kind {
  return (value, argument) => {
    if (!fits(value)) throw new InvalidArgument(argument, value, `give ${wanted}`);
  };
}

/** True or false; text, 0 and 1 are neither. */
export const flag = kind("true or false", (value) => typeof value === "boolean");

export const text = kind("text", (value) => typeof value === "string");

/** A number, infinite perhaps; NaN is none. */
export const number = kind(
  "a number",
  (value) => typeof value === "number" && !Number.isNaN(value),
);

export const finite = kind("a finite number", Number.isFinite);

export const positive = kind("a number above 0", (value) => isFinite(value) && value > 0);

export const notNegative = kind("a number of at least 0", (value) => isFinite(value) && value >= 0);

/** From 0 to 1, both allowed. */
export const share = kind(
  "a number from 0 to 1",
  (value) => isFinite(value) && value >= 0 && value <= 1,
);

/** A share that leaves something on both sides, as a level of significance: between 0 and 1, neither allowed. */
export const proper = kind(
  "a number between 0 and 1",
  (value) => isFinite(value) && value > 0 && value < 1,
);

/** How much at most: a number above 0, `Infinity` for any. */
export const limit = kind(
  "a number above 0, or Infinity for no limit",
  (value) => typeof value === "number" && value > 0,
);

/** A whole number of at least so many, and at most so many where more would only fill the memory. */
export function whole(least = -Infinity, most = Infinity): Kind {
  const above = least === -Infinity ? "an integer" : `an integer of at least ${least}`;
  const wanted = most === Infinity ? above : `${above} and at most ${most}`;
  return kind(wanted, (value) => isInteger(value) && value >= least && value <= most);
}

/** How often something is drawn: more than a billion times fits no memory. */
export function repetitions(least: number): Kind {
  return whole(least, 1e9);
}

export const callback = kind("a function", (value) => typeof value === "function");

/** A list whose every value is a number; typed arrays need no look. */
export const numbers = kind(
  "a list of numbers",
  (value) => isNumericArray(value) || (isShortList(value) && allOf(value, isNumber)),
);

export const texts = kind(
  "a list of texts",
  (value) => isShortList(value) && allOf(value, (entry) => typeof entry === "string"),
);

/** What may be said of a thing in one word: text, a number, true or false. */
export const simple = kind("text, a number, true or false", (value) =>
  ["string", "number", "boolean"].includes(typeof value),
);

/** Labels as a table has them: text, numbers, true and false; no missing ones, and never the letters of a text. */
export const cells = kind(
  "a list of labels",
  (value) => isShortList(value) && allOf(value, isCell),
);

/** Two finite numbers, the lower first. */
export const range = kind("two finite numbers as [low, high], the lower first", isRange);

/** One of these names; a wrong one is told the near one, and what the names are of, where the argument does not say. */
export function oneOf(names: readonly string[], what?: string): Kind {
  return (value, argument) => {
    if (typeof value !== "string" || !names.includes(value))
      throw new UnknownOption(what ?? argument, value, names);
  };
}

/** A list of whatever; none that only claims its length. */
export function listWith(what: string): Kind {
  return kind(`a list ${what}`, isShortList);
}

/** A list of any length and content. */
export const list = kind("a list", isShortList);

/** A list, each value of which is of a kind. */
export function listOf(each: Kind): Kind {
  return (value, argument) => {
    if (!isShortList(value)) throw new InvalidArgument(argument, value, "give a list");
    for (let at = 0; at < value.length; at++) each(value[at], `${argument}[${at}]`);
  };
}

/** Of the first kind that fits; the last says what is wrong. */
export function either(...kinds: readonly Kind[]): Kind {
  return (value, argument) => {
    const fits = kinds.slice(0, -1).some((one) => isOf(one, value, argument));
    if (!fits) kinds.at(-1)?.(value, argument);
  };
}

/** An object of named values, each of a kind. */
export function record(each: Kind): Kind {
  return (value, argument) => {
    if (!isRecord(value))
      throw new InvalidArgument(argument, value, "give one object, as { name: value }");
    for (const [name, entry] of Object.entries(value)) each(entry, `${argument}.${name}`);
  };
}

/** An object, whose parts the function itself looks at. */
export const object = kind("an object", (value) => typeof value === "object" && value !== null);

/** A thing of ours or a user's, known by some of the names it has. */
export function thing(wanted: string, ...names: readonly string[]): Kind {
  return kind(
    wanted,
    (value) => typeof value === "object" && value !== null && names.every((name) => name in value),
  );
}

/** An object of names and values: no list, Map, Date, Promise or function, which have none. */
export function isRecord(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function isOf(one: Kind, value: unknown, argument: string): boolean {
  try {
    one(value, argument);
    return true;
  } catch {
    return false;
  }
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isRange(value: unknown): boolean {
  if (!isShortList(value) || value.length !== 2) return false;
  const [low, high] = Array.from(value);
  return isFinite(low) && isFinite(high) && low < high;
}

function isCell(value: unknown): boolean {
  if (typeof value === "number") return !Number.isNaN(value);
  return ["string", "boolean", "bigint"].includes(typeof value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A list that can be walked: with a hole at its end it only claims its length. */
function isShortList(value: unknown): value is ArrayLike<unknown> {
  return isList(value) && (value.length === 0 || value.length - 1 in value);
}

function allOf(list: ArrayLike<unknown>, fits: (value: unknown) => boolean): boolean {
  for (let at = 0; at < list.length; at++) if (!fits(list[at])) return false;
  return true;
}
