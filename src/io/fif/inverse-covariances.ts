import { FileFormatError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { findBlocks, findTag, needTag, type FifBlock, type FifFile } from "./tree.ts";
import { fault, readInt, readNames, readNumbers } from "./values.ts";

/** The noise that an inverse operator was made for: of one epoch. */
export interface InverseNoise {
  /** Variances of the noise along its directions, those that are 0 first, or of the channels when it is diagonal. */
  readonly eigenvalues: Float64Array;
  /** Directions × channels; undefined when it is diagonal. */
  readonly eigenvectors: Float64Array | undefined;
}

const kindOfNoise = 1;
const kindOfSources = 2;

/** The noise of the operator, its channels in the operator's order. Throws `FileFormatError`. */
export function readInverseNoise(
  file: FifFile,
  block: FifBlock,
  channels: readonly string[],
): InverseNoise {
  const noise = covarianceOf(file, block, kindOfNoise, "noise");
  const names = readNames(file, needTag(file, noise, tagKind.rowNames));
  if (names.join("\n") !== channels.join("\n"))
    throw new FileFormatError(file.name, "noise covariance", "the operator's channels", "others");
  const n = channels.length;
  const diagonal = findTag(noise, tagKind.covarianceDiagonal);
  if (findTag(noise, tagKind.covariance) === undefined && diagonal !== undefined)
    return {
      eigenvalues: values(file, noise, tagKind.covarianceDiagonal, n),
      eigenvectors: undefined,
    };
  return {
    eigenvalues: values(file, noise, tagKind.covarianceEigenvalues, n),
    eigenvectors: values(file, noise, tagKind.covarianceEigenvectors, n * n),
  };
}

/** The diagonal of the source covariance. Throws `FileFormatError`. */
export function readSourceVariances(file: FifFile, block: FifBlock, nRows: number): Float64Array {
  const sources = covarianceOf(file, block, kindOfSources, "sources");
  const variances = values(file, sources, tagKind.covarianceDiagonal, nRows);
  if (variances.every((value) => value >= 0)) return variances;
  throw new FileFormatError(
    file.name,
    "source covariance",
    "variances of 0 or more",
    "negative ones",
  );
}

function covarianceOf(file: FifFile, block: FifBlock, kind: number, of: string): FifBlock {
  const found = findBlocks(block, blockKind.covariance).find((one) => {
    const tag = findTag(one, tagKind.covarianceKind);
    return tag !== undefined && readInt(file, tag) === kind;
  });
  if (found !== undefined) return found;
  throw new FileFormatError(file.name, "inverse operator", `a covariance of the ${of}`, "none");
}

function values(file: FifFile, block: FifBlock, kind: number, count: number): Float64Array {
  const tag = needTag(file, block, kind);
  const { data } = readNumbers(file, tag);
  if (data.length === count && data.every(Number.isFinite)) return data;
  throw fault(file, tag, `${count} finite numbers`, `${data.length}`);
}
