import { threadCount } from "#platform/threads";
import { sampleBytes } from "../../compute/sample-bytes.ts";
import { hasKernels } from "../../compute/which-path.ts";
import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { limit, list, oneOf, repetitions } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import { noteDraw } from "../../core/run-record.ts";
import type { RdmFile } from "../../rdm/file/rdm-file.ts";
import type { Comparison, ProductScore } from "../comparisons/comparison.ts";
import { pairComparisonOf } from "../comparisons/resolve.ts";
import { checkEnough, drawSamples, timesDrawn, type Resampling } from "../eval/draws.ts";
import type { BootstrapDraw } from "../eval/eval-parts.ts";
import { evaluateDrawsFrom } from "../eval/evaluate-draws.ts";
import { withSampleDrawer } from "../eval/item-drawer.ts";
import { unsignedNote } from "../eval/problem.ts";
import type { RdmGroups } from "../eval/rdm-groups.ts";
import { EvalResult } from "../eval-result.ts";
import { checkItems } from "./check-items.ts";
import { FileVector } from "./file-vector.ts";

/** How models in files are evaluated by bootstrap. */
export interface EvalBootstrapFilesOptions extends JobOptions {
  /** Default `spearman`. */
  readonly method?: "spearman" | "rho-a" | "corr" | "cosine";
  /** As for `evalBootstrap`. */
  readonly resample?: Resampling;
  /** Number of samples. Default: 1000. */
  readonly samples?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Work out the noise ceiling of each sample; without, it is that of the data. Default: true. */
  readonly noiseCeiling?: boolean;
  /** Memory that the samples may take. Fewer threads are used where all would take more. Default: 2 GiB. */
  readonly maxBytes?: number;
}

const evalBootstrapFilesNames: OptionNames<EvalBootstrapFilesOptions> = {
  method: oneOf(["spearman", "rho-a", "corr", "cosine"], "method"),
  resample: true,
  samples: repetitions(2),
  seed: true,
  noiseCeiling: true,
  maxBytes: limit,
  ...jobNames,
};

/** What the kernels can address. */
const MOST_BYTES = 4e9;
/** An item has 15 bits in a pair. */
const MOST_ITEMS = 2 ** 15;

/**
 * Evaluate models by bootstrap samples, as {@link evalBootstrap} does, with the data RDMs and the models in their files:
 * each is read once, piece by piece, and never is one in memory as numbers of 64 bits. Of rank correlations four bytes a
 * pair and RDM are kept, and two more for each sample. The numbers are those of `evalBootstrap` with the same seed.
 *
 * @throws InvalidArgument when `maxBytes` is too little (it says what is enough), for `NaN`, and as `evalBootstrap`;
 *   ShapeMismatch, ItemMismatch unless all have the same items in the same order; Unsupported for more than 32,768 items;
 *   Cancelled.
 * @example
 * import { evalBootstrapFiles, openRdmFile } from "tsrsa";
 * import { npyBytes } from "tsrsa/io";
 * const open = (d: number[]) => openRdmFile(npyBytes(Float64Array.from(d)));
 * const subjects = await Promise.all([[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 2, 3, 4, 6, 5]].map(open));
 * const model = await open([1, 2, 3, 4, 5, 6]);
 * const options = { resample: "rdms", samples: 100, seed: 1, maxBytes: 1e8, onProgress: false } as const;
 * const result = await evalBootstrapFiles([model], subjects, options);
 * result.means[0] > 0.8; // true
 */
