import { InvalidArgument } from "../core/errors.ts";
import { isList, isNumericArray } from "../core/gate/vector.ts";
import { Rdm } from "./rdm.ts";

/** One RDM or several; a condensed vector stands for an RDM without labels. */
export type RdmInput = Rdm | ArrayLike<number> | readonly (Rdm | ArrayLike<number>)[];

/** What a user gave for RDMs as a list of them. Throws `InvalidArgument` for none, or what is no RDM. */
export function toRdms(input: RdmInput, argument: string): readonly Rdm[] {
  if (isRdm(input)) return [input];
  if (!isList(input)) throw notAnRdm(argument, input);
  if (input.length === 0) throw new InvalidArgument(argument, "no RDM", "give at least one");
  if (!isVector(input))
    return Array.from<unknown, Rdm>(input, (one, at) => toRdm(one, `${argument}[${at}]`));
  return [new Rdm(input)];
}

function toRdm(value: unknown, argument: string): Rdm {
  if (isRdm(value)) return value;
  if (isList(value)) return new Rdm(value as ArrayLike<number>);
  throw notAnRdm(argument, value);
}

function isVector(list: ArrayLike<unknown>): list is ArrayLike<number> {
  return isNumericArray(list) || typeof list[0] !== "object" || list[0] === null;
}

function isRdm(value: unknown): value is Rdm {
  return typeof value === "object" && value !== null && "condensed" in value;
}

function notAnRdm(argument: string, value: unknown): InvalidArgument {
  return new InvalidArgument(argument, value, "give an Rdm, a condensed vector, or a list of them");
}
