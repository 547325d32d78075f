import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { optional, readBads } from "./info.ts";
import { readProjections } from "./projections.ts";
import { findBlocks, findTag, needBlock, needTag, withFif } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { fault, readInt, readNames, readNumbers } from "./values.ts";
import type { FifTag } from "./tags.ts";
import type { FifCovariance } from "./types.ts";

const noise = 1;
const mostChannels = 20_000;

/**
 * The noise covariance in a `-cov.fif` file of MNE-Python. Agrees with `mne.read_cov`.
 * Throws `MissingFile` or `FileFormatError`.
 *
 * @example
 * ```ts
 * import { readFifCovariance } from "tsrsa/io";
 * const channels = async (path: string) => (await readFifCovariance(path)).names;
 * ```
 */
export async function readFifCovariance(input: FileInput): Promise<FifCovariance> {
  return withFif(input, (file) => {
    needBlock(file, file.root, blockKind.covariance);
    const blocks = findBlocks(file.root, blockKind.covariance);
    const block = blocks.find((candidate) => kindOf(file, candidate) === noise);
    if (block !== undefined) return readCovariance(file, block);
    throw new FileFormatError(file.name, "covariances", "one of noise (kind 1)", "other kinds");
  });
}

function kindOf(file: FifFile, block: FifBlock): number | undefined {
  return optional(findTag(block, tagKind.covarianceKind), (tag) => readInt(file, tag));
}

function readCovariance(file: FifFile, block: FifBlock): FifCovariance {
  const dimTag = needTag(file, block, tagKind.covarianceDim);
  const dim = readInt(file, dimTag);
  if (dim < 1 || dim > mostChannels)
    throw fault(file, dimTag, `1 to ${mostChannels} channels`, `${dim}`);
  const namesTag = needTag(file, block, tagKind.rowNames);
  const names = readNames(file, namesTag);
  if (names.length !== dim || new Set(names).size !== dim)
    throw fault(file, namesTag, `${dim} names, each once`, `${names.length} names`);
  const full = findTag(block, tagKind.covariance);
  const tag = full ?? needTag(file, block, tagKind.covarianceDiagonal);
  const degrees = findTag(block, tagKind.covarianceDegreesOfFreedom);
  return {
    names,
    bads: readBads(file, block),
    projections: readProjections(file, block, (name) => name),
    data: full === undefined ? fromDiagonal(file, tag, dim) : fromTriangle(file, tag, dim),
    isDiagonal: full === undefined,
    degreesOfFreedom: optional(degrees, (found) => readInt(file, found)) ?? -1,
    kind: noise,
  };
}

function fromDiagonal(file: FifFile, tag: FifTag, dim: number): Float64Array {
  const values = readValues(file, tag, dim);
  const data = new Float64Array(dim * dim);
  values.forEach((value, i) => (data[i * dim + i] = value));
  return data;
}

function fromTriangle(file: FifFile, tag: FifTag, dim: number): Float64Array {
  const values = readValues(file, tag, (dim * (dim + 1)) / 2);
  const data = new Float64Array(dim * dim);
  let at = 0;
  for (let i = 0; i < dim; i++)
    for (let j = 0; j <= i; j++) data[i * dim + j] = data[j * dim + i] = values[at++];
  return data;
}

function readValues(file: FifFile, tag: FifTag, length: number): Float64Array {
  const { data, imaginary } = readNumbers(file, tag);
  if (data.length === length && imaginary === undefined) return data;
  throw fault(file, tag, `${length} real numbers`, `${data.length}`);
}
