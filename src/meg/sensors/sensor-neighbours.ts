import { DuplicateItem, InvalidArgument } from "../../core/errors.ts";
import { positive } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Channel } from "../channel.ts";
import { pickChannels, type Picks } from "../pick-channels.ts";
import { delaunay, edgesOf } from "./delaunay.ts";
import { flatten, isPlaced } from "./flatten.ts";
import { recordingOf, type SensorSource } from "./sensor-source.ts";
import { SensorNeighbours } from "./neighbours.ts";
import { placesOf, type SensorPlace } from "./sensor-places.ts";

/** Which sensors are to have neighbours. */
export interface SensorNeighboursOptions {
  /** Default: all MEG and EEG channels, bad ones too: a test leaves out those that its data lack, by name. */
  readonly picks?: Picks;
  /** No neighbours further apart than this, in metres: edges at the rim may join far sensors. Default: any. */
  readonly maxDistanceM?: number;
}

const sensorNeighboursNames: OptionNames<SensorNeighboursOptions> = {
  picks: true,
  maxDistanceM: positive,
};

/**
 * Which sensors lie beside each other: those that share an edge of the Delaunay triangulation of their places, laid
 * flat. Types never mix. Planar gradiometers and magnetometers of one place stand together: one triangulation of all
 * places; a gradiometer's neighbours are its partner and both of the places beside it. Agrees with
 * `mne.channels.find_ch_adjacency` for EEG; for Neuromag Vectorview MNE-Python takes a stored table, which
 * {@link readNeighbours} reads.
 *
 * @throws `InvalidArgument` for a sensor without a place and for two EEG sensors at one; `DuplicateItem`.
 *
 * @example
 * import { sensorNeighbours } from "tsrsa";
 * const at = (name: string, x: number, y: number) => ({ name, type: "eeg", position: [x, y, 0.09] as const });
 * const cross = [at("Cz", 0, 0), at("Fz", 0, 0.05), at("Pz", 0, -0.05), at("C3", -0.05, 0), at("C4", 0.05, 0)];
 * sensorNeighbours(cross).of("Fz"); // [ "Cz", "C3", "C4" ]
 */
export function sensorNeighbours(
  source: SensorSource,
  options: SensorNeighboursOptions = {},
): SensorNeighbours {
  checkOptions(options, sensorNeighboursNames);
  const channels = sensorsOf(source, options.picks);
  checkSensors(channels);
  const { maxDistanceM = Infinity } = options;
  const meg = channels.filter(isMeg);
  const others = [...new Set(channels.filter((one) => !isMeg(one)).map(({ type }) => type))];
  const groups = [meg, ...others.map((type) => channels.filter((one) => one.type === type))];
  const pairs = groups.flatMap((group) => pairsOf(placesOf(group), maxDistanceM));
  const order = new Map(channels.map(({ name }, at) => [name, at]));
  const placed = pairs.map(([a, b]): [number, number] => {
    const [p, q] = [order.get(a) ?? 0, order.get(b) ?? 0];
    return p < q ? [p, q] : [q, p];
  });
  return new SensorNeighbours({
    names: channels.map(({ name }) => name),
    pairs: placed.sort((p, q) => p[0] - q[0] || p[1] - q[1]),
    words:
      maxDistanceM === Infinity
        ? "Delaunay triangulation"
        : `Delaunay triangulation, up to ${maxDistanceM} m`,
  });
}

function sensorsOf(source: SensorSource, picks: Picks | undefined): readonly Channel[] {
  const info = recordingOf(source);
  const bads = picks === undefined ? [] : info.bads;
  return pickChannels({ ...info, bads }, picks ?? "data").map((at) => info.channels[at]);
}

function checkSensors(channels: readonly Channel[]): void {
  const names = channels.map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new DuplicateItem(twice, "sensor names must be unique; rename them");
  const lost = channels.find(({ position }) => !isPlaced(position));
  if (lost === undefined) return;
  throw new InvalidArgument(
    `position of ${lost.name}`,
    `${lost.type} at (${Array.from(lost.position).join(", ")})`,
    "neighbours need sensor positions; pick channels that have one, or read neighbours from a table with readNeighbours",
  );
}

function isMeg({ type }: Channel): boolean {
  return type === "mag" || type === "grad";
}

/** Names that lie beside each other: of one type, at one place or at two that share an edge. */
function pairsOf(places: readonly SensorPlace[], maxDistanceM: number): [string, string][] {
  if (places.length === 0) return [];
  const flat = flatten(places.map(({ position }) => position));
  const near = edgesOf(delaunay(flat), flat).filter(([a, b]) => {
    const apart = places[a].position.map((value, axis) => value - places[b].position[axis]);
    return Math.hypot(...apart) <= maxDistanceM;
  });
  const within = places.flatMap(({ sensors }) => join(sensors, sensors).filter(([a, b]) => a < b));
  return [...within, ...near.flatMap(([a, b]) => join(places[a].sensors, places[b].sensors))];
}

function join(some: readonly Channel[], others: readonly Channel[]): [string, string][] {
  return some.flatMap((one) =>
    others
      .filter((other) => other.type === one.type && other.name !== one.name)
      .map((other): [string, string] => [one.name, other.name]),
  );
}
