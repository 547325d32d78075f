import { InvalidArgument, ShapeMismatch } from "../errors.ts";
import type { Matrix, NumericArray } from "../numeric-array.ts";
import { describeValue } from "./describe.ts";
import { isList, isNumericArray, toVector } from "./vector.ts";

/**
 * A user's matrix, believed only when its shape and its data agree. Throws `InvalidArgument` when it has no data or no
 * shape of non-negative integers, `ShapeMismatch` when these disagree.
 */
export function checkedMatrix(value: unknown, argument = "matrix"): Matrix {
  const { data, shape } = partsOf(value, argument);
  const sizes = checkedShape(shape, argument);
  const numbers = numbersOf(data, argument);
  const wanted = sizes.reduce((product, size) => product * size, 1);
  if (numbers.length !== wanted)
    throw new ShapeMismatch(
      `${wanted} numbers in ${argument} of shape (${sizes.join(", ")})`,
      `${numbers.length}`,
      "mend the shape, or give the data that belong to it",
    );
  return { data: numbers, shape: sizes };
}

function partsOf(value: unknown, argument: string): { data: unknown; shape: unknown } {
  if (typeof value === "object" && value !== null && "data" in value && "shape" in value)
    return value;
  throw new InvalidArgument(argument, value, adviceFor(value));
}

/** Of a table the columns have to be chosen: one of names is no feature. */
function adviceFor(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if ("column" in value && "names" in value)
      return 'give the columns that are features, as table.matrix(["length", "weight"])';
    if ("iloc" in value || "numRows" in value || "objects" in value)
      return 'give the columns that are features, as asTable(frame).matrix(["length", "weight"])';
  }
  return "give { data, shape } with a typed array, or rows of numbers as [[1, 2], [3, 4]]";
}

/** No array of anybody has more axes, as numpy has no more than 64. */
const mostAxes = 64;

function checkedShape(shape: unknown, argument: string): readonly number[] {
  const sizes: unknown[] = isList(shape) && shape.length <= mostAxes ? Array.from(shape) : [];
  if (sizes.length > 0 && sizes.every(isSize)) return sizes;
  throw new InvalidArgument(
    `shape of ${argument}`,
    isList(shape) ? `(${sizes.map(describeValue).join(", ")})` : shape,
    "give one integer of at least 0 for each axis",
  );
}

function isSize(size: unknown): size is number {
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
}

function numbersOf(data: unknown, argument: string): NumericArray {
  return isNumericArray(data) ? (data as NumericArray) : toVector(data, `data of ${argument}`);
}
