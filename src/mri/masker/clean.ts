import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { oneOf, type Kind } from "../../core/gate/kinds.ts";
import { currentWord } from "../../core/superseded.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import { dot } from "../../linalg/dot.ts";
import { filtered } from "./filtered.ts";
import {
  filterNames,
  sampleNames,
  type FilterOptions,
  type SampleOptions,
} from "./filter-options.ts";

const kinds = ["zscore", "zscore-sample", "psc", "none"] as const;

/** What two of them were called before. */
const before = { seed: "zscore", "0.13": "zscore-sample" } as const;

/**
 * What "standardise" means. `zscore`: mean 0 and standard deviation 1, divided by n (nilearn to 0.8.1,
 * `standardize=True`). `zscore-sample`: the same divided by n − 1 (nilearn 0.10.4 to 0.13.1, `"zscore_sample"`). `psc`:
 * percent of the mean. `none`. The words `seed` and `0.13` of before still stand for the first two.
 */
export type Standardization = (typeof kinds)[number] | keyof typeof before;

/** A way to standardise by its name of today. */
export function standardizationOf(given: Standardization): (typeof kinds)[number] {
  return currentWord("standardize", given, before);
}

const standardization: Kind = (value, argument) => {
  if (typeof value === "string" && Object.hasOwn(before, value)) return;
  oneOf(kinds)(value, argument);
};

/** How time courses are cleaned. */
export interface CleanOptions extends FilterOptions {
  /** Subtract the mean and the straight line of each time course. Default: false. */
  readonly detrend?: boolean;
  /** Default: `zscore`. */
  readonly standardize?: Standardization;
}

/** Names of these options, for the check of options. */
export const cleanNames: OptionNames<CleanOptions> = {
  detrend: true,
  standardize: standardization,
  ...filterNames,
};

/** What is cleaned away from one run. */
export interface CleanRunOptions extends CleanOptions, SampleOptions {
  /**
   * Time courses to regress out, such as head motion: nVolumes × nConfounds. They are detrended as the run is and
   * standardised first. Default: none.
   */
  readonly confounds?: MatrixLike;
}

/** Time courses of one run after cleaning. */
export interface CleanedRun extends Matrix<Float64Array> {
  /**
   * Columns, ascending, that were constant, or exactly a straight line or a sum of confounds before these were
   * subtracted. They are 0, where dividing by their standard deviation would have made unit noise of rounding errors.
   */
  readonly flat: Int32Array;
}

const cleanRunNames: OptionNames<CleanRunOptions> = {
  ...cleanNames,
  ...sampleNames,
  confounds: true,
};

/**
 * Clean the time courses of one run: detrend, regress confounds out, standardise. Give runs one by one; a mean or line
 * over several runs is another thing. Filters take slow or fast changes out of signals and confounds alike;
 * volumes of `sampleMask` alone are returned. Agrees with `nilearn.signal.clean`, which returns one volume as it is; only
 * flat columns differ, see {@link CleanedRun}, and what is filtered wrongly there: censored volumes that mirror each
 * other, and cosines beside a confound like them.
 *
 * @param run - nVolumes × nColumns.
 * @throws InvalidArgument for NaN or infinite values; ShapeMismatch for confounds of another length; UnknownOption.
 * @example
 * import { clean } from "tsrsa";
 * const run = [[1, 5, 2], [3, 5, 4], [2, 5, 6]];
 * Array.from(clean(run, { standardize: "zscore-sample" }).data.slice(0, 4)); // [ -1, 0, -1, 1 ]
 * Array.from(clean(run, { detrend: true }).flat); // [ 1, 2 ]
 */
export function clean(run: MatrixLike, options: CleanRunOptions = {}): CleanedRun {
  checkOptions(options, cleanRunNames);
  checkCleanOptions(options);
  return cleanInPlace(finiteCopy(run, "run"), options);
}

function finiteCopy(values: MatrixLike, name: string): Matrix<Float64Array> {
  const { data, shape } = toRows(values);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return { data: data.slice(), shape };
  throw new InvalidArgument(
    name,
    `${data[bad]} at row ${Math.floor(bad / shape[1])}, column ${bad % shape[1]}`,
    "replace what is not finite first; NiftiMasker makes it 0 in images, as nilearn does",
  );
}

/** Throws `UnknownOption` for a way to standardise that is not known. */
export function checkCleanOptions({ standardize = "zscore" }: CleanOptions): void {
  standardization(standardize, "standardize");
}

/** The same, overwriting the finite numbers of a matrix that nobody else holds. */
export function cleanInPlace(run: Matrix<Float64Array>, options: CleanRunOptions): CleanedRun {
  const { detrend = false, confounds } = options;
  const standardize = standardizationOf(options.standardize ?? "zscore");
  const [n] = run.shape;
  if (isFiltered(options)) return cleanFiltered(run, options);
  const directions = confounds === undefined ? undefined : confoundBasis(confounds, n, detrend);
  const changes = detrend || standardize !== "none" || directions !== undefined;
  if (n < 2 || !changes) return { ...run, flat: new Int32Array(0) };
  const largest = largestOf(run);
  const means = subtractMeans(run);
  if (detrend) subtractLines(run);
  directions?.forEach((direction) => subtractDirection(run, direction));
  const flat = zeroFlat(run, largest);
  // Without a line to subtract, nilearn leaves the mean of what is not standardised.
  if (standardize === "none" && !detrend) addMeans(run, means);
  else if (standardize === "psc") toPercent(run, means);
  else if (standardize !== "none") divideBySd(run, standardize === "zscore" ? n : n - 1, detrend);
  return { ...run, flat };
}

