import { InvalidArgument, ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { isRecord } from "../../core/gate/kinds.ts";
import { sameTimes } from "../../core/times.ts";
import { namedPeople } from "../../stats/group/named-people.ts";
import type { ModelsOfPeople } from "../../stats/group/models-of-people.ts";

/** Numbers that take the place of scores. */
export interface OtherNumbers {
  /** Names × places (× times), C order. */
  readonly scores: Float64Array;
  readonly modelNames: readonly string[];
  readonly rsaMetric: string;
  readonly notes: readonly string[];
}

/** Scores of models that lie in places: around vertices or sources, or in regions. */
export interface PlacedScores<Self> extends OtherNumbers {
  /** Names of the places. */
  readonly places: readonly string[];
  /** Seconds, where scores go over time: place by place, time by time within each. */
  readonly times?: Float64Array;
  /** Other numbers in the same places. */
  withNumbers(numbers: OtherNumbers): Self;
}

/** Scores of people in the same places, as a list or by name. */
export type PlacedPeople<S> = readonly S[] | Readonly<Record<string, S>>;

/** People's scores with models joined by name. */
export interface StackedPlaces<S> extends ModelsOfPeople {
  readonly first: S;
  readonly rsaMetric: string;
  readonly notes: readonly string[];
}

/**
 * Scores of people, ready to compare.
 *
 * @throws InvalidArgument for scores of other comparisons; ItemMismatch for other models or places; ShapeMismatch for
 *   other times.
 */
export function stackPlaces<S extends PlacedScores<S>>(people: PlacedPeople<S>): StackedPlaces<S> {
  const { names, values } = namedPeople(
    people,
    undefined,
    isPlaced<S>,
    "scores in places, as rsaSurface, rsaStcs, rsaStcsRois and rsaAtlas give them",
  );
  const [first] = values;
  values.forEach((one, at) => checkSamePlaces(first, one, names[at]));
  const { modelNames, rsaMetric } = first;
  const nPlaces = first.scores.length / modelNames.length;
  const scores = new Float64Array(values.length * first.scores.length);
  values.forEach((one, person) =>
    modelNames.forEach((name, m) => {
      const from = one.modelNames.indexOf(name) * nPlaces;
      const to = (person * modelNames.length + m) * nPlaces;
      scores.set(one.scores.subarray(from, from + nPlaces), to);
    }),
  );
  const notes = [...new Set(values.flatMap((one) => one.notes))];
  return { scores, people: names, modelNames, first, rsaMetric, notes };
}

function isPlaced<S>(value: unknown): value is S {
  return isRecord(value) && "places" in value && "withNumbers" in value;
}

/** Throws unless scores of a person lie where those of the first do, and are of the same models and comparison. */
export function checkSamePlaces<S extends PlacedScores<S>>(first: S, one: S, person: string): void {
  if (one.rsaMetric !== first.rsaMetric)
    throw new InvalidArgument(
      "rsaMetric",
      `${one.rsaMetric} of ${person}`,
      `others have ${first.rsaMetric}; score all people with the same comparison`,
    );
  refuseOther(first.modelNames, one.modelNames, `score ${person} with the models of the others`);
  checkWhere(first, one, person);
}

/** Throws unless two lie in the same places and times, in one order. */
export function checkWhere<S extends PlacedScores<S>>(first: S, one: S, person: string): void {
  refuseOther(first.places, one.places, `lay out the places of ${person} as those of the first`);
  const turned = first.places.findIndex((name, at) => one.places[at] !== name);
  if (turned >= 0)
    throw new InvalidArgument(
      `places of ${person}`,
      `${one.places[turned]} where the first has ${first.places[turned]}`,
      "give all people their places in one order",
    );
  const [times, others] = [first.times ?? new Float64Array(0), one.times ?? new Float64Array(0)];
  if (!sameTimes(times, others))
    throw new ShapeMismatch(
      `${times.length} times from ${times[0]} s, to half a sample`,
      `${others.length} from ${others[0]} s of ${person}`,
      "give all people the same times",
    );
}

function refuseOther(first: readonly string[], one: readonly string[], advice: string): void {
  const [has, needs] = [new Set(one), new Set(first)];
  const missing = first.filter((name) => !has.has(name));
  const extra = one.filter((name) => !needs.has(name));
  if (missing.length + extra.length > 0) throw new ItemMismatch(missing, extra, advice);
}
