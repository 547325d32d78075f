import { InvalidArgument } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { checkEnd, isList, isNumericArray, toVector } from "../core/gate/vector.ts";
import type { Matrix } from "../core/matrix.ts";
import { Rdm } from "./rdm.ts";
import { condensedOf, squareOf } from "./square.ts";

/** An RDM; a condensed vector or a square matrix of dissimilarities stands for one without labels. */
export type RdmLike = Rdm | ArrayLike<number> | readonly ArrayLike<number>[] | Matrix;

/** One RDM or several. */
export type RdmInput = RdmLike | readonly RdmLike[];

/** What a user gave for an RDM. Throws `InvalidArgument` for what is none and cannot stand for one. */
export function toRdm(input: RdmLike, argument = "rdm"): Rdm {
  if (isRdm(input)) return input;
  if (!isObject(input)) throw notAnRdm(argument, input);
  const square = squareOf(input, argument);
  if (square !== undefined) return new Rdm(condensedOf(square, argument));
  if (isList(input)) return new Rdm(toVector(input, argument));
  const { data, shape } = checkedMatrix(input, argument);
  if (shape.length === 1) return new Rdm(data);
  throw notAnRdm(argument, `a matrix of ${shape.join(" × ")}`);
}

/** What a user gave for RDMs as a list of them. Throws `InvalidArgument` for none, or what is no RDM. */
export function toRdms(input: RdmInput, argument = "rdms"): readonly Rdm[] {
  if (isRdm(input)) return [input];
  if (!isList(input) || isSingle(input, argument)) return [toRdm(input as RdmLike, argument)];
  if (input.length === 0) throw new InvalidArgument(argument, "no RDM", "give at least one");
  checkEnd(input, argument);
  return Array.from<unknown, Rdm>(input, (one, at) => toRdm(one as RdmLike, `${argument}[${at}]`));
}

/** A list of numbers, or of the rows of one square matrix. */
function isSingle(list: ArrayLike<unknown>, argument: string): boolean {
  if (isNumericArray(list)) return list.length > 0;
  if (list.length === 0) return false;
  return !isObject(list[0]) || (isList(list[0]) && squareOf(list, argument) !== undefined);
}

/** True for an RDM, also of another copy of the package. */
export function isRdm(value: unknown): value is Rdm {
  if (!isObject(value) || !("condensed" in value) || !("nItems" in value)) return false;
  return ArrayBuffer.isView(value.condensed) && typeof value.nItems === "number";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function notAnRdm(argument: string, value: unknown): InvalidArgument {
  return new InvalidArgument(
    argument,
    value,
    "give an Rdm, a condensed vector of dissimilarities, or a square matrix of them",
  );
}
