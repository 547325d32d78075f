import { halfStep, sameTimes } from "../core/times.ts";
import { DuplicateItem, InvalidArgument, ItemMismatch, ShapeMismatch } from "../core/errors.ts";
import { oneOf, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { namedPeople, type NamedPeople } from "../stats/group/named-people.ts";
import { GroupScores } from "./group-scores.ts";
import { SensorScores } from "./sensor-scores.ts";

/** How scores of people are put together. */
export interface StackScoresOptions {
  /** Names of the people, in their order. Default: those of the object given, or `person 1`, `person 2`, … */
  readonly names?: readonly string[];
  /**
   * `common`: the sensors that all people have; those left out are said in `notes`. `same`: refuse people whose sensors
   * are not the same, naming them. Default: `common`.
   */
  readonly channels?: "common" | "same";
}

const stackScoresNames: OptionNames<StackScoresOptions> = {
  names: texts,
  channels: oneOf(["common", "same"]),
};

/**
 * Scores of several people in one stack, joined by name: sensors in the order of the first person, those that somebody
 * lacks left out and named in `notes` and `leftOut`; models by name. Times must agree to half a sample.
 *
 * @throws `ItemMismatch` when models (or, with `channels: "same"`, sensors) differ, `ShapeMismatch` when times differ,
 *   `InvalidArgument` for no people, for scores of different comparisons, and when no sensor is common to all.
 *
 * @example
 * import { epochsFromArray, Rdm, rsaEpochs, stackScores } from "tsrsa";
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const scoresOf = (data: Float64Array) =>
 *   rsaEpochs(epochsFromArray({ data, shape: [3, 1, 3] }, { sfreqHz: 100 }), model, { labels: ["a", "b", "c"] });
 * const anna = await scoresOf(Float64Array.of(1, 2, 3, 3, 2, 1, 1, 3, 2));
 * const ben = await scoresOf(Float64Array.of(1, 2, 4, 3, 2, 1, 2, 3, 1));
 * const group = stackScores({ anna, ben });
 * group.people; // [ "anna", "ben" ]
 * group.observations("idea").shape; // [ 2, 1 ]
 */
export function stackScores(
  people: readonly SensorScores[] | Readonly<Record<string, SensorScores>>,
  options: StackScoresOptions = {},
): GroupScores {
  checkOptions(options, stackScoresNames);
  const all = namedPeople(people, options.names, isScores, "scores, as rsaEpochs gives them");
  all.values.forEach((scores, at) => checkComparable(all.values[0], scores, all.names[at]));
  const { channels, leftOut } = commonChannels(all);
  if (options.channels === "same") refuseLeftOut(leftOut, all.names.length);
  const { modelNames, times, rsaMetric } = all.values[0];
  return new GroupScores({
    scores: stacked(all.values, modelNames, channels),
    people: all.names,
    modelNames,
    channels,
    times,
    rsaMetric,
    leftOut,
    nItems: all.values.map(({ nItems }) => nItems),
    notes: notesOf(all, leftOut),
  });
}

/** A sensor that not all people have, and who lacks it. */
export interface LeftOut {
  readonly channel: string;
  readonly missingIn: readonly string[];
}

function isScores(value: unknown): value is SensorScores {
  return value instanceof SensorScores;
}

/** Samples pooled into one have no distance; the middles of their ranges may be this far apart. */
const POOLED_S = 0.01;

function checkComparable(first: SensorScores, scores: SensorScores, person: string): void {
  if (scores.rsaMetric !== first.rsaMetric)
    throw new InvalidArgument(
      "rsaMetric",
      `${scores.rsaMetric} of ${person}`,
      `others have ${first.rsaMetric}; score all people with the same comparison`,
    );
  refuseTwice(scores.channels, `sensor names of ${person}`);
  const lacking = first.modelNames.filter((name) => !scores.modelNames.includes(name));
  const more = scores.modelNames.filter((name) => !first.modelNames.includes(name));
  if (lacking.length + more.length > 0)
    throw new ItemMismatch(lacking, more, `score ${person} with the same models as the others`);
  const { times } = first;
  if (!sameTimes(times, scores.times, halfStep(times, POOLED_S)))
    throw new ShapeMismatch(
      `times from ${spanOf(times)}, to half a sample`,
      `${spanOf(scores.times)} of ${person}`,
      "score all people with the same tminS, tmaxS and sampling rate",
    );
}

function spanOf(times: Float64Array): string {
  return `${times[0]} to ${times[times.length - 1]} s (${times.length} times)`;
}

function refuseTwice(names: readonly string[], what: string): void {
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, `${what} must be unique; rename them`);
}

function commonChannels({ names, values }: NamedPeople<SensorScores>) {
  const sets = values.map(({ channels }) => new Set(channels));
  const every = [...new Set(values.flatMap(({ channels }) => channels))];
  const missing = (channel: string) => names.filter((_, at) => !sets[at].has(channel));
  const leftOut = every
    .map((channel): LeftOut => ({ channel, missingIn: missing(channel) }))
    .filter(({ missingIn }) => missingIn.length > 0);
  const channels = values[0].channels.filter((name) => sets.every((set) => set.has(name)));
  if (channels.length > 0) return { channels, leftOut };
  throw new InvalidArgument(
    "people",
    "no sensor that all have",
    `${leftOutWords(leftOut)}; pick the same sensors for all`,
  );
}

function refuseLeftOut(leftOut: readonly LeftOut[], nPeople: number): void {
  if (leftOut.length === 0) return;
  throw new ItemMismatch(
    leftOut.map(({ channel }) => channel),
    [],
    `not all of ${nPeople} people have the same sensors: ${leftOutWords(leftOut)}; ` +
      'leave them out for all with channels: "common"',
  );
}

function leftOutWords(leftOut: readonly LeftOut[]): string {
  const some = leftOut.slice(0, 10).map(({ channel, missingIn }) => {
    const few = missingIn.slice(0, 4).join(", ");
    return `${channel} (missing in ${few}${missingIn.length > 4 ? ` and ${missingIn.length - 4} more` : ""})`;
  });
  return some.join(", ") + (leftOut.length > 10 ? ` and ${leftOut.length - 10} more` : "");
}

function notesOf({ names, values }: NamedPeople<SensorScores>, leftOut: readonly LeftOut[]) {
  const plural = leftOut.length === 1 ? "sensor was" : "sensors were";
  const counts = new Set(values.map(({ nItems }) => nItems));
  return [
    ...(leftOut.length === 0
      ? []
      : [
          `${leftOut.length} ${plural} left out, as not all people have them: ${leftOutWords(leftOut)}`,
        ]),
    ...(counts.size === 1
      ? []
      : [`people differ in items: ${[...counts].sort((a, b) => a - b).join(", ")}`]),
    ...values.flatMap(({ notes }, at) => notes.map((note) => `${names[at]}: ${note}`)),
  ];
}

/** nPeople × nModels × nChannels × nTimes, models and channels by name. */
function stacked(
  values: readonly SensorScores[],
  modelNames: readonly string[],
  channels: readonly string[],
): Float64Array {
  const parts = values.flatMap((scores) =>
    modelNames.flatMap((model) => channels.map((channel) => scores.series(model, channel).values)),
  );
  const nTimes = values[0].times.length;
  const data = new Float64Array(parts.length * nTimes);
  parts.forEach((part, at) => data.set(part, at * nTimes));
  return data;
}
