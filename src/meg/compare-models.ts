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
  differenceNames,
  inRows,
  differenceOf,
  modelDifferenceNames,
  type DifferenceOptions,
} from "../stats/group/difference-of-models.ts";
import type { GroupScores } from "./group-scores.ts";
import { SensorScores } from "./sensor-scores.ts";

/** Which models are compared. */
export interface WinningModelsOptions extends CompareModelsOptions {
  /** Default: all but the mean of the others, which is a ceiling. */
  readonly models?: readonly string[];
}

const winningModelsNames: OptionNames<WinningModelsOptions> = {
  ...compareModelsNames,
  models: texts,
};

/** What {@link percentOfCeiling} takes. */
export interface PercentOfCeilingOptions extends WinningModelsOptions {
  /**
   * The ceiling: a group from `ceilingEpochs` of the same people, sensors, times and `rsaMetric`. Default: the mean of the others
   * among the scores, as `weightsEpochs` has it.
   */
  readonly ceiling?: GroupScores;
  /** Which bound of it. Default: `lower`. */
  readonly bound?: string;
}

const percentOfCeilingNames: OptionNames<PercentOfCeilingOptions> = {
  ...winningModelsNames,
  ceiling: thing("scores of people, as ceilingEpochs gives them", "people", "modelNames", "scores"),
  bound: text,
};

/** What {@link modelDifference} takes. */
export type ModelDifferenceOptions = DifferenceOptions;

/** Best model in every sensor and time. */
export interface WinningModels extends Winners {
  /** Names of sensors; places go sensor by sensor, time by time within each. */
  readonly channels: readonly string[];
  readonly times: Float64Array;
}

/**
 * The best model in every sensor and window over people, where it leads the second significantly (sign flips, corrected
 * for all places by the largest t); else undecided. A model that was fitted competes only with its cross-validated score.
 *
 * @throws InvalidArgument for fewer than two models or people; UnknownOption; Cancelled.
 * @example
 * import { SensorScores, stackScores, winningModels } from "tsrsa";
 * const person = (a: number, b: number) =>
 *   new SensorScores({ scores: Float64Array.of(a, b), modelNames: ["x", "y"], channels: ["rsa"], times: Float64Array.of(0), rsaMetric: "spearman", nItems: 9 });
 * const group = stackScores([person(0.5, 0.1), person(0.6, 0.1), person(0.5, 0.2), person(0.7, 0.3), person(0.6, 0.2), person(0.8, 0.1)]);
 * const { winner, modelNames } = await winningModels(group, { onProgress: false });
 * modelNames[winner[0]]; // x
 */
export async function winningModels(
  group: GroupScores,
  options: WinningModelsOptions = {},
): Promise<WinningModels> {
  someGroup(group, "group");
  checkOptions(options, winningModelsNames);
  const { models = competingModels(group.modelNames), ...how } = options;
  const winners = await winnersOf(group, models, how);
  return { ...winners, channels: group.channels, times: group.times };
}

/**
 * Mean scores of people as percent of the lower bound of the noise ceiling: mean score ÷ mean bound. `NaN` where the bound
 * is not above 0 over people, which the notes count; above 100 is possible.
 *
 * @throws InvalidArgument for people, sensors or times that differ, or a ceiling of another comparison; UnknownOption; Cancelled.
 * @example
 * import { percentOfCeiling, SensorScores, stackScores } from "tsrsa";
 * const person = (a: number, lower: number) =>
 *   new SensorScores({ scores: Float64Array.of(a, lower), modelNames: ["x", "mean of the others"], channels: ["rsa"], times: Float64Array.of(0), rsaMetric: "spearman", nItems: 9 });
 * const group = stackScores([person(0.1, 0.4), person(0.2, 0.5), person(0.3, 0.6), person(0.2, 0.5), person(0.2, 0.5)]);
 * const percent = await percentOfCeiling(group, { onProgress: false });
 * percent.peak("x").score.toFixed(1); // 40.0
 */
export async function percentOfCeiling(
  group: GroupScores,
  options: PercentOfCeilingOptions = {},
): Promise<SensorScores> {
  someGroup(group, "group");
  checkOptions(options, percentOfCeilingNames);
  const { ceiling, bound, models = competingModels(group.modelNames), ...how } = options;
  const found = await percentOfCeilingOf(group, models, ceilingFor(group, ceiling, bound), how);
  return new SensorScores({
    scores: found.percent,
    modelNames: models,
    channels: group.channels,
    times: group.times,
    rsaMetric: `${group.rsaMetric}, % of ceiling`,
    nItems: Math.min(...group.nItems),
    notes: [...found.notes, ...group.notes],
  });
}

/**
 * How much better one model is than another in every sensor and window: `difference` of the means over people, `t`, and `p`
 * (two-sided sign flips, corrected for all places by the largest t). Of three models these are three differences:
 * `adjustPValues(…, "holm")`.
 *
 * @throws InvalidArgument for other than two models, and for one person alone; UnknownOption; Cancelled.
 * @example
 * import { modelDifference, SensorScores, stackScores } from "tsrsa";
 * const person = (a: number, b: number) =>
 *   new SensorScores({ scores: Float64Array.of(a, b), modelNames: ["x", "y"], channels: ["rsa"], times: Float64Array.of(0), rsaMetric: "spearman", nItems: 9 });
 * const group = stackScores([person(0.5, 0.1), person(0.6, 0.1), person(0.5, 0.2), person(0.7, 0.3)]);
 * const found = await modelDifference(group, { models: ["x", "y"], onProgress: false });
 * found.peak("difference").score.toFixed(2); // 0.40
 */
export async function modelDifference(
  group: GroupScores,
  options: ModelDifferenceOptions,
): Promise<SensorScores> {
  someGroup(group, "group");
  checkOptions(options, modelDifferenceNames);
  const { models, ...how } = options;
  const { difference, t, pValues, notes } = await differenceOf(group, models, how);
  return new SensorScores({
    scores: inRows([difference, t, pValues]),
    modelNames: differenceNames,
    channels: group.channels,
    times: group.times,
    rsaMetric: `${group.rsaMetric}, ${models.join(" less ")}`,
    nItems: Math.min(...group.nItems),
    notes: [...notes, ...group.notes],
  });
}

const someGroup = thing(
  "scores of people, as stackScores gives them",
  "people",
  "modelNames",
  "scores",
);

function ceilingFor(
  group: GroupScores,
  ceiling: GroupScores | undefined,
  bound: string | undefined,
) {
  if (ceiling === undefined) return boundFor(group, ceiling, bound);
  checkSame("people", group.people, ceiling.people);
  checkSame("channels", group.channels, ceiling.channels);
  const found = boundFor(group, ceiling, bound);
  checkSame("times", Array.from(group.times, String), Array.from(ceiling.times, String));
  return found;
}

function checkSame(what: string, wanted: readonly string[], found: readonly string[]): void {
  if (wanted.length === found.length && wanted.every((name, at) => found[at] === name)) return;
  throw new InvalidArgument(
    `${what} of the ceiling`,
    found.slice(0, 5).join(", "),
    `they are not those of the scores (${wanted.slice(0, 5).join(", ")}), in that order; make both from the same people`,
  );
}
