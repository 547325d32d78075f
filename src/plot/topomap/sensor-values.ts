import { DuplicateItem, InvalidArgument, ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { isRecord, texts } from "../../core/gate/kinds.ts";
import { isList, toVector } from "../../core/gate/vector.ts";
import type { Channel } from "../../meg/channel.ts";
import { flatten, isPlaced, type FlatPlace, type Place } from "../../meg/sensors/flatten.ts";
import { placesOf } from "../../meg/sensors/sensor-places.ts";

/** One value a sensor, by name. */
export interface SensorValues {
  readonly channels: readonly string[];
  /** One a channel; NaN where there is none. */
  readonly values: ArrayLike<number>;
  /** What the map shows: a model, a time. */
  readonly name?: string;
}

/** Values on the flat head. */
export interface PlacedValues {
  readonly name: string;
  readonly channels: readonly string[];
  readonly places: readonly FlatPlace[];
  readonly values: Float64Array;
  /** Sensors without a value, which the map leaves out. */
  readonly missing: readonly string[];
  /** How many places have more than one sensor, of which the mean is drawn. */
  readonly nMerged: number;
  readonly type: string;
}

/** Throws `InvalidArgument`, `ShapeMismatch` for what is not one value a named sensor. */
export function checkSensorValues(given: unknown, argument: string): SensorValues {
  if (!isRecord(given) || !("channels" in given) || !("values" in given))
    throw new InvalidArgument(argument, given, "give { channels: names, values: one a channel }");
  const { channels, values, name } = given as SensorValues;
  texts(channels, `channels of ${argument}`);
  if (!isList(values))
    throw new InvalidArgument(`values of ${argument}`, values, "give a list of numbers");
  if (name !== undefined && typeof name !== "string")
    throw new InvalidArgument(`name of ${argument}`, name, "give text");
  const vector = toVector(values, `values of ${argument}`);
  if (vector.length !== channels.length)
    throw new ShapeMismatch(
      `${channels.length} values of ${argument}, one a channel`,
      `${vector.length}`,
    );
  const twice = channels.filter((one, at) => channels.indexOf(one) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, "name every sensor once");
  return { channels: Array.from(channels), values: vector, name };
}

/**
 * Values joined with the places of their sensors by name; the mean of those at one place. Throws `ItemMismatch` for
 * sensors that the recording lacks, `InvalidArgument` for sensors without a place, of several types, or too few.
 */
export function placeValues(
  { channels, values, name = "" }: SensorValues,
  recording: readonly Channel[],
  centre: Place,
): PlacedValues {
  const all = knownSensors(channels, recording);
  const [{ type }] = all;
  const of = new Map(channels.map((one, at) => [one, values[at]]));
  const missing = channels.filter((one) => !Number.isFinite(of.get(one)));
  const spots = placesOf(all.filter((one) => !missing.includes(one.name)));
  if (spots.length < 3)
    throw new InvalidArgument(
      "values",
      `values at ${spots.length} places`,
      "a map needs three or more",
    );
  const mean = (names: readonly string[]) =>
    names.reduce((sum, one) => sum + (of.get(one) ?? NaN), 0) / names.length;
  const named = spots.map(({ sensors }) => sensors.map((one) => one.name));
  return {
    name,
    type,
    missing,
    channels: named.map((names) => names.join(" + ")),
    places: flatten(
      spots.map(({ position }) => position),
      centre,
    ),
    values: Float64Array.from(named, mean),
    nMerged: named.filter(({ length }) => length > 1).length,
  };
}

/**
 * Sensors by name, all of one type and each with its place. Throws `ItemMismatch` for those that the recording lacks,
 * `InvalidArgument` for sensors without a place or of several types.
 */
export function knownSensors(
  names: readonly string[],
  recording: readonly Channel[],
): readonly Channel[] {
  const known = new Map(recording.map((channel) => [channel.name, channel]));
  const lost = names.filter((one) => !known.has(one));
  if (lost.length > 0)
    throw new ItemMismatch(lost, [], "give the info of the recording that these sensors are of");
  const all = refuseTypes(names.flatMap((one) => known.get(one) ?? []));
  const nowhere = all.find(({ position }) => !isPlaced(position));
  if (nowhere === undefined) return all;
  throw new InvalidArgument(
    `position of ${nowhere.name}`,
    `(${Array.from(nowhere.position).join(", ")})`,
    "a map needs sensor positions; leave the sensor out",
  );
}

function refuseTypes(channels: readonly Channel[]): readonly Channel[] {
  const types = [...new Set(channels.map(({ type }) => type))];
  if (types.length === 1) return channels;
  throw new InvalidArgument(
    "channels",
    types.length === 0 ? "none" : `sensors of types ${types.join(", ")}`,
    "draw one type a map; pick its sensors",
  );
}
