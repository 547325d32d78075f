import { InvalidArgument } from "../core/errors.ts";
import { text, texts, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { boundFor } from "../rsa/weights/ceiling-comparison.ts";
import { competingModels } from "../rsa/weights/weight-quantity.ts";
import {
  compareModelsNames,
  percentOfCeilingOf,
  winnersOf,
  type CompareModelsOptions,
  type Winners,
} from "../stats/group/models-of-people.ts";
import {
  differenceOf,
  modelDifferenceNames,
  type DifferenceOptions,
} from "../stats/group/difference-of-models.ts";
import type { MapStack } from "./map-stack.ts";
import type { ScoreMap } from "./score-map.ts";

/** Which models are compared. */
export interface WinnerMapOptions extends CompareModelsOptions {
  /** Default: all but the mean of the others, which is a ceiling. */
  readonly models?: readonly string[];
}

const winnerMapNames: OptionNames<WinnerMapOptions> = { ...compareModelsNames, models: texts };

/** The best model of every voxel. */
export interface WinnerMap extends Winners {
  /** 1, 2, … the model that wins, in the order of `modelNames`; −1 undecided; 0 outside. */
  readonly map: ScoreMap;
  /** Mean difference of the best and the second model; 0 outside. */
  readonly leadMap: ScoreMap;
}

/** What {@link percentOfCeilingMaps} takes. */
export interface PercentOfCeilingMapsOptions extends WinnerMapOptions {
  /** The ceiling: a stack from `ceilingNifti` of the same people, voxels and `rsaMetric`. Default: the mean of the others among the maps. */
  readonly ceiling?: MapStack;
  /** Which bound of it. Default: `lower`. */
  readonly bound?: string;
}

const percentOfCeilingMapsNames: OptionNames<PercentOfCeilingMapsOptions> = {
  ...winnerMapNames,
  ceiling: thing("maps of people, as ceilingNifti gives them", "people", "modelNames", "scores"),
  bound: text,
};

/** Maps in percent, and what to know of them. */
export interface PercentOfCeilingMaps {
  /** A map for each model: `NaN` where the ceiling is not above chance, 0 outside. */
  readonly maps: readonly ScoreMap[];
  readonly notes: readonly string[];
}

/** What {@link differenceMap} takes. */
export type DifferenceMapOptions = DifferenceOptions;

/** A difference of two models in space; `NaN` where somebody has no score of one of them. */
export interface DifferenceMap {
  readonly difference: ScoreMap;
  readonly t: ScoreMap;
  /** Corrected for all voxels. */
  readonly p: ScoreMap;
  readonly notes: readonly string[];
}

const someStack = thing(
  "maps of people, as stackMaps gives them",
  "people",
  "modelNames",
  "centres",
);

/**
 * The best model of every voxel over people, where it leads the second significantly (sign flips, corrected for all voxels
 * by the largest t); else undecided. A model that was fitted competes only with its cross-validated score.
 *
 * @throws InvalidArgument for fewer than two models or people; UnknownOption; Cancelled.
 * @example
 * import { winnerMap, type MapStack } from "tsrsa";
 * async function whichModel(stack: MapStack) {
 *   const { map, modelNames } = await winnerMap(stack, { alpha: 0.05 });
 *   return { map, modelNames };
 * }
 */
export async function winnerMap(
  stack: MapStack,
  options: WinnerMapOptions = {},
): Promise<WinnerMap> {
  someStack(stack, "stack");
  checkOptions(options, winnerMapNames);
  const { models = competingModels(stack.modelNames), ...how } = options;
  const winners = await winnersOf(stack, models, how);
  const called = models.map((name, at) => `${at + 1} ${name}`).join(", ");
  return {
    ...winners,
    map: stack.volume(
      winners.winner.map((at) => (at < 0 ? -1 : at + 1)),
      { name: "winner", description: `best model: ${called}, -1 undecided`.slice(0, 79) },
    ),
    leadMap: stack.volume(winners.lead, { name: "lead", description: "best minus second model" }),
  };
}

/**
 * Mean scores of people as percent of the lower bound of the noise ceiling, voxel by voxel: mean score ÷ mean bound. `NaN`
 * where the bound is not above 0 over people, which the notes count; above 100 is possible.
 *
 * @throws InvalidArgument for people or voxels that differ, or a ceiling of another comparison; UnknownOption; Cancelled.
 * @example
 * import { percentOfCeilingMaps, type MapStack } from "tsrsa";
 * async function howGood(stack: MapStack, ceiling: MapStack) {
 *   return (await percentOfCeilingMaps(stack, { ceiling })).maps;
 * }
 */
export async function percentOfCeilingMaps(
  stack: MapStack,
  options: PercentOfCeilingMapsOptions = {},
): Promise<PercentOfCeilingMaps> {
  someStack(stack, "stack");
  checkOptions(options, percentOfCeilingMapsNames);
  const { ceiling, bound, models = competingModels(stack.modelNames), ...how } = options;
  const found = await percentOfCeilingOf(stack, models, ceilingFor(stack, ceiling, bound), how);
  const n = stack.centres.length;
  return {
    maps: models.map((name, m) =>
      stack.volume(found.percent.subarray(m * n, (m + 1) * n), {
        name,
        description: `% of noise ceiling: ${name}`.slice(0, 79),
      }),
    ),
    notes: [...found.notes, ...stack.notes],
  };
}

/**
 * How much better one model is than another, voxel by voxel: `difference` of the means over people, `t`, and `p`
 * (two-sided sign flips, corrected for all voxels by the largest t; 1 outside). Of three models these are three
 * differences: `adjustPValues(…, "holm")`.
 *
 * @throws InvalidArgument for other than two models, and for one person alone; UnknownOption; Cancelled.
 * @example
 * import { differenceMap, type MapStack } from "tsrsa";
 * async function whereIsShapeBetter(stack: MapStack) {
 *   const { difference, p } = await differenceMap(stack, { models: ["shape", "colour"] });
 *   return { difference, p };
 * }
 */
export async function differenceMap(
  stack: MapStack,
  options: DifferenceMapOptions,
): Promise<DifferenceMap> {
  someStack(stack, "stack");
  checkOptions(options, modelDifferenceNames);
  const { models, ...how } = options;
  const { difference, t, pValues, notes } = await differenceOf(stack, models, how);
  const about = models.join(" less ");
  const map = (values: Float64Array, name: string, outside = 0): ScoreMap =>
    stack.volume(values, { name, description: `${name}: ${about}`.slice(0, 79), outside });
  return {
    difference: map(difference, "difference"),
    t: map(t, "t"),
    p: map(pValues, "p", 1),
    notes: [...notes, ...stack.notes],
  };
}

function ceilingFor(stack: MapStack, ceiling: MapStack | undefined, bound: string | undefined) {
  const found = boundFor(stack, ceiling, bound);
  if (ceiling === undefined) return found;
  const samePeople =
    stack.people.length === ceiling.people.length &&
    stack.people.every((one, at) => ceiling.people[at] === one);
  const sameVoxels =
    stack.centres.length === ceiling.centres.length &&
    stack.centres.every((one, at) => ceiling.centres[at] === one);
  if (samePeople && sameVoxels) return found;
  throw new InvalidArgument(
    "ceiling",
    `${ceiling.people.length} people, ${ceiling.centres.length} voxels`,
    `the maps have ${stack.people.length} people (in their order) and ${stack.centres.length} voxels; make both from the same people and masks`,
  );
}
