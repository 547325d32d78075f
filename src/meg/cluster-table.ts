import { nearestTime } from "../core/times.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { numbers } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { placeAxis } from "../stats/permutation/axes.ts";
import { ClusterTest, type Cluster } from "../stats/permutation/cluster-test.ts";
import type { Cell } from "../table/columns.ts";
import { Table } from "../table/table.ts";

/** What is needed to say where clusters are. */
export interface ClusterWordsOptions {
  /** The times of the observations, in seconds. Default: times are counted in samples from 0. */
  readonly timesS?: ArrayLike<number>;
}

const clusterWordsNames: OptionNames<ClusterWordsOptions> = { timesS: numbers };

/**
 * The clusters of a test, one row each, the most significant first: `p`, `significant`, `sign`, `statistic`, `positions`,
 * `peak_t`; of an axis of times `from` and `to` and `peak_time` (seconds, or samples without `timesS`); of an axis of
 * sensors `n_sensors`, `sensors` and `peak_sensor`, of one of sources `n_sources` and `peak_source`.
 *
 * @throws `ShapeMismatch` when times do not fit the test.
 *
 * @example
 * import { clusterTable, permutationClusterTest } from "tsrsa";
 * const people = [[0, 3, 4, 0], [1, 4, 3, -1], [-1, 3, 3, 0], [0, 4, 4, 1], [0, 3, 5, 0], [0.5, 4, 4, 0]];
 * const test = await permutationClusterTest(people, { axes: ["times"] });
 * clusterTable(test, { timesS: [0, 0.1, 0.2, 0.3] }).row(0).from; // 0.1
 */
export function clusterTable(test: ClusterTest, options: ClusterWordsOptions = {}): Table {
  const found = foundClusters(test, options);
  const column = (of: (one: FoundCluster) => Cell): Cell[] => found.map(of);
  const columns = new Map<string, Cell[]>([
    ["p", column(({ cluster }) => cluster.pValue)],
    ["significant", column(({ cluster }) => cluster.pValue <= test.alpha)],
    ["sign", column(({ cluster }) => (cluster.sign > 0 ? "above" : "below"))],
    ["statistic", column(({ cluster }) => cluster.statistic)],
    ["positions", column(({ cluster }) => cluster.positions.length)],
    ["peak_t", column(({ cluster }) => cluster.peakT)],
  ]);
  if (axisOf(test, TIMES) >= 0) {
    columns.set(
      "from",
      column(({ times }) => times?.[0] ?? null),
    );
    columns.set(
      "to",
      column(({ times }) => times?.[1] ?? null),
    );
    columns.set(
      "peak_time",
      column(({ peakTime }) => peakTime ?? null),
    );
  }
  if (test.channels !== undefined) {
    const { one, many } = placeWords(test);
    columns.set(
      `n_${many}`,
      column(({ sensors }) => sensors.length),
    );
    // Thousands of sources are a map, no text.
    if (many === "sensors")
      columns.set(
        many,
        column(({ sensors }) => sensors.join(" ")),
      );
    columns.set(
      `peak_${one}`,
      column(({ peakSensor }) => peakSensor ?? null),
    );
  }
  return new Table(columns);
}

/**
 * What a cluster test found, in sentences for a paper: how many clusters, where and when each significant one is, and
 * what that does not say.
 *
 * @throws `ShapeMismatch` when times do not fit the test.
 *
 * @example
 * import { clusterSummary, permutationClusterTest } from "tsrsa";
 * const people = [[0, 3, 4, 0], [1, 4, 3, -1], [-1, 3, 3, 0], [0, 4, 4, 1], [0, 3, 5, 0], [0.5, 4, 4, 0]];
 * const test = await permutationClusterTest(people, { axes: ["times"] });
 * clusterSummary(test, { timesS: [0, 0.1, 0.2, 0.3] }).split("\n")[1];
 * // "Cluster 1 (above, p = 0.0313): 0.1 to 0.2 s; peak t 15.7 at 0.1 s."
 */
export function clusterSummary(test: ClusterTest, options: ClusterWordsOptions = {}): string {
  const found = foundClusters(test, options);
  const significant = found.filter(({ cluster }) => cluster.pValue <= test.alpha);
  const count = `${significant.length} of ${found.length} clusters ${significant.length === 1 ? "is" : "are"} significant at ${test.alpha}.`;
  const unit = options.timesS === undefined ? "" : " s";
  const lines = significant.map(
    (one, at) => `Cluster ${at + 1} ${clusterWords(one, unit, placeWords(test))}`,
  );
  const warning =
    "A cluster test says that there is an effect, not where or when it begins or ends: the edges of a cluster are no onsets (Sassenhagen & Draschkow 2019).";
  return [
    `${count} ${test.method}.`,
    ...lines,
    ...(significant.length > 0 ? [warning] : []),
    ...test.notes.map((note) => `Note: ${note}.`),
  ].join("\n");
}

/**
 * The sensors of a cluster, at one time or at all of it: what `plotTopomap` marks. Clusters are counted from 0, the
 * most significant first.
 *
 * @throws `InvalidArgument` for a test without names of sensors, a cluster that is not there, and a time outside.
 *
 * @example
 * import { clusterSensors, permutationClusterTest } from "tsrsa";
 * const people = [[3, 0], [4, 1], [3, -1], [4, 0], [3.5, 0.2], [4, 0]];
 * const adjacency = { names: ["Oz", "Cz"], pairs: [["Oz", "Cz"]] as const };
 * const test = await permutationClusterTest(people, { axes: ["sensors"], channels: ["Oz", "Cz"], adjacency });
 * clusterSensors(test); // [ "Oz" ]
 */
