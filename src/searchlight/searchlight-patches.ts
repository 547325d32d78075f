import { InvalidArgument } from "../core/errors.ts";
import { kind, listOf, numbers, object, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { checkSeries, neighbours, type Geometry, type NeighboursOf } from "./neighbours.ts";
import { SearchlightPatches, type PatchAxes, type PatchPlan } from "./patches.ts";

/** The shape of the data: items × series × samples × …, or the sizes by name. */
export type DataShape =
  readonly number[] | { readonly nSeries?: number; readonly nSamples?: number };

/** Where a searchlight looks. Without any radius there is one patch of everything. */
export interface SearchlightOptions extends Geometry {
  /** Series strictly nearer than this form a patch with the centre; in the unit of the positions or distances. */
  readonly spatialRadius?: number;
  /** Instead of a radius: the series of each patch. */
  readonly patches?: readonly ArrayLike<number>[];
  /** Samples on both sides of the centre, so that 2 r + 1 form a patch; at the edges there are no centres. */
  readonly temporalRadius?: number;
  /** Centres of patches (with `patches`: which of them), in this order; without a spatial searchlight: what is pooled. */
  readonly series?: ArrayLike<number>;
  /** First sample that is a centre; windows may begin before. Without a temporal radius: first sample used. Default 0. */
  readonly samplesFrom?: number;
  /** The sample after the last that is a centre, or is used. Default: the end. */
  readonly samplesTo?: number;
}

const radius = kind("a radius of 0 or more", (value) => typeof value === "number" && value >= 0);
const samples = kind("a number of samples, 0 or more", Number.isSafeInteger);

const searchlightPatchesNames: OptionNames<SearchlightOptions> = {
  spatialRadius: radius,
  patches: listOf(numbers),
  temporalRadius: samples,
  series: numbers,
  samplesFrom: whole(),
  samplesTo: whole(),
  distances: object,
  positions: object,
};

/**
 * The patches of a searchlight over space, time, both or neither, made as they are asked for.
 *
 * A spatial patch has the series strictly nearer than the radius and the centre itself, ascending. Of two axes the
 * second is series when something spatial is asked for, else samples.
 * Agrees with `searchlight` of MNE-RSA, except that `samplesFrom` alone goes to the end (there it loses the last
 * sample) and that a searchlight with no centre at all is refused.
 *
 * @throws InvalidArgument for what does not fit the data; ShapeMismatch for distances or positions of other size.
 * @example
 * import { searchlightPatches } from "tsrsa";
 * const patches = searchlightPatches([6, 5, 9], { temporalRadius: 2 });
 * [patches.length, patches.at(0).samples]; // [ 5, [ 0, 5 ] ]
 */
export function searchlightPatches(
  shape: DataShape,
  options: SearchlightOptions = {},
): SearchlightPatches {
  checkOptions(options, searchlightPatchesNames);
  checkShape(shape);
  const { axes, nSeries, nSamples } = interpret(shape, options);
  const series = checkedSelection(options, nSeries);
  const around = spatialPatches(options, nSeries);
  const range = sampleRange(options, nSamples);
  const time = timeCentres(options, range, nSamples);
  const plan: PatchPlan = {
    axes,
    nSeries,
    nSamples,
    space: around && { centres: series ?? everyOne(options.patches?.length ?? nSeries), around },
    time,
    pooled: around === undefined ? series : undefined,
    window: time === undefined ? range : undefined,
  };
  return new SearchlightPatches(plan);
}

/** Throws `InvalidArgument` unless it is a shape, or sizes by name. */
function checkShape(shape: unknown): void {
  object(shape, "shape");
  const size = whole(0);
  if (Array.isArray(shape)) {
    if (shape.length === 0)
      throw new InvalidArgument("shape", "no axis", "give items × series × …");
    listOf(size)(shape, "shape");
    return;
  }
  const { nSeries, nSamples } = shape as {
    readonly nSeries?: unknown;
    readonly nSamples?: unknown;
  };
  if (nSeries === undefined && nSamples === undefined)
    throw new InvalidArgument("shape", shape, "give a list, or { nSeries, nSamples }");
  if (nSeries !== undefined) size(nSeries, "nSeries");
  if (nSamples !== undefined) size(nSamples, "nSamples");
}

interface Interpreted {
  readonly axes: PatchAxes;
  readonly nSeries: number | undefined;
  readonly nSamples: number | undefined;
}

function interpret(shape: DataShape, options: SearchlightOptions): Interpreted {
  if (!isAxes(shape)) {
    const axes = {
      series: shape.nSeries === undefined ? undefined : 1,
      samples: shape.nSamples === undefined ? undefined : shape.nSeries === undefined ? 1 : 2,
    };
    return { axes, nSeries: shape.nSeries, nSamples: shape.nSamples };
  }
  const axes = axesOf(shape.length, options);
  return {
    axes,
    nSeries: axes.series === undefined ? undefined : shape[axes.series],
    nSamples: axes.samples === undefined ? undefined : shape[axes.samples],
  };
}

function isAxes(shape: DataShape): shape is readonly number[] {
  return Array.isArray(shape);
}

function axesOf(nAxes: number, options: SearchlightOptions): PatchAxes {
  if (nAxes >= 3) return { series: 1, samples: 2 };
  const given = (...names: (keyof SearchlightOptions)[]): boolean =>
    names.some((name) => options[name] !== undefined);
  if (nAxes === 2 && given("spatialRadius", "patches", "series"))
    return { series: 1, samples: undefined };
  if (nAxes === 2 && given("temporalRadius", "samplesFrom", "samplesTo"))
    return { series: undefined, samples: 1 };
  return { series: undefined, samples: undefined };
}

function checkedSelection(
  { series, patches }: SearchlightOptions,
  nSeries: number | undefined,
): Int32Array | undefined {
  if (series === undefined) return undefined;
  const n = patches?.length ?? needed(nSeries, "series", series);
  if (series.length === 0) throw new InvalidArgument("series", "none", "give at least one");
  for (let at = 0; at < series.length; at++) checkSeries(series[at], n, `series[${at}]`);
  return Int32Array.from(series);
}

function spatialPatches(
  options: SearchlightOptions,
  nSeries: number | undefined,
): NeighboursOf | undefined {
  const { spatialRadius, patches } = options;
  if (spatialRadius === undefined && patches === undefined) return undefined;
  if (spatialRadius !== undefined && patches !== undefined)
    throw new InvalidArgument(
      "spatialRadius",
      spatialRadius,
      "patches are given; use one of the two",
    );
  const n = needed(nSeries, "spatialRadius", spatialRadius ?? patches);
  if (spatialRadius !== undefined) return neighbours(options, spatialRadius, n);
  const lists = (patches ?? []).map((patch) => Int32Array.from(patch));
  lists.forEach((list, at) => list.forEach((one) => checkSeries(one, n, `patches[${at}]`)));
  return (patch) => lists[patch].slice();
}

function sampleRange(
  { samplesFrom, samplesTo }: SearchlightOptions,
  nSamples: number | undefined,
): readonly [number, number] | undefined {
  if (samplesFrom === undefined && samplesTo === undefined) return undefined;
  const n = needed(nSamples, "samplesFrom", samplesFrom ?? samplesTo);
  const [from, to] = [samplesFrom ?? 0, samplesTo ?? n];
  checkSample("samplesFrom", from, n);
  checkSample("samplesTo", to, n);
  if (to <= from)
    throw new InvalidArgument("samplesTo", to, `give a sample after samplesFrom (${from})`);
  return [from, to];
}

function timeCentres(
  { temporalRadius: radius }: SearchlightOptions,
  range: readonly [number, number] | undefined,
  nSamples: number | undefined,
): PatchPlan["time"] {
  if (radius === undefined) return undefined;
  const n = needed(nSamples, "temporalRadius", radius);
  if (!Number.isInteger(radius) || radius < 0)
    throw new InvalidArgument("temporalRadius", radius, "give a number of samples, 0 or more");
  if (2 * radius + 1 > n) {
    throw new InvalidArgument(
      "temporalRadius",
      radius,
      `it is too large for ${n} samples; give at most ${Math.floor((n - 1) / 2)}`,
    );
  }
  const inside = (sample: number): number => Math.min(n - radius, Math.max(radius, sample));
  const [from, to] = [inside(range?.[0] ?? 0), inside(range?.[1] ?? n)];
  if (from < to) return { from, to, radius };
  throw new InvalidArgument(
    "samplesFrom",
    `${range?.[0]} to ${range?.[1]}`,
    `no window of ${2 * radius + 1} samples has its centre there; the first centre is ${radius}, the last ${n - radius - 1}`,
  );
}

function needed(size: number | undefined, argument: string, found: unknown): number {
  if (size !== undefined) return size;
  throw new InvalidArgument(
    argument,
    found,
    "the data have no such axis; give data of items × series × samples",
  );
}

function checkSample(argument: string, sample: number, n: number): void {
  if (Number.isInteger(sample) && sample >= 0 && sample <= n) return;
  throw new InvalidArgument(argument, sample, `give a sample from 0 to ${n}`);
}

function everyOne(n: number | undefined): Int32Array {
  return Int32Array.from({ length: n ?? 0 }, (_, at) => at);
}