export async function evalBootstrapFiles(
  models: readonly RdmFile[],
  data: readonly RdmFile[],
  options: EvalBootstrapFilesOptions = {},
): Promise<EvalResult> {
  checkOptions(options, evalBootstrapFilesNames);
  const { method = "spearman", samples = 1000, seed = 0, noiseCeiling = true } = options;
  checkFiles(models, data);
  noteDraw("evalBootstrapFiles", { ...options, samples, seed });
  const comparison = pairComparisonOf(method);
  const sampled = comparison.product;
  if (sampled === undefined || !hasKernels())
    throw new Unsupported("a bootstrap of files without WebAssembly", "use evalBootstrap");
  const groups = eachByItself(data);
  const shape = { nItems: data[0].nItems, known: undefined, sigma: undefined };
  const resampling = options.resample ?? (data.length > 1 ? "dual" : "items");
  checkEnough({ groups, shape }, resampling);
  const draws = drawSamples({ groups, shape }, resampling, samples, seed);
  const job = within(options, sampled, models.length + data.length, shape.nItems, draws);
  const [dataVectors, modelVectors] = [data, models].map((files) =>
    files.map((file) => new FileVector(file)),
  );
  const table = await evaluateDrawsFrom(
    {
      nModels: models.length,
      groups,
      asTheyAre: undefined,
      withDrawer: (run) =>
        withSampleDrawer([...dataVectors, ...modelVectors], { groups, shape }, sampled, job, run),
    },
    resampling,
    draws,
    noiseCeiling,
    job,
  );
  return new EvalResult({
    kind: resampling === "dual" ? "dual bootstrap" : "bootstrap",
    resampled: resampling === "dual" ? "both" : resampling,
    method: comparison.name,
    comparison,
    models: namesOf(models, "model"),
    nRdms: data.length,
    nItems: shape.nItems,
    draws,
    ...table.result(resampling, groups.count, shape.nItems),
    notes: [...notesOf(data, dataVectors, comparison), ...table.notes()],
  });
}

function checkFiles(models: readonly RdmFile[], data: readonly RdmFile[]): void {
  for (const [files, argument] of [
    [models, "models"],
    [data, "data"],
  ] as const) {
    list(files, argument);
    if (files.length === 0)
      throw new InvalidArgument(argument, "no RDM", "give a list of at least one");
  }
  [...data, ...models].forEach((file) => checkItems(data[0], file));
  if (data[0].nItems > MOST_ITEMS)
    throw new Unsupported(`a bootstrap of ${data[0].nItems} items`, `give at most ${MOST_ITEMS}`);
  const names = namesOf(models, "model");
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new InvalidArgument("models", `two called ${twice}`, "open them with names of their own");
}

function namesOf(files: readonly RdmFile[], what: string): string[] {
  return files.map(({ name }, at) => name ?? `${what} ${at + 1}`);
}

function eachByItself({ length }: readonly RdmFile[]): RdmGroups {
  return { of: Int32Array.from({ length }, (_, at) => at), count: length };
}

/** The job with as many threads as there is memory for. Throws `InvalidArgument`. */
function within(
  { maxBytes = 2 ** 31, jobs = -1, signal, onProgress }: EvalBootstrapFilesOptions,
  { scale }: ProductScore,
  nVectors: number,
  nItems: number,
  draws: readonly BootstrapDraw[],
): JobOptions {
  const mostDrawn = draws.reduce((most, { items }) => {
    const times = timesDrawn(items, nItems, "items");
    return Math.max(most, items ? times.filter((count) => count > 0).length : 0);
  }, 3);
  const bytes = (threads: number): number =>
    sampleBytes({ scale, nVectors, nItems, mostDrawn, jobs: threads });
  const most = Math.min(maxBytes, MOST_BYTES);
  let threads = jobs > 0 ? jobs : threadCount();
  while (threads > 1 && bytes(threads) > most) threads--;
  if (bytes(threads) <= most) return { jobs: threads, signal, onProgress };
  const wanted = Math.ceil(bytes(1) / 2 ** 20);
  throw new InvalidArgument(
    "maxBytes",
    maxBytes,
    bytes(1) <= MOST_BYTES
      ? `the samples take ${wanted} MiB: give maxBytes: ${wanted} * 2 ** 20, or compare fewer RDMs at a time`
      : `the samples take ${wanted} MiB, and 4 GB is the most there can be: compare fewer RDMs at a time, or fewer items`,
  );
}

function notesOf(
  data: readonly RdmFile[],
  vectors: readonly FileVector[],
  comparison: Comparison,
): string[] {
  const constant = namesOf(data, "data").filter((_, at) => vectors[at].isConstant);
  return [
    ...(constant.length === 0 || comparison.name === "cosine"
      ? []
      : [
          `Constant data RDMs have no correlation with anything and were left out: ${constant.join(", ")}.`,
        ]),
    ...unsignedNote(
      comparison,
      vectors.some(({ hasNegative }) => hasNegative),
    ),
    ...(data.length > 1
      ? []
      : ["One data RDM: there is no noise ceiling, which tells how much RDMs differ."]),
  ];
}