type Rows = Matrix<Float64Array>;

function isFiltered(options: CleanRunOptions): boolean {
  const { highPassHz, lowPassHz, sampleMask, standardizeConfounds } = options;
  const filters = (highPassHz ?? 0) > 0 || lowPassHz !== undefined;
  return filters || sampleMask !== undefined || standardizeConfounds === false;
}

/** With a filter or volumes left out: then standardise what is left. */
function cleanFiltered(run: Rows, options: CleanRunOptions): CleanedRun {
  const { detrend = false, confounds } = options;
  const standardize = standardizationOf(options.standardize ?? "zscore");
  const known = confounds && confoundRows(confounds, run.shape[0]);
  const { rows, means: before } = filtered(run, known, options);
  if (rows.shape[0] < 2) return { ...rows, flat: new Int32Array(0) };
  const largest = largestOf(run);
  const means = subtractMeans(rows);
  const flat = zeroFlat(rows, largest);
  if (standardize === "none") addMeans(rows, means);
  else if (standardize === "psc")
    toPercent(rows, detrend ? before.map((mean, j) => mean + means[j]) : before);
  else divideBySd(rows, standardize === "zscore" ? rows.shape[0] : rows.shape[0] - 1, false);
  return { ...rows, flat };
}

function confoundRows(confounds: MatrixLike, n: number): Rows {
  const copy = finiteCopy(confounds, "confounds");
  if (copy.shape[0] === n) return copy;
  throw new ShapeMismatch(
    `${n} rows of confounds, as the run has volumes`,
    `${copy.shape[0]}`,
    "give the confounds of this run, one row a volume",
  );
}

function largestOf({ data, shape: [, width] }: Rows): Float64Array {
  const largest = new Float64Array(width);
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < width; j++, at++) {
      const size = Math.abs(data[at]);
      if (size > largest[j]) largest[j] = size;
    }
  }
  return largest;
}

function subtractMeans({ data, shape: [n, width] }: Rows): Float64Array {
  const means = new Float64Array(width);
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) means[j] += data[at];
  for (let j = 0; j < width; j++) means[j] /= n;
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) data[at] -= means[j];
  return means;
}

/** What is left after projecting out a line of mean 0 and length 1. */
function subtractLines(run: Rows): void {
  const [n] = run.shape;
  const length = Math.sqrt((n * (n * n - 1)) / 12);
  subtractDirection(
    run,
    Float64Array.from({ length: n }, (_, t) => (t - (n - 1) / 2) / length),
  );
}

function subtractDirection({ data, shape: [n, width] }: Rows, direction: Float64Array): void {
  const size = new Float64Array(width);
  for (let t = 0, at = 0; t < n; t++)
    for (let j = 0; j < width; j++, at++) size[j] += direction[t] * data[at];
  for (let t = 0, at = 0; t < n; t++)
    for (let j = 0; j < width; j++, at++) data[at] -= direction[t] * size[j];
}

/** Directions of length 1, at right angles, that span the confounds; one that is a sum of others adds none. */
function confoundBasis(confounds: MatrixLike, n: number, detrend: boolean): Float64Array[] {
  const copy = confoundRows(confounds, n);
  const { data, shape } = cleanInPlace(copy, { detrend });
  const basis: Float64Array[] = [];
  for (let c = 0; c < shape[1]; c++) {
    const column = Float64Array.from({ length: n }, (_, t) => data[t * shape[1] + c]);
    const before = Math.sqrt(dot(column, column));
    // Twice is enough: the second time takes what rounding left of the first.
    for (const direction of [...basis, ...basis])
      subtractDirection({ data: column, shape: [n, 1] }, direction);
    const after = Math.sqrt(dot(column, column));
    if (after > 1e-10 * before) basis.push(column.map((value) => value / after));
  }
  return basis;
}

/** Columns whose spread is nothing but rounding of numbers as large as theirs become 0. */
function zeroFlat(run: Rows, largest: Float64Array): Int32Array {
  const { data, shape } = run;
  const [n, width] = shape;
  const squares = sumsOfSquares(run);
  const isFlat = squares.map((sum, j) =>
    Math.sqrt(sum / n) <= n * Number.EPSILON * largest[j] ? 1 : 0,
  );
  for (let at = 0; at < data.length;)
    for (let j = 0; j < width; j++, at++) if (isFlat[j] === 1) data[at] = 0;
  return Int32Array.from(isFlat.keys()).filter((j) => isFlat[j] === 1);
}

function addMeans({ data, shape: [, width] }: Rows, means: Float64Array): void {
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) data[at] += means[j];
}

function toPercent({ data, shape: [, width] }: Rows, means: Float64Array): void {
  const factor = means.map((mean) => (Math.abs(mean) < Number.EPSILON ? 0 : 100 / Math.abs(mean)));
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) data[at] *= factor[j];
}

function divideBySd(run: Rows, divisor: number, centreAgain: boolean): void {
  const { data, shape } = run;
  const width = shape[1];
  // Subtracting the line left a mean of the size of rounding errors.
  if (centreAgain) subtractMeans(run);
  const sd = sumsOfSquares(run).map((sum) => Math.sqrt(sum / divisor) || 1);
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) data[at] /= sd[j];
}

function sumsOfSquares({ data, shape: [, width] }: Rows): Float64Array {
  const squares = new Float64Array(width);
  for (let at = 0; at < data.length;)
    for (let j = 0; j < width; j++, at++) squares[j] += data[at] * data[at];
  return squares;
}