export function clusterSensors(
  test: ClusterTest,
  cluster = 0,
  options: ClusterWordsOptions & { readonly atS?: number } = {},
): string[] {
  const { atS, ...rest } = options;
  const all = foundClusters(test, rest);
  if (test.channels === undefined)
    throw new InvalidArgument(
      "test",
      "one without sensors",
      "test observations whose sensors have names",
    );
  if (!(cluster in all))
    throw new InvalidArgument("cluster", cluster, `the test has ${all.length}, counted from 0`);
  if (atS === undefined) return all[cluster].sensors;
  const { timesS } = rest;
  if (timesS === undefined)
    throw new InvalidArgument("atS", atS, "give timesS, the times of the observations");
  const nearest = nearestTime(timesS, atS);
  const axis = axisOf(test, TIMES);
  const positions = all[cluster].cluster.positions.filter(
    (at) => placeOn(test, at, axis) === nearest,
  );
  return sensorsOf(test, positions);
}

const TIMES = /^times?$/i;

interface FoundCluster {
  readonly cluster: Cluster;
  readonly times: readonly [number, number] | undefined;
  readonly peakTime: number | undefined;
  readonly sensors: string[];
  readonly peakSensor: string | undefined;
}

function foundClusters(test: ClusterTest, options: ClusterWordsOptions): FoundCluster[] {
  if (!(test instanceof ClusterTest))
    throw new InvalidArgument("test", test, "give what permutationClusterTest gives");
  checkOptions(options, clusterWordsNames);
  const { timesS } = options;
  const axis = axisOf(test, TIMES);
  const length = axis < 0 ? 0 : test.t.shape[axis];
  if (timesS !== undefined && timesS.length !== length)
    throw new ShapeMismatch(
      axis < 0 ? "no times, as the test has no axis of them" : `${length} times`,
      `${timesS.length}`,
      'name the axes of the observations, as axes: ["times", "sensors"]',
    );
  const timeOf = (at: number): number => {
    const place = placeOn(test, at, axis);
    return timesS === undefined ? place : timesS[place];
  };
  const sensors = axisOf(test, placeAxis);
  return test.clusters.map((cluster) => {
    const times = axis < 0 ? [] : Array.from(cluster.positions, timeOf);
    return {
      cluster,
      times: axis < 0 ? undefined : [Math.min(...times), Math.max(...times)],
      peakTime: axis < 0 ? undefined : timeOf(cluster.peakPosition),
      sensors: sensorsOf(test, cluster.positions),
      peakSensor: test.channels?.[placeOn(test, cluster.peakPosition, sensors)],
    };
  });
}

function axisOf({ axes, channels, t }: ClusterTest, kind: RegExp): number {
  const named = axes?.findIndex((name) => kind.test(name)) ?? -1;
  if (named >= 0 || kind !== placeAxis || channels === undefined) return named;
  return t.shape.lastIndexOf(channels.length);
}

/** What the places of the test are called: as their axis is, or sensors. */
function placeWords({ axes }: ClusterTest): { one: string; many: string } {
  const many = axes?.find((name) => placeAxis.test(name))?.toLowerCase() ?? "sensors";
  if (/^vert/.test(many)) return { one: "vertex", many: "vertices" };
  const one = many.replace(/s$/, "");
  return /^(source|region)$/.test(one)
    ? { one, many: `${one}s` }
    : { one: "sensor", many: "sensors" };
}

/** Place of a position along an axis. */
function placeOn({ t }: ClusterTest, position: number, axis: number): number {
  const step = t.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return Math.floor(position / step) % t.shape[axis];
}

function sensorsOf(test: ClusterTest, positions: ArrayLike<number>): string[] {
  const { channels } = test;
  if (channels === undefined) return [];
  const axis = axisOf(test, placeAxis);
  const places = [...new Set(Array.from(positions, (at) => placeOn(test, at, axis)))];
  return places.sort((a, b) => a - b).map((place) => channels[place]);
}

function clusterWords(
  { cluster, times, peakTime, sensors, peakSensor }: FoundCluster,
  unit: string,
  { one, many }: { readonly one: string; readonly many: string },
): string {
  const head = `(${cluster.sign > 0 ? "above" : "below"}, p = ${cluster.pValue.toPrecision(3)})`;
  const span =
    times === undefined
      ? []
      : [`${short(times[0])} to ${short(times[1])}${unit === "" ? " (samples)" : unit}`];
  const some = sensors.slice(0, 12).join(", ") + (sensors.length > 12 ? " …" : "");
  const where =
    sensors.length === 0
      ? []
      : [`${sensors.length} ${sensors.length === 1 ? one : many} (${some})`];
  const size = span.length + where.length === 0 ? [`${cluster.positions.length} positions`] : [];
  const at = [peakSensor, peakTime === undefined ? undefined : `${short(peakTime)}${unit}`].filter(
    (one) => one !== undefined,
  );
  const peak = `peak t ${cluster.peakT.toPrecision(3)}${at.length === 0 ? "" : ` at ${at.join(", ")}`}`;
  return `${head}: ${[...span, ...where, ...size].join(", ")}; ${peak}.`;
}

function short(value: number): string {
  return String(Number(value.toFixed(4)));
}
