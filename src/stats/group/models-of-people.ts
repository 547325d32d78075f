import { InvalidArgument } from "../../core/errors.ts";
import { finite, proper, repetitions } from "../../core/gate/kinds.ts";
import { jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import { permutationTTest } from "../permutation/permutation-t-test.ts";

/** Scores of people with several models in several places. */
export interface ModelsOfPeople {
  /** nPeople × nModels × nPlaces, C order. */
  readonly scores: Float64Array;
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
}

/** How models are compared over people. */
export interface CompareModelsOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Significance. Default: 0.05. */
  readonly alpha?: number;
  /** Sign flips over people. Default: 10,000, or all there are. */
  readonly permutations?: number;
  /** Seed of the sign flips. Default: 0. */
  readonly seed?: number;
}

export const compareModelsNames: OptionNames<CompareModelsOptions> = {
  alpha: proper,
  permutations: repetitions(2),
  seed: finite,
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/** The best model of every place. */
export interface Winners {
  readonly modelNames: readonly string[];
  /** The number of the best model, −1 where the difference from the second is not significant, or somebody lacks a score. */
  readonly winner: Int32Array;
  /** Mean difference of the best and the second model; `NaN` where somebody lacks a score of a model. */
  readonly lead: Float64Array;
  /** p of that difference, corrected for all places by the largest t. */
  readonly pValues: Float64Array;
  readonly notes: readonly string[];
}

/** Values of one model: people × places. */
export function valuesOf(
  { scores, people, modelNames }: ModelsOfPeople,
  model: string,
): Float64Array {
  const m = placeOfName("model", model, modelNames);
  const nPlaces = scores.length / (people.length * modelNames.length);
  const values = new Float64Array(people.length * nPlaces);
  people.forEach((_, person) => {
    const from = (person * modelNames.length + m) * nPlaces;
    values.set(scores.subarray(from, from + nPlaces), person * nPlaces);
  });
  return values;
}

/** Mean over people in every place; `NaN` where one has no value. */
export function meanOverPeople(values: Float64Array, nPeople: number): Float64Array {
  const mean = new Float64Array(values.length / nPeople);
  values.forEach((value, at) => (mean[at % mean.length] += value / nPeople));
  return mean;
}

/**
 * The model of the largest mean in every place, where it leads the second significantly: sign flips over people of their
 * difference, two-sided, corrected for all places by the largest t. Where a person has no score of a model nobody wins:
 * the rest would compete without what may be the best.
 *
 * @throws InvalidArgument for fewer than two models or people; Cancelled.
 */
export async function winnersOf(
  stack: ModelsOfPeople,
  models: readonly string[],
  options: CompareModelsOptions,
): Promise<Winners> {
  if (models.length < 2)
    throw new InvalidArgument(
      "models",
      `${models.length}`,
      "give two or more, of which one can win",
    );
  if (stack.people.length < 2)
    throw new InvalidArgument("people", "1", "a winner is tested over people: give two or more");
  const values = models.map((model) => valuesOf(stack, model));
  const means = values.map((one) => meanOverPeople(one, stack.people.length));
  const nPlaces = means[0].length;
  const isKnown = (place: number): boolean => means.every((mean) => !Number.isNaN(mean[place]));
  const order = Array.from({ length: nPlaces }, (_, place) => rankedModels(means, place));
  const difference = Float64Array.from({ length: values[0].length }, (_, at) => {
    const [best, second] = order[at % nPlaces];
    return isKnown(at % nPlaces) ? values[best][at] - values[second][at] : NaN;
  });
  const { alpha = 0.05, ...how } = options;
  const test = await permutationTTest(
    { data: difference, shape: [stack.people.length, nPlaces] },
    how,
  );
  const pValues = test.correctedPValues.data;
  const winner = Int32Array.from(order, ([best], place) => (pValues[place] <= alpha ? best : -1));
  const lacking = order.filter((_, place) => !isKnown(place)).length;
  return {
    modelNames: models,
    winner,
    lead: Float64Array.from(order, ([best, second], place) =>
      isKnown(place) ? means[best][place] - means[second][place] : NaN,
    ),
    pValues,
    notes: [
      `${winner.filter((at) => at < 0).length} of ${nPlaces} places are undecided (p above ${alpha}, corrected for all places)`,
      ...tooFewNotes("a winner", 2 / 2 ** stack.people.length, alpha),
      ...(lacking === 0
        ? []
        : [
            `${lacking} of ${nPlaces} places have no winner, as somebody has no score (NaN) of a model there`,
          ]),
      test.method,
      ...test.notes,
    ],
  };
}

/** Sign flips of few people cannot reach a small p, whatever the scores are. */
export function tooFewNotes(what: string, leastP: number, alpha: number): string[] {
  if (leastP <= alpha) return [];
  const p = Number(leastP.toPrecision(3));
  return [
    `there cannot be ${what}: the smallest p of so few people is ${p}, above ${alpha}; give more people, or another alpha`,
  ];
}

/** The models from the best mean on, where all have one. */
function rankedModels(means: readonly Float64Array[], place: number): number[] {
  return [...means.keys()].sort((a, b) => means[b][place] - means[a][place] || a - b);
}

/** Mean scores as percent of a mean ceiling. */
export interface PercentOfCeiling {
  /** nModels × nPlaces; `NaN` where the ceiling is not above chance. */
  readonly percent: Float64Array;
  readonly notes: readonly string[];
}

/**
 * Mean score ÷ mean ceiling · 100 in every place (never the mean of ratios), where the ceiling is above 0 over people (sign
 * flips, one-sided, uncorrected). Above 100 is possible.
 */
export async function percentOfCeilingOf(
  stack: ModelsOfPeople,
  models: readonly string[],
  ceiling: { readonly values: Float64Array; readonly name: string },
  options: CompareModelsOptions,
): Promise<PercentOfCeiling> {
  const nPeople = stack.people.length;
  if (nPeople < 2)
    throw new InvalidArgument("people", "1", "the ceiling is tested over people: give two or more");
  const { alpha = 0.05, ...how } = options;
  const nPlaces = ceiling.values.length / nPeople;
  const bound = meanOverPeople(ceiling.values, nPeople);
  const test = await permutationTTest(
    { data: ceiling.values, shape: [nPeople, nPlaces] },
    { ...how, tail: "greater" },
  );
  const usable = Array.from(bound, (mean, place) => mean > 0 && test.pValues.data[place] <= alpha);
  const means = models.map((model) => meanOverPeople(valuesOf(stack, model), nPeople));
  const lost = usable.filter((one) => !one).length;
  return {
    percent: Float64Array.from({ length: models.length * nPlaces }, (_, at) => {
      const place = at % nPlaces;
      return usable[place] ? (100 * means[Math.floor(at / nPlaces)][place]) / bound[place] : NaN;
    }),
    notes: [
      `percent of the mean of ${ceiling.name}`,
      `${lost} of ${nPlaces} places have none (NaN): ${ceiling.name} is not above 0 there (p above ${alpha})`,
      ...tooFewNotes("percent", 1 / 2 ** nPeople, alpha),
    ],
  };
}
