import { InvalidArgument } from "../../core/errors.ts";
import { notNegative, object, share, whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { alignRdms } from "../../rdm/align-rdms.ts";
import { toRdm, toRdms, type RdmInput, type RdmLike } from "../../rdm/rdm-list.ts";
import type { Rdm } from "../../rdm/rdm.ts";

/** What is known before a study. */
export interface PowerPilot {
  /** What is expected: the RDM of the model, as squared distances. Its items are those that can be shown. */
  readonly model: RdmLike;
  /** RDMs of the people of a pilot study, of which signal, noise and differences between people are estimated. */
  readonly rdms?: RdmInput;
  /** Runs that each person of the pilot had. Default 2. */
  readonly runs?: number;
  /**
   * Of what people do not share in the pilot, the share that is of the person and that more runs do not average away.
   * Default 0.5: one RDM a person cannot tell it.
   */
  readonly personShare?: number;
  /** Channels (voxels, sensors) that vary independently. Default 100. */
  readonly nChannels?: number;
  /** In place of a pilot's RDMs: the factor of the model's distances. Default 1. */
  readonly signal?: number;
  /** In place of a pilot's RDMs: the variance of the noise of a channel in one run. Default 1. */
  readonly noise?: number;
  /** In place of a pilot's RDMs: the variance of patterns that are a person's own. Default 0. */
  readonly person?: number;
}

const pilotNames: OptionNames<PowerPilot> = {
  model: object,
  rdms: object,
  runs: whole(1),
  personShare: share,
  nChannels: whole(2),
  signal: notNegative,
  noise: notNegative,
  person: notNegative,
};

/** What sets are drawn from. */
export interface PilotParameters {
  readonly model: Rdm;
  readonly nChannels: number;
  readonly signal: number;
  readonly noise: number;
  readonly person: number;
  readonly runs: number;
  /** Whether people's differences were estimated: they are then whole, and patterns drawn anew may add none. */
  readonly estimated: boolean;
  readonly notes: readonly string[];
}

/** The parameters that a pilot has, or is given. Throws `InvalidArgument`, `ItemMismatch`, `UnknownOption`. */
export function pilotParameters(pilot: PowerPilot): PilotParameters {
  checkOptions(pilot, pilotNames);
  const { rdms, runs = 2, nChannels = 100 } = pilot;
  if (pilot.model === undefined)
    throw new InvalidArgument("model", undefined, "give the RDM that is expected");
  const given = (["signal", "noise", "person"] as const).filter(
    (name) => pilot[name] !== undefined,
  );
  if (rdms === undefined) {
    if (pilot.personShare !== undefined)
      throw new InvalidArgument("personShare", pilot.personShare, "it is of a pilot's rdms");
    const { signal = 1, noise = 1, person = 0 } = pilot;
    const own = { signal, noise, person, runs, estimated: false, notes: [] };
    return { model: known(toRdm(pilot.model)), nChannels, ...own };
  }
  if (given.length > 0)
    throw new InvalidArgument(given[0], pilot[given[0]], "the pilot's rdms tell it; leave one out");
  const [model, ...data] = alignRdms([toRdm(pilot.model), ...toRdms(rdms, "rdms")], undefined);
  return estimated(known(model), data.map(known), pilot);
}

function known(rdm: Rdm): Rdm {
  if (rdm.nItems >= 3 && rdm.condensed.every(Number.isFinite)) return rdm;
  throw new InvalidArgument(
    "pilot",
    rdm.nItems < 3 ? `${rdm.nItems} items` : "an RDM with NaN or infinite pairs",
    "give RDMs of three items or more without gaps",
  );
}

/**
 * Signal from the slopes of people's RDMs over the model; person and noise from the variance over pairs that people do
 * not share. Of squared distances per channel of C channels with own patterns of variance p and M runs of noise v, that
 * variance is 8 s d p / C + 8 p² / C of the person and 8 D v / MC + 8 v² / (M (M − 1) C) of the noise of crossnobis, D = s
 * d + 2 p being the mean distance (Diedrichsen et al. 2016).
 */
function estimated(model: Rdm, data: readonly Rdm[], pilot: PowerPilot): PilotParameters {
  const { runs = 2, nChannels = 100, personShare = 0.5 } = pilot;
  const expected = squaredDistances(model);
  const x = centredValues(expected);
  const size = x.reduce((sum, value) => sum + value * value, 0);
  if (!(size > 0)) throw new InvalidArgument("model", "a constant", "give one with differences");
  const centred = data.map((rdm) => centredValues(squaredDistances(rdm)));
  const slopes = centred.map((y) => products(x, y) / size);
  const slope = meanOf(slopes);
  const rest = centred.map((y) => y.map((value, k) => value - slope * x[k]));
  const unshared = unsharedVariance(rest) * ofCentring(model.nItems);
  const distance = Math.max(0, slope) * meanOf(expected);
  const person = rootOf(8, 8 * distance, nChannels * personShare * unshared);
  const total = Math.max(0, distance) + 2 * person;
  const many = runs > 1;
  const noise = rootOf(
    many ? 8 / (runs * (runs - 1)) : 8,
    (8 * total) / runs,
    nChannels * (1 - personShare) * unshared,
  );
  return {
    ...{ model, nChannels, runs, person, noise, signal: Math.max(0, slope), estimated: true },
    notes: [
      ...notesOf(slope, data.length, personShare),
      ...metricNotes(data),
      ...(canBeExact(model.nItems, nChannels) ? [] : [tooFewChannels(model.nItems, nChannels)]),
    ],
  };
}

/** Squared distances, or such as are squared before they are fitted. */
const squaredMetrics = new Set(["sqeuclidean", "euclidean", "sqmahalanobis", "crossnobis"]);

/** A pilot of other distances tells how much people share, but not on the scale that is simulated. */
function metricNotes(data: readonly Rdm[]): string[] {
  const others = new Set(
    data.flatMap(({ metric }) =>
      metric === undefined || squaredMetrics.has(metric) ? [] : [metric],
    ),
  );
  if (others.size === 0) return [];
  return [
    `The pilot's distances (${[...others].join(", ")}) were taken as squared ones: people are simulated with squared or crossnobis distances, which may show the model better or worse.`,
  ];
}

/** Whether so many channels can have the distances of so many items exactly. */
export function canBeExact(nItems: number, nChannels: number): boolean {
  return nChannels >= nItems - 1;
}

function tooFewChannels(nItems: number, nChannels: number): string {
  return `${nChannels} channels cannot have the distances of ${nItems} items exactly: simulated people differ more than those of the pilot, and power is rather too low.`;
}

/** The distances as the model of patterns has them: those of a metric that is not squared are. */
function squaredDistances({ metric, condensed }: Rdm): Float64Array {
  return metric === "euclidean" ? condensed.map((distance) => distance * distance) : condensed;
}

function notesOf(slope: number, people: number, personShare: number): string[] {
  return [
    ...(slope > 0
      ? []
      : ["The pilot does not show the model at all: every effect is simulated as 0."]),
    `Signal, noise and differences between people were estimated from ${people} ${people === 1 ? "person" : "people"}; ${Math.round(100 * personShare)} % of what people do not share was taken as the person's own. Effects of a pilot are too large on average: look at the curves of smaller ones, too.`,
    ...(people < 2
      ? [
          "One person tells nothing of differences between people: all but the model counts as unshared.",
        ]
      : []),
  ];
}

/** The variance over pairs that people have, less what they have in common. */
function unsharedVariance(rest: readonly Float64Array[]): number {
  const own = meanOf(rest.map((row) => products(row, row) / row.length));
  if (rest.length < 2) return own;
  const both = rest.flatMap((a, i) => rest.slice(i + 1).map((b) => products(a, b) / a.length));
  return Math.max(0, own - Math.max(0, meanOf(both)));
}

/**
 * Pairs that share an item vary together (for noise their correlation is ¼), so that a person's mean over pairs has 1 / (n
 * − 1) of the variance of a pair; values less that mean lack it.
 */
function ofCentring(nItems: number): number {
  return (nItems - 1) / (nItems - 2);
}

/** The root of a x² + b x = c that is not negative. */
function rootOf(a: number, b: number, c: number): number {
  return (-b + Math.sqrt(b * b + 4 * a * c)) / (2 * a);
}

function centredValues(values: Float64Array): Float64Array {
  const mean = meanOf(values);
  return values.map((value) => value - mean);
}

function products(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

function meanOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
