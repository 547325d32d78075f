import { InvalidArgument } from "../../core/errors.ts";
import { limit, list, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../../core/gate/options.ts";
import { pauses, type JobOptions, type Pause } from "../../core/job.ts";
import type { RdmFile } from "../../rdm/file/rdm-file.ts";
import { clipped, rootOfProduct } from "../../stats/centred.ts";
import { externalRanks } from "../../stats/external/external-ranks.ts";
import { checkItems } from "./check-items.ts";
import { gap } from "./file-vector.ts";

/** Ways to compare RDMs that stay in their files. */
export type RdmFileMethod = "spearman" | "corr" | "cosine";

/** How RDMs in files are compared. */
export interface CompareRdmFilesOptions extends JobOptions {
  /** Default `spearman`. */
  readonly method?: RdmFileMethod;
  /** Memory for what is ranked at a time. Default 256 MiB. */
  readonly maxBytes?: number;
}

const compareRdmFilesNames: OptionNames<CompareRdmFilesOptions> = {
  method: oneOf(["spearman", "corr", "cosine"], "method"),
  maxBytes: limit,
  ...jobNames,
};

/** Bytes that ranking a value takes: itself, its place, and the room to sort them. */
const RANKING_BYTES = 64;

/** Numbers that are read at a time. */
const PIECE = 2 ** 16;

/**
 * Compare an RDM with models, all of them in files and none in memory: Spearman's correlation (ranks are made outside of
 * memory, ties averaged), Pearson's, or the cosine. As `compareRdms` of the same RDMs in memory.
 *
 * @returns a score a model; `NaN` where an RDM is constant.
 * @throws ShapeMismatch for other numbers of items; ItemMismatch when both have labels and those differ, also in their
 *   order: what is in a file is not put in another order; InvalidArgument for no model and for dissimilarities that are NaN;
 *   Cancelled; DiskFull.
 * @example
 * import { compareRdmFiles, openRdmFile } from "tsrsa";
 * import { npyBytes } from "tsrsa/io";
 * const [a, b] = await Promise.all([[1, 2, 3], [1, 3, 2]].map((d) => openRdmFile(npyBytes(Float64Array.from(d)))));
 * await compareRdmFiles(a, [b]); // Float64Array(1) [ 0.5 ]
 */
export async function compareRdmFiles(
  data: RdmFile,
  models: readonly RdmFile[],
  options: CompareRdmFilesOptions = {},
): Promise<Float64Array> {
  checkOptions(options, compareRdmFilesNames);
  const { method = "spearman", maxBytes = 2 ** 28, signal } = options;
  list(models, "models");
  if (models.length === 0)
    throw new InvalidArgument("models", "no RDM", "give a list of at least one");
  models.forEach((model) => checkItems(data, model));
  const pause = pauses(signal, "the comparison");
  const runLength = Math.max(1024, Math.floor(maxBytes / RANKING_BYTES));
  const left = await vectorOf(data, method, runLength, pause);
  try {
    const scores = new Float64Array(models.length);
    for (const [m, model] of models.entries())
      scores[m] = await scoreOf(left, model, method, runLength, pause);
    return scores;
  } finally {
    await left.close();
  }
}

/** Values to be multiplied, minus what is their middle: a value and what the mean has beyond it. */
interface Vector {
  readonly count: number;
  readonly middle: readonly [value: number, rest: number];
  read(from: number, count: number): Promise<Float64Array>;
  close(): Promise<void>;
}

async function vectorOf(
  file: RdmFile,
  method: RdmFileMethod,
  runLength: number,
  pause: Pause,
): Promise<Vector> {
  if (method === "spearman") {
    const ranks = await externalRanks(file.pieces(runLength), runLength, pause, file.nPairs);
    if (ranks === undefined) throw gap(file);
    return { ...ranks, middle: [(ranks.count + 1) / 2, 0] };
  }
  const middle = method === "corr" ? await meanOf(file, pause) : ([0, 0] as const);
  const read = (from: number, count: number) => file.read(from, count);
  return { count: file.nPairs, middle, read, close: async () => {} };
}

async function scoreOf(
  left: Vector,
  model: RdmFile,
  method: RdmFileMethod,
  runLength: number,
  pause: Pause,
): Promise<number> {
  const right = await vectorOf(model, method, runLength, pause);
  try {
    const score = await angle(left, right, pause);
    if (score === undefined) throw gap(model);
    return score;
  } finally {
    await right.close();
  }
}

/** Undefined where a number is `NaN`. Sums are made piece by piece, so that they lose no digits over hundreds of millions. */
async function angle(left: Vector, right: Vector, pause: Pause): Promise<number | undefined> {
  const sums = [0, 0, 0];
  const [[valueA, restA], [valueB, restB]] = [left.middle, right.middle];
  for (let from = 0; from < left.count; from += PIECE) {
    const count = Math.min(PIECE, left.count - from);
    const [a, b] = [await left.read(from, count), await right.read(from, count)];
    let [product, squaresA, squaresB] = [0, 0, 0];
    for (let k = 0; k < count; k++) {
      const [x, y] = [a[k] - valueA - restA, b[k] - valueB - restB];
      product += x * y;
      squaresA += x * x;
      squaresB += y * y;
    }
    [product, squaresA, squaresB].forEach((part, k) => (sums[k] += part));
    if (pause.due()) await pause.turn();
  }
  const [product, squaresA, squaresB] = sums;
  if (Number.isNaN(product)) return undefined;
  // Of a constant exactly nothing is left when its middle is taken away.
  if (squaresA === 0 || squaresB === 0) return NaN;
  return clipped(product / rootOfProduct(squaresA, squaresB));
}

/** The first value and the mean of what the others differ from it, which for a constant is exactly 0. */
async function meanOf(file: RdmFile, pause: Pause): Promise<readonly [number, number]> {
  const [first] = await file.read(0, 1);
  let sum = 0;
  for await (const piece of file.pieces()) {
    let part = 0;
    for (let k = 0; k < piece.length; k++) part += piece[k] - first;
    sum += part;
    if (pause.due()) await pause.turn();
  }
  return [first, sum / file.nPairs];
}
