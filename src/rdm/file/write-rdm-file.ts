import { writePath } from "#platform/files";
import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { limit } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions } from "../../core/job.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { reporter } from "../../core/progress.ts";
import { encodeHeader } from "../../io/npy/encode-header.ts";
import { computeRdm, toPatterns } from "../compute-rdm.ts";
import { metricKind, type MetricName } from "../metrics/index.ts";
import { metricParamNames, type MetricParams, type Patterns } from "../metrics/metric.ts";

/** How an RDM is computed into a file. */
export interface WriteRdmFileOptions extends MetricParams, JobOptions {
  /** Default `correlation`. */
  readonly metric?: MetricName;
  /** Memory for dissimilarities at a time, beside the features. Default 256 MiB. */
  readonly maxBytes?: number;
}

const writeRdmFileNames: OptionNames<WriteRdmFileOptions> = {
  ...metricParamNames,
  ...jobNames,
  metric: metricKind,
  maxBytes: limit,
};

/** Rows of a tile at most: what is computed twice where two rows of tiles meet is little then. */
const MOST_ROWS = 512;

/**
 * Compute an RDM that does not fit into memory, tile by tile, into an `.npy` file: its condensed dissimilarities as
 * float64, in scipy's order, which `numpy.load` reads, too. They are those of {@link computeRdm}. The file gets its name
 * when it is complete.
 *
 * @param features - nItems × nFeatures.
 * @throws as computeRdm; Unsupported for `seuclidean` and `mahalanobis` without their parameter, which depends on all
 *   items; Cancelled, DiskFull.
 * @example
 * import { writeRdmFile } from "tsrsa";
 * const write = (features: number[][]) => writeRdmFile("items.npy", features, { metric: "euclidean", maxBytes: 2e9 });
 */
export async function writeRdmFile(
  path: string | URL,
  features: MatrixLike,
  options: WriteRdmFileOptions = {},
): Promise<void> {
  checkOptions(options, writeRdmFileNames);
  const patterns = toPatterns(features);
  const { nItems } = patterns;
  if (nItems < 2) throw new InvalidArgument("features", `${nItems} item`, "give two or more");
  refuseWhole(options);
  const { maxBytes = 2 ** 28 } = options;
  const nRows = Math.max(1, Math.min(MOST_ROWS, nItems, Math.floor(maxBytes / (32 * nItems))));
  await writePath(path, pieces(patterns, nRows, options));
}

/** Throws `Unsupported` for a metric whose parameter is made of all items. */
function refuseWhole({ metric, V, VI }: WriteRdmFileOptions): void {
  const lacks =
    (metric === "seuclidean" && V === undefined) || (metric === "mahalanobis" && VI === undefined);
  if (!lacks) return;
  throw new Unsupported(
    `${metric} in tiles without its parameter`,
    metric === "seuclidean" ? "give V, the variance of each feature" : "give VI",
  );
}

async function* pieces(
  patterns: Patterns,
  nRows: number,
  options: WriteRdmFileOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { nItems } = patterns;
  const line = reporter(options, "RDM", nItems);
  const pause = pauses(options.signal, "the RDM");
  yield encodeHeader("<f8", [(nItems * (nItems - 1)) / 2]);
  for (let first = 0; first < nItems; first += nRows) {
    const last = Math.min(nItems, first + nRows);
    const strip = new Strip(nItems, first, last);
    for (let from = first; from < nItems; from += nRows) {
      strip.fill(patterns, from, Math.min(nItems, from + nRows), options);
      if (pause.due()) await pause.turn();
    }
    yield new Uint8Array(strip.values.buffer);
    line.update(last);
  }
  line.finish();
}

/** Some rows of the upper triangle, one behind the other. */
class Strip {
  readonly values: Float64Array;

  constructor(
    readonly nItems: number,
    readonly first: number,
    readonly last: number,
  ) {
    this.values = new Float64Array(this.#start(last));
  }

  /** Dissimilarities of these rows with the items from … to: of both together, as the kernels compute them. */
  fill(patterns: Patterns, from: number, to: number, options: WriteRdmFileOptions): void {
    const { metric, w, V, VI, p } = options;
    const own = from === this.first;
    const rows = own ? range(from, to) : [...range(this.first, this.last), ...range(from, to)];
    const given = Object.entries({ metric, w, V, VI, p }).filter(
      ([, value]) => value !== undefined,
    );
    const tile = computeRdm(taken(patterns, rows), Object.fromEntries(given)).condensed;
    const n = rows.length;
    const nFirst = this.last - this.first;
    for (let a = 0; a < nFirst; a++) {
      const begin = own ? a + 1 : nFirst;
      const at = a * n - (a * (a + 1)) / 2 - a - 1;
      const row = this.first + a;
      const out = this.#start(row) + rows[begin] - row - 1;
      if (begin < n) this.values.set(tile.subarray(at + begin, at + n), out);
    }
  }

  /** Where a row begins. */
  #start(row: number): number {
    const before = (i: number): number => i * this.nItems - (i * (i + 1)) / 2;
    return before(row) - before(this.first);
  }
}

function taken({ data, nFeatures }: Patterns, rows: readonly number[]): MatrixLike {
  const out = new Float64Array(rows.length * nFeatures);
  rows.forEach((row, at) =>
    out.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), at * nFeatures),
  );
  return { data: out, shape: [rows.length, nFeatures] };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
