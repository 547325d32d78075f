import { InvalidArgument } from "../core/errors.ts";
import { notNegative, whole } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { random } from "../core/random.ts";
import { noteDraw } from "../core/run-record.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { drawPatterns, geometryNotes, geometryOf } from "./geometry.ts";
import { seedOf } from "./seeds.ts";
import {
  measured,
  refuseTooMany,
  simulateDataNames,
  type SimulateDataOptions,
  type SimulatedData,
} from "./simulate-data.ts";

/** How people are simulated. */
export interface SimulatePeopleOptions extends Omit<SimulateDataOptions, "patterns"> {
  readonly people: number;
  /**
   * Variance of the patterns that each person has alone, beside those of the geometry: they make every distance of a
   * person larger, and different from other people's. Default 0: people differ by noise only.
   */
  readonly person?: number;
}

const simulatePeopleNames: OptionNames<SimulatePeopleOptions> = {
  ...without(["patterns"], simulateDataNames),
  people: whole(1, 1e6),
  person: notNegative,
};

/**
 * Data of several people of one geometry: each has channels of its own (patterns drawn anew), patterns that are its own,
 * and noise of its own. A person is the same however many others there are.
 *
 * @throws As `simulateData`.
 * @example
 * import { simulatePeople } from "tsrsa";
 * const sets = simulatePeople([1, 4, 2], { people: 3, nChannels: 8, runs: 2, person: 0.1, seed: 1 });
 * sets.map(({ patterns }) => patterns.shape[0]); // [ 6, 6, 6 ]
 */
export function simulatePeople(
  geometry: RdmInput,
  options: SimulatePeopleOptions,
): SimulatedData[] {
  checkOptions(options, simulatePeopleNames);
  const found = drawPeople(geometry, options);
  noteDraw("simulatePeople", { ...options, seed: options.seed ?? 0 });
  return found;
}

/** As {@link simulatePeople}, for one who notes what is drawn. */
export function drawPeople(geometry: RdmInput, options: SimulatePeopleOptions): SimulatedData[] {
  const { people, person = 0, seed = 0, ...how } = options;
  const { nChannels, signal = 1 } = how;
  if (people === undefined) throw new InvalidArgument("people", people, "give a number of people");
  if (nChannels === undefined)
    throw new InvalidArgument("nChannels", nChannels, "give a number of channels");
  const { labels, factor } = geometryOf(geometry, how.theta);
  refuseTooMany(labels.length * people, how);
  const notes = geometryNotes(factor);
  return Array.from({ length: people }, (_, at) => {
    const lot = random(seedOf(seed, at, 1));
    const own = drawPatterns(factor, labels.length, nChannels, lot.normal, how.exact === true);
    const [ofShared, ofPerson] = [Math.sqrt(signal), Math.sqrt(person)];
    for (let k = 0; k < own.length; k++)
      own[k] = ofShared * own[k] + (person > 0 ? ofPerson * lot.normal() : 0);
    const { normal } = random(seedOf(seed, at, 2));
    return { ...measured(labels, own, normal, { ...how, signal: 1 }), notes };
  });
}
