import { text, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { ItemMismatch } from "../../core/errors.ts";
import {
  differenceNames,
  differenceOf,
  inRows,
  modelDifferenceNames,
  type DifferenceOptions,
} from "../../stats/group/difference-of-models.ts";
import {
  compareModelsNames,
  percentOfCeilingOf,
  winnersOf,
  type CompareModelsOptions,
  type Winners,
} from "../../stats/group/models-of-people.ts";
import { boundFor } from "./ceiling-comparison.ts";
import {
  checkWhere,
  stackPlaces,
  type PlacedPeople,
  type PlacedScores,
  type StackedPlaces,
} from "./placed-scores.ts";
import { competingModels } from "./weight-quantity.ts";

/** Which models are compared. */
export interface WinnersInPlacesOptions extends CompareModelsOptions {
  /** Default: all but the mean of the others, which is a ceiling. */
  readonly models?: readonly string[];
}

const winnersInPlacesNames: OptionNames<WinnersInPlacesOptions> = {
  ...compareModelsNames,
  models: texts,
};

/** The best model of every place. */
export interface WinnersInPlaces<S> extends Winners {
  /**
   * Where they are: `winner` (1, 2, … in the order of `modelNames`; −1 undecided) and `lead` (mean difference of the best
   * and the second).
   */
  readonly map: S;
}

/** What {@link percentOfCeilingInPlaces} takes. */
export interface PercentOfCeilingInPlacesOptions<S> extends WinnersInPlacesOptions {
  /**
   * The ceiling: people as `ceilingSurface`, `ceilingStcs`, `ceilingStcsRois` and `ceilingAtlas` give them, of the same
   * places and `rsaMetric`. Default: the mean of the others among the scores.
   */
  readonly ceiling?: PlacedPeople<S>;
  /** Which bound of it. Default: `lower`. */
  readonly bound?: string;
}

const percentOfCeilingInPlacesNames: OptionNames<PercentOfCeilingInPlacesOptions<unknown>> = {
  ...winnersInPlacesNames,
  ceiling: true,
  bound: text,
};

/** What {@link differenceInPlaces} takes. */
export type DifferenceInPlacesOptions = DifferenceOptions;

/**
 * The best model over people around every vertex or source, or in every region, where it leads the second significantly
 * (sign flips, corrected for all places by the largest t); else undecided. As `winningModels` of windows and `winnerMap` of
 * spheres. A model that was fitted competes only with its cross-validated score.
 *
 * @param people - scores by name, as `weightsSurface(…).ofEach()` gives them, or one result of `rsaSurface`, `rsaStcs`,
 *   `rsaStcsRois` or `rsaAtlas` for each.
 * @throws InvalidArgument for fewer than two models or people; ItemMismatch and ShapeMismatch for people with other models,
 *   places or times; UnknownOption; Cancelled.
 * @example
 * import { winnersInPlaces, type SurfaceMaps } from "tsrsa";
 * async function whichModel(people: Readonly<Record<string, SurfaceMaps>>) {
 *   const { map, modelNames } = await winnersInPlaces(people, { alpha: 0.05 });
 *   return { vertices: map.map("winner"), modelNames };
 * }
 */
export async function winnersInPlaces<S extends PlacedScores<S>>(
  people: PlacedPeople<S>,
  options: WinnersInPlacesOptions = {},
): Promise<WinnersInPlaces<S>> {
  checkOptions(options, winnersInPlacesNames);
  const stack = stackPlaces(people);
  const { models = competingModels(stack.modelNames), ...how } = options;
  const winners = await winnersOf(stack, models, how);
  const notes = [...winners.notes, ...stack.notes];
  const numbers = winners.winner.map((at) => (at < 0 ? -1 : at + 1));
  const map = stack.first.withNumbers({
    scores: inRows([numbers, winners.lead]),
    modelNames: ["winner", "lead"],
    rsaMetric: `${stack.rsaMetric}, best of ${models.join(", ")}`,
    notes,
  });
  return { ...winners, notes, map };
}

/**
 * Mean scores of people as percent of the lower bound of the noise ceiling, around every vertex or source, or in every
 * region: mean score ÷ mean bound, as `percentOfCeiling` of windows and `percentOfCeilingMaps` of spheres. `NaN` where the
 * bound is not above 0 over people, which the notes count; above 100 is possible.
 *
 * @throws as {@link winnersInPlaces}; InvalidArgument for a ceiling of another comparison; ItemMismatch and ShapeMismatch
 *   for one of other people or places.
 * @example
 * import { ceilingSurface, percentOfCeilingInPlaces, rsaSurface, type Rdm, type SurfaceSource } from "tsrsa";
 * async function howGood(anna: SurfaceSource, ben: SurfaceSource, model: Rdm, where: { radiusMm: number }) {
 *   const ceiling = await ceilingSurface({ people: { anna, ben } }, where);
 *   const people = { anna: await rsaSurface(anna, model, where), ben: await rsaSurface(ben, model, where) };
 *   return (await percentOfCeilingInPlaces(people, { ceiling })).map();
 * }
 */
export async function percentOfCeilingInPlaces<S extends PlacedScores<S>>(
  people: PlacedPeople<S>,
  options: PercentOfCeilingInPlacesOptions<S> = {},
): Promise<S> {
  checkOptions(options, percentOfCeilingInPlacesNames);
  const stack = stackPlaces(people);
  const { ceiling, bound, models = competingModels(stack.modelNames), ...how } = options;
  const against = ceiling === undefined ? undefined : ceilingFor(stack, ceiling);
  const found = await percentOfCeilingOf(stack, models, boundFor(stack, against, bound), how);
  return stack.first.withNumbers({
    scores: found.percent,
    modelNames: models,
    rsaMetric: `${stack.rsaMetric}, % of ceiling`,
    notes: [...found.notes, ...stack.notes],
  });
}

/**
 * How much better one model is than another over people, around every vertex or source, or in every region: `difference`
 * of the means, `t`, and `p` (two-sided sign flips, corrected for all places by the largest t). Of three models these are
 * three differences: `adjustPValues(…, "holm")`.
 *
 * @throws as {@link winnersInPlaces}; InvalidArgument for other than two models.
 * @example
 * import { differenceInPlaces, type SourceScores } from "tsrsa";
 * async function whereIsShapeBetter(people: Readonly<Record<string, SourceScores>>) {
 *   const found = await differenceInPlaces(people, { models: ["shape", "colour"] });
 *   return { difference: found.toEstimates("difference"), p: found.toEstimates("p") };
 * }
 */
export async function differenceInPlaces<S extends PlacedScores<S>>(
  people: PlacedPeople<S>,
  options: DifferenceInPlacesOptions,
): Promise<S> {
  checkOptions(options, modelDifferenceNames);
  const stack = stackPlaces(people);
  const { models, ...how } = options;
  const { difference, t, pValues, notes } = await differenceOf(stack, models, how);
  return stack.first.withNumbers({
    scores: inRows([difference, t, pValues]),
    modelNames: differenceNames,
    rsaMetric: `${stack.rsaMetric}, ${models.join(" less ")}`,
    notes: [...notes, ...stack.notes],
  });
}

/** People of a ceiling in the order of the scores. */
function ceilingFor<S extends PlacedScores<S>>(
  { people, first }: StackedPlaces<S>,
  given: PlacedPeople<S>,
): StackedPlaces<S> {
  const ceiling = stackPlaces(given);
  const missing = people.filter((name) => !ceiling.people.includes(name));
  const extra = ceiling.people.filter((name) => !people.includes(name));
  if (missing.length + extra.length > 0)
    throw new ItemMismatch(missing, extra, "make the ceiling from the people who have scores");
  checkWhere(first, ceiling.first, "the ceiling");
  const size = ceiling.scores.length / people.length;
  const scores = new Float64Array(ceiling.scores.length);
  people.forEach((name, at) => {
    const from = ceiling.people.indexOf(name) * size;
    scores.set(ceiling.scores.subarray(from, from + size), at * size);
  });
  return { ...ceiling, people, scores };
}
