import { DuplicateItem, InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { kind, listOf, either, finite, text, texts, whole } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import { repeated } from "./named-neighbours.ts";
import type { MatrixLike } from "../../core/matrix.ts";

/** What says what the axes of an observation are. */
export interface AxisOptions {
  /**
   * What each axis after that of the observations is: `times`, `sensors` (or `sources`, `vertices`, `regions`), …
   * Default: those of the data, if they say so.
   */
  readonly axes?: readonly string[];
  /** Names along the axis of sensors or sources (without `axes`: along the last). Default: those of the data, if they say so. */
  readonly channels?: readonly string[];
  /** Times up to so many samples apart, at the same place, hang together. Default: 1. */
  readonly maxStep?: number;
  /** Sensors, by name or place, or places of the last axis that are not to be tested, and part no clusters' ways. */
  readonly exclude?: readonly (string | number)[];
}

export const axisNames: OptionNames<AxisOptions> = {
  axes: texts,
  channels: texts,
  maxStep: whole(1),
  exclude: listOf(
    either(
      text,
      finite,
      kind("a name or a place", () => false),
    ),
  ),
};

/** The axes of an observation by what they are. */
export interface NamedAxes {
  /** Undefined: nobody said. */
  readonly names: readonly string[] | undefined;
  readonly named: boolean;
  /** Which axis is sensors; undefined where none is. */
  readonly sensors: number | undefined;
  readonly channels: readonly string[] | undefined;
  /** How far apart places of an axis may be to hang together. */
  readonly reachOf: (axis: number) => number;
}

/** What the axes are, by the options or by the data themselves. Throws `ShapeMismatch`, `InvalidArgument`. */
export function namedAxes(
  data: MatrixLike,
  shape: readonly number[],
  options: AxisOptions,
): NamedAxes {
  const own = ownLabels(data);
  const names = options.axes ?? own.axes?.slice(1);
  const channels = options.channels ?? own.channels;
  if (names !== undefined && names.length !== shape.length)
    throw new ShapeMismatch(
      `names of ${shape.length} axes, those after that of the observations`,
      `${names.join(", ")}`,
      'name what each axis is, as ["times", "sensors"]',
    );
  const sensors = sensorAxis(names, channels, shape);
  if (sensors !== undefined && channels !== undefined) checkChannels(channels, shape[sensors]);
  return {
    names,
    named: names !== undefined,
    sensors,
    channels,
    reachOf: reachOf(options.maxStep ?? 1, names, shape, sensors),
  };
}

function ownLabels(data: unknown): { axes?: readonly string[]; channels?: readonly string[] } {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return {};
  const { axes, channels } = data as { axes?: unknown; channels?: unknown };
  if (axes !== undefined) texts(axes, "axes of the data");
  if (channels !== undefined) texts(channels, "channels of the data");
  return { axes: axes as readonly string[], channels: channels as readonly string[] };
}

/** Names of an axis of places that neighbours are known of by name. */
export const placeAxis = /^(sensor|channel|electrode|source|region)s?$|^vert(ex|ices)$/i;

function sensorAxis(
  names: readonly string[] | undefined,
  channels: readonly string[] | undefined,
  shape: readonly number[],
): number | undefined {
  const axis = names?.findIndex((name) => placeAxis.test(name)) ?? -1;
  if (axis >= 0) return axis;
  if (channels === undefined) return undefined;
  const fitting = shape.flatMap((length, at) => (length === channels.length ? [at] : []));
  if (names === undefined && fitting.length === 1) return fitting[0];
  throw new InvalidArgument(
    "channels",
    `${channels.length} names, for observations of shape (${shape.join(", ")})`,
    'say which axis is sensors, as axes: ["times", "sensors"]',
  );
}

function checkChannels(channels: readonly string[], length: number): void {
  if (channels.length !== length)
    throw new ShapeMismatch(`names of ${length} sensors`, `${channels.length}`);
  const twice = repeated(channels);
  if (twice.length > 0)
    throw new DuplicateItem(twice, "names of sensors and sources must be unique");
}

function reachOf(
  maxStep: number,
  names: readonly string[] | undefined,
  shape: readonly number[],
  sensors: number | undefined,
): NamedAxes["reachOf"] {
  if (maxStep === 1) return () => 1;
  const named = names?.findIndex((name) => /^times?$/i.test(name)) ?? -1;
  const others = shape.flatMap((_, axis) => (axis === sensors ? [] : [axis]));
  const time = named >= 0 ? named : names === undefined && others.length === 1 ? others[0] : -1;
  if (time >= 0) return (axis) => (axis === time ? maxStep : 1);
  throw new InvalidArgument(
    "maxStep",
    maxStep,
    'say which axis is times, as axes: ["times", "sensors"]',
  );
}
