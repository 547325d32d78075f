import type { Matrix } from "../../core/matrix.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { cosineTerms } from "./cosine-terms.ts";
import { butterworthSections, filterBothWays } from "./butterworth.ts";
import { splineThrough } from "./cubic-spline.ts";
import { detrendInPlace, dropDirections, directionsOf, takeVolumes, withColumns } from "./rows.ts";
import { filterOf, keptOf, type FilterOptions, type SampleOptions } from "./filter-options.ts";

type Rows = Matrix<Float64Array>;

/** What is done to a run before it is standardised. */
export interface FilterRunOptions extends FilterOptions, SampleOptions {
  readonly detrend?: boolean;
}

/** A run without slow or fast changes, trends and confounds. */
export interface Filtered {
  readonly rows: Rows;
  /** Of each column, before anything was taken out; of the volumes that the filter saw. */
  readonly means: Float64Array;
}

/**
 * Cosines are made at full length; volumes that do not count are left out, or filled before a Butterworth filter and left
 * out after it; trends and then frequencies are taken out of signals and confounds alike, confounds out of signals. The
 * order is nilearn's, whose faults are not: all volumes that do not count are filled, and the cosines are always taken out.
 */
export function filtered(
  run: Rows,
  confounds: Rows | undefined,
  options: FilterRunOptions,
): Filtered {
  const filter = filterOf(options, run.shape[0]);
  const kept = keptOf(options.sampleMask, run.shape[0]);
  const cosines =
    filter?.kind === "cosine" ? cosineTerms(run.shape[0], filter.tr, filter.highPassHz) : [];
  let nuisance = withColumns(confounds, cosines, run.shape[0]);
  let rows = run;
  let left = kept;
  if (filter?.kind === "butterworth") {
    const span = spanOf(kept, run.shape[0], options.extrapolate ?? true);
    left = kept.map((volume) => volume - span.from);
    rows = fillGaps(takeVolumes(rows, span.all), left);
    nuisance = nuisance && fillGaps(takeVolumes(nuisance, span.all), left);
  } else {
    rows = takeVolumes(rows, kept);
    nuisance = nuisance && takeVolumes(nuisance, kept);
  }
  const means = meansOf(rows);
  if (options.detrend === true) {
    detrendInPlace(rows);
    if (nuisance !== undefined) detrendInPlace(nuisance);
  }
  if (filter?.kind === "butterworth") {
    const sections = butterworthSections(filter.passband);
    const apply = (matrix: Rows): Rows =>
      takeVolumes(
        eachColumn(matrix, (column) => filterBothWays(sections, column, filter.padding)),
        left,
      );
    rows = apply(rows);
    nuisance = nuisance && apply(nuisance);
  }
  if (nuisance !== undefined)
    dropDirections(rows, directionsOf(nuisance, options.standardizeConfounds ?? true));
  return { rows, means };
}

/** The stretch that is filtered: all volumes, or from the first that counts to the last. */
function spanOf(
  kept: Int32Array,
  nVolumes: number,
  whole: boolean,
): { from: number; all: Int32Array } {
  const from = whole ? 0 : kept[0];
  const to = whole ? nVolumes : kept[kept.length - 1] + 1;
  return {
    from,
    all: Int32Array.from({ length: to - from }, (_, at) => from + at),
  };
}

function fillGaps(rows: Rows, kept: Int32Array): Rows {
  const n = rows.shape[0];
  if (kept.length === n) return rows;
  if (kept.length < 4)
    throw new InvalidArgument(
      "sampleMask",
      `${kept.length} volumes`,
      "gaps are filled from four volumes or more",
    );
  return eachColumn(rows, (column) => {
    const spline = splineThrough(
      kept,
      Float64Array.from(kept, (volume) => column[volume]),
      n,
    );
    for (const volume of kept) spline[volume] = column[volume];
    return spline;
  });
}

function eachColumn(
  { data, shape: [n, width] }: Rows,
  change: (column: Float64Array) => Float64Array,
): Rows {
  const out = new Float64Array(data.length);
  const column = new Float64Array(n);
  for (let j = 0; j < width; j++) {
    for (let t = 0; t < n; t++) column[t] = data[t * width + j];
    change(column).forEach((value, t) => (out[t * width + j] = value));
  }
  return { data: out, shape: [n, width] };
}

function meansOf({ data, shape: [n, width] }: Rows): Float64Array {
  const means = new Float64Array(width);
  for (let at = 0; at < data.length;) for (let j = 0; j < width; j++, at++) means[j] += data[at];
  return means.map((sum) => sum / n);
}
