import { InvalidArgument } from "../errors.ts";
import { describeValue } from "./describe.ts";
import { checkEnd } from "./vector.ts";

/** A label, which is text. Throws `InvalidArgument` for a number and everything else, and says what kind it is. */
export function toLabel(value: unknown, argument = "item"): string {
  if (typeof value === "string") return value;
  throw new InvalidArgument(argument, value, `${kindOf(value)}, and labels are text${hint(value)}`);
}

/** Labels: a list or a Set of texts, or a single one. Throws `InvalidArgument`, naming the place. */
export function toLabels(value: unknown, argument = "items"): string[] {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value) && !(value instanceof Set))
    throw new InvalidArgument(argument, value, "give a list of labels");
  if (Array.isArray(value)) checkEnd(value, argument);
  return Array.from<unknown, string>(value, (label, at) => toLabel(label, `${argument}[${at}]`));
}

function kindOf(value: unknown): string {
  return typeof value === "number" ? `${value} is a number` : `${describeValue(value)} is no text`;
}

function hint(value: unknown): string {
  if (typeof value !== "number") return "";
  return `; write "${value}" for the item of that name, or use at(i, j) and pick for positions`;
}
