import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../core/errors.ts";
import { isRecord, oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { isList, toVector } from "../core/gate/vector.ts";
import { isRdm } from "../rdm/rdm-list.ts";
import { Rdm } from "../rdm/rdm.ts";
import { centredSide, correlationOf } from "../stats/centred.ts";
import { rank } from "../stats/rank.ts";
import { mantelNames, mantelTest, type MantelOptions, type MantelResult } from "./mantel-test.ts";

/** Models of how people who resemble each other in one thing resemble each other in another. */
export const interSubjectModels = [
  "nearest-neighbour",
  "anna-karenina",
  "anna-karenina-ranks",
] as const;

/** The name of such a model. */
export type InterSubjectModel = (typeof interSubjectModels)[number];

/** What {@link interSubjectRsa} takes. */
export interface InterSubjectOptions extends Omit<MantelOptions, "items"> {
  /**
   * `nearest-neighbour` (default): people are as alike as their values are near, −|a − b|. `anna-karenina`: high values are
   * alike, low ones each in their own way (or the other way round): the mean of two; `anna-karenina-ranks`: of their ranks.
   */
  readonly model?: InterSubjectModel;
}

const interSubjectNames: OptionNames<InterSubjectOptions> = {
  ...without(["items"], mantelNames),
  model: oneOf(interSubjectModels),
};

/** What {@link interSubjectRsa} finds. */
export interface InterSubjectResult extends MantelResult {
  /** How alike each two people are, as similarities by name. */
  readonly similarity: Rdm;
  /** What the model says of each two people, as similarities by name. */
  readonly model: Rdm;
}

/**
 * Inter-subject RSA (Finn et al. 2020): are people whose time courses are alike (Pearson) alike in their behaviour too?
 * Pairs are of people, matched by name. People are exchanged to test, never pairs, which depend on each other.
 *
 * @param series - one time course a person, all of one length, by name; or similarities of people, an RDM with their names.
 * @param behaviour - one value a person, by the same names.
 * @throws ItemMismatch for other people; InvalidArgument for fewer than four, a value or time course that is constant or
 *   `NaN`; ShapeMismatch for time courses of other lengths; Cancelled.
 * @example
 * import { interSubjectRsa } from "tsrsa";
 * const series = { anna: [1, 2, 3, 4], ben: [1, 2, 3, 5], carl: [4, 1, 2, 2], dora: [3, 1, 2, 3], emil: [2, 2, 1, 3] };
 * const behaviour = { emil: 2, dora: 3, carl: 4, ben: 9, anna: 9.5 };
 * const { score } = await interSubjectRsa(series, behaviour, { onProgress: false });
 * score.toFixed(2); // 0.31
 */
export async function interSubjectRsa(
  series: Rdm | Readonly<Record<string, ArrayLike<number>>>,
  behaviour: Readonly<Record<string, number>>,
  options: InterSubjectOptions = {},
): Promise<InterSubjectResult> {
  checkOptions(options, interSubjectNames);
  const { model: by = "nearest-neighbour", tail = "both", ...how } = options;
  const similarity = isRdm(series) ? namedSimilarity(series) : similarityOf(series);
  const people = similarity.items ?? [];
  const model = modelOf(people, valuesOf(people, behaviour), by);
  const test = await mantelTest(similarity, model, { ...how, tail });
  return { ...test, similarity, model, method: `${test.method}; people exchanged, model ${by}` };
}

function namedSimilarity(given: Rdm): Rdm {
  if (given.items !== undefined) return given;
  throw new InvalidArgument(
    "series",
    "similarities without names",
    "label them with withItems(rdm, names of the people)",
  );
}

function similarityOf(series: Readonly<Record<string, ArrayLike<number>>>): Rdm {
  if (!isRecord(series))
    throw new InvalidArgument(
      "series",
      series,
      "give { name: time course } of people, or an RDM of their similarities",
    );
  const names = Object.keys(series);
  const sides = names.map((name) => {
    const values: unknown = series[name];
    if (!isList(values))
      throw new InvalidArgument(`series of ${name}`, values, "give a list of numbers");
    const side = centredSide(toVector(values, `series of ${name}`));
    if (!(side.squares > 0))
      throw new InvalidArgument(
        `series of ${name}`,
        "constant, or with NaN",
        "it is like nobody's; leave the person out",
      );
    return side;
  });
  const length = sides[0]?.values.length ?? 0;
  const odd = sides.findIndex(({ values }) => values.length !== length);
  if (odd !== -1)
    throw new ShapeMismatch(
      `${length} samples, as of ${names[0]}`,
      `${sides[odd].values.length} of ${names[odd]}`,
      "cut all time courses to the same samples",
    );
  const pairs = pairsOf(names.length, (i, j) => correlationOf(sides[i], sides[j]));
  return new Rdm(pairs, {
    items: names,
    name: "similarity of time courses",
    metric: "correlation (similarity)",
  });
}

function valuesOf(
  people: readonly string[],
  behaviour: Readonly<Record<string, number>>,
): Float64Array {
  if (!isRecord(behaviour))
    throw new InvalidArgument("behaviour", behaviour, "give { name: value }, one of each person");
  const given = Object.keys(behaviour);
  const missing = people.filter((name) => !given.includes(name));
  const extra = given.filter((name) => !people.includes(name));
  if (missing.length + extra.length > 0)
    throw new ItemMismatch(missing, extra, "give time courses and behaviour of the same people");
  return Float64Array.from(people, (name) => {
    const value: unknown = behaviour[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new InvalidArgument(
      `behaviour of ${name}`,
      value,
      "give a finite number, or leave the person out of both",
    );
  });
}

function modelOf(people: readonly string[], values: Float64Array, by: InterSubjectModel): Rdm {
  const of = by === "anna-karenina-ranks" ? rank(values) : values;
  const pairs = pairsOf(people.length, (i, j) =>
    by === "nearest-neighbour" ? -Math.abs(of[i] - of[j]) : (of[i] + of[j]) / 2,
  );
  return new Rdm(pairs, { items: people, name: by, metric: "similarity" });
}

function pairsOf(n: number, of: (i: number, j: number) => number): Float64Array {
  const pairs = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, pair = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, pair++) pairs[pair] = of(i, j);
  return pairs;
}
