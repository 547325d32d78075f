import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { callback, texts, whole } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { isList, toVector } from "../core/gate/vector.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { sizeOf, type Matrix } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import { patchedPatterns, type PatchedPatterns } from "./patched-patterns.ts";
import type { SearchlightPatches } from "./patches.ts";
import { featuresOf, takeFeatures } from "./take-patch.ts";

/**
 * What is to be known of a patch: one number, or several in the same order for every patch. `patterns` are items ×
 * features, a matrix of its own for each patch; `items` are the labels of its rows, where they have any.
 */
export type PatchFunction = (
  patterns: Matrix<Float64Array>,
  items: readonly string[] | undefined,
) => number | ArrayLike<number> | Promise<number | ArrayLike<number>>;

/** How a function goes through the patches. */
export interface PatchFunctionOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Names of the numbers that the function gives, in order. Default: `value`, or `value 1`, `value 2`, … */
  readonly names?: readonly string[];
  /** Only every so manieth centre, from the first on. Default: 1, all. */
  readonly every?: number;
}

export const patchFunctionNames: OptionNames<PatchFunctionOptions> = {
  names: texts,
  every: whole(1),
  signal: jobNames.signal,
  onProgress: jobNames.onProgress,
};

/** What {@link mapSearchlight} takes. */
export interface MapSearchlightOptions extends PatchFunctionOptions {
  /** Labels of the rows of the patterns, handed to the function. */
  readonly items?: readonly string[];
}

const mapSearchlightNames: OptionNames<MapSearchlightOptions> = {
  ...patchFunctionNames,
  items: texts,
};

/** What a function found in patches. */
export interface PatchValues {
  /** nNames × nPatches, C order. */
  readonly values: Float64Array;
  readonly names: readonly string[];
  /** Numbers of the patches that were looked at, ascending. */
  readonly patches: Int32Array;
}

/**
 * A function of one's own in every patch of a searchlight, or in every so manieth: its patterns in, one number or
 * several out. It runs on one thread, in the order of the patches, and waits for promises.
 *
 * @throws `InvalidArgument` when the function gives something that is no number, or another count than before;
 *   `ShapeMismatch` for patterns and patches that do not fit; `Cancelled`. What the function throws comes through.
 *
 * @example
 * import { mapSearchlight, searchlightPatches } from "tsrsa";
 * const patterns = { data: Float64Array.of(1, 2, 9, 2, 5, 1), shape: [2, 3] };
 * const patches = searchlightPatches(patterns.shape, { patches: [[0, 1], [1, 2]] });
 * const { values } = await mapSearchlight(patterns, patches, ({ data }) => Math.max(...data), { onProgress: false });
 * values; // Float64Array(2) [ 5, 9 ]
 */
export async function mapSearchlight(
  patterns: Matrix,
  patches: SearchlightPatches,
  each: PatchFunction,
  options: MapSearchlightOptions = {},
): Promise<PatchValues> {
  checkOptions(options, mapSearchlightNames);
  const patched = patchedPatterns(patterns, false, patches);
  const { items, every = 1, ...how } = options;
  if (items !== undefined && items.length !== patched.shape[0])
    throw new ShapeMismatch(
      `${patched.shape[0]} items, one for each row of the patterns`,
      `${items.length}`,
    );
  const all = Int32Array.from({ length: Math.ceil(patches.length / every) }, (_, at) => at * every);
  return mapPatches(patched, items, all, each, how);
}

/** A function in some patches. Throws `InvalidArgument` for cross-validated patterns, which have no one pattern an item. */
export async function mapPatches(
  patched: PatchedPatterns,
  items: readonly string[] | undefined,
  wanted: Int32Array,
  each: PatchFunction,
  { names, ...job }: Omit<PatchFunctionOptions, "every">,
): Promise<PatchValues> {
  callback(each, "function");
  const line = reporter(job, "patches", wanted.length);
  const pause = pauses(job.signal, "the searchlight");
  const rows: Float64Array[] = [];
  for (const patch of wanted) {
    const found = toNumbers(await each(patternsIn(patched, patch), items), patch);
    checkCount(found, rows[0]?.length ?? names?.length, patch);
    rows.push(found);
    if (!pause.due()) continue;
    line.update(rows.length);
    await pause.turn();
  }
  line.update(rows.length);
  line.finish();
  const count = rows[0]?.length ?? names?.length ?? 0;
  const values = new Float64Array(count * rows.length);
  rows.forEach((row, at) => row.forEach((value, k) => (values[k * rows.length + at] = value)));
  return { values, names: names ?? defaultNames(count), patches: wanted };
}

function patternsIn(
  { data, shape, patches }: PatchedPatterns,
  patch: number,
): Matrix<Float64Array> {
  const features = featuresOf(patches.at(patch), shape, patches.plan);
  const taken = takeFeatures(data, shape[0], sizeOf(shape.slice(1)), features);
  return { data: taken, shape: [shape[0], features.length] };
}

function toNumbers(found: unknown, patch: number): Float64Array {
  if (typeof found === "number") return Float64Array.of(found);
  if (isList(found)) return toVector(found, `what the function gives for patch ${patch}`);
  throw new InvalidArgument(
    `what the function gives for patch ${patch}`,
    found,
    "return a number, or a list of numbers",
  );
}

function checkCount(found: Float64Array, wanted: number | undefined, patch: number): void {
  if (found.length > 0 && found.length === (wanted ?? found.length)) return;
  throw new InvalidArgument(
    `what the function gives for patch ${patch}`,
    `${found.length} numbers`,
    wanted === undefined
      ? "return one or more"
      : `return ${wanted}, as many as there are names or as for the patches before; NaN where there is none`,
  );
}

function defaultNames(count: number): string[] {
  return count === 1 ? ["value"] : Array.from({ length: count }, (_, at) => `value ${at + 1}`);
}
