import { InvalidArgument } from "../../core/errors.ts";
import { list, texts } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import { permutationTTest } from "../permutation/permutation-t-test.ts";
import {
  compareModelsNames,
  meanOverPeople,
  tooFewNotes,
  valuesOf,
  type CompareModelsOptions,
  type ModelsOfPeople,
} from "./models-of-people.ts";

/** Which two models are compared, and how. */
export interface DifferenceOptions extends CompareModelsOptions {
  /** The two models: the first less the second. */
  readonly models: readonly string[];
}

export const modelDifferenceNames: OptionNames<DifferenceOptions> = {
  ...compareModelsNames,
  models: texts,
};

/** What numbers of a difference are called where they lie in places. */
export const differenceNames = ["difference", "t", "p"] as const;

/** How much better one model is than another, in every place. */
export interface ModelDifference {
  /** Mean over people of the score of the first less that of the second; `NaN` where somebody lacks one of them. */
  readonly difference: Float64Array;
  readonly t: Float64Array;
  /** Two-sided, corrected for all places by the largest t. */
  readonly pValues: Float64Array;
  readonly notes: readonly string[];
}

/**
 * The difference of two models over people, in every place, with sign flips of people's differences.
 *
 * @throws InvalidArgument for one person alone, and for other than two models; UnknownOption; Cancelled.
 */
export async function differenceOf(
  stack: ModelsOfPeople,
  models: readonly string[],
  options: CompareModelsOptions,
): Promise<ModelDifference> {
  list(models, "models");
  const [first, second] = models;
  if (models.length !== 2 || first === second)
    throw new InvalidArgument(
      "models",
      models.join(", ") || "none",
      "name two: the difference is the first less the second",
    );
  const nPeople = stack.people.length;
  if (nPeople < 2)
    throw new InvalidArgument(
      "people",
      "1",
      "a difference is tested over people: give two or more",
    );
  const [a, b] = [valuesOf(stack, first), valuesOf(stack, second)];
  const values = a.map((value, at) => value - b[at]);
  const { alpha = 0.05, ...how } = options;
  const data = { data: values, shape: [nPeople, values.length / nPeople] };
  const test = await permutationTTest(data, how);
  return {
    difference: meanOverPeople(values, nPeople),
    t: test.t.data,
    pValues: test.correctedPValues.data,
    notes: [
      `mean of ${first} less ${second} over ${nPeople} people`,
      ...tooFewNotes("a significant difference", 2 / 2 ** nPeople, alpha),
      test.method,
      ...test.notes,
    ],
  };
}

/** Several numbers a place as one list, number by number. */
export function inRows(rows: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(rows.length * rows[0].length);
  rows.forEach((row, at) => all.set(row, at * row.length));
  return all;
}
