import { fileNameOf, writePath } from "#platform/files";
import { gzip } from "#platform/zlib";
import { ItemMismatch, ShapeMismatch } from "../../core/errors.ts";
import { thing } from "../../core/gate/kinds.ts";
import type { Matrix } from "../../core/matrix.ts";
import { blockKind, tagKind } from "./constants.ts";
import type { FifInverse } from "./read-inverse.ts";
import { TagWriter } from "./tag-writer.ts";
import type { FifInfo } from "./types.ts";
import {
  writeParentRecording,
  writeFileEnd,
  writeProjections,
  writeTransform,
} from "./write-info.ts";
import { writeFileStart } from "./write-info.ts";
import { writeSpace } from "./write-source-spaces.ts";

const methodCodes = { meg: 1, eeg: 2, "meg and eeg": 3 } as const;
const [mriFrame, headFrame] = [5, 4];
/** Ampere metres. */
const unitAm = 202;
const [kindOfNoise, kindOfSources, kindOfOrientations] = [1, 2, 6];

const anInverse = thing("an inverse operator, as readFifInverse gives it", "fields", "leads");
const anInfo = thing("the info of a recording", "channels", "sfreq");

/**
 * Write an inverse operator as MNE reads it (`-inv.fif`; packed when the name ends in `.gz`). `info` is that of the
 * recording that it is for: MNE wants its channels in the file. The noise covariance is written as its eigenvalues tell it,
 * with the projections applied.
 *
 * @throws ItemMismatch naming channels that `info` lacks; ShapeMismatch for parts that do not fit each other;
 *   Unsupported for sources in a volume; DiskFull, NotAllowed, InTheWay.
 * @example
 * import { readFifInfo, readFifInverse, writeFifInverse } from "tsrsa/io";
 * async function copy(from: string, recording: string, to: string) {
 *   await writeFifInverse(to, await readFifInverse(from), await readFifInfo(recording));
 * }
 */
export async function writeFifInverse(
  path: string | URL,
  inverse: FifInverse,
  info: FifInfo,
): Promise<void> {
  anInverse(inverse, "inverse");
  anInfo(info, "info");
  checkSizes(inverse);
  const known = new Set(info.channels.map(({ name }) => name));
  const missing = inverse.channels.filter((name) => !known.has(name));
  if (missing.length > 0)
    throw new ItemMismatch(missing, [], "give the info of the recording that the operator is for");
  const writer = new TagWriter();
  writeFileStart(writer, info);
  writer.block(blockKind.sourceSpaces, () => {
    writeParentRecording(writer, info);
    writer.block(blockKind.parentMri, () =>
      writeTransform(writer, inverse.mriToHead, mriFrame, headFrame),
    );
    writeProjections(writer, inverse.projections, (name) => name);
    for (const space of inverse.spaces) writeSpace(writer, space);
    writer.block(blockKind.inverse, () => writeSolution(writer, inverse));
  });
  writeFileEnd(writer);
  const bytes = writer.take();
  await writePath(path, [fileNameOf(path).endsWith(".gz") ? await gzip(bytes) : bytes]);
}

function writeSolution(writer: TagWriter, inverse: FifInverse): void {
  const { channels, directions, leads, fields, nSources } = inverse;
  writer.ints(tagKind.inverseMethods, [methodCodes[inverse.methods]]);
  writer.ints(tagKind.coordFrame, [inverse.frame === "head" ? headFrame : mriFrame]);
  writer.ints(tagKind.sourceUnit, [unitAm]);
  writer.ints(tagKind.sourceOrientation, [inverse.orientation === "fixed" ? 1 : 2]);
  writer.ints(tagKind.sourceCount, [nSources]);
  writer.ints(tagKind.channelCount, [inverse.singularValues.length]);
  writer.floatMatrix(tagKind.sourceDirections, directions.data, directions.shape);
  writer.floats(tagKind.inverseSingular, inverse.singularValues);
  writeNoise(writer, inverse);
  writeDiagonal(writer, kindOfSources, inverse.sourceVariances);
  if (inverse.orientation === "free")
    writeDiagonal(writer, kindOfOrientations, new Float64Array(3 * nSources).fill(1));
  writeNamed(writer, tagKind.inverseFields, fields, channels);
  const kind = inverse.leadsWeighted ? tagKind.inverseLeadsWeighted : tagKind.inverseLeads;
  writeNamed(writer, kind, transposed(leads), undefined);
}

function writeNoise(writer: TagWriter, { channels, noise }: FifInverse): void {
  const { eigenvalues, eigenvectors } = noise;
  const n = channels.length;
  writer.block(blockKind.covariance, () => {
    writer.ints(tagKind.covarianceKind, [kindOfNoise]).ints(tagKind.covarianceDim, [n]);
    writer.names(tagKind.rowNames, channels);
    if (eigenvectors === undefined) {
      writer.doubles(tagKind.covarianceDiagonal, eigenvalues);
      return;
    }
    writer.doubles(tagKind.covariance, lowerTriangle(eigenvalues, eigenvectors));
    writer.floatMatrix(tagKind.covarianceEigenvectors, eigenvectors, [n, n]);
    writer.doubles(tagKind.covarianceEigenvalues, eigenvalues);
  });
}

/** Eᵀ · diag(e) · E, row by row up to the diagonal. */
function lowerTriangle(values: Float64Array, vectors: Float64Array): Float64Array {
  const n = values.length;
  const out = new Float64Array((n * (n + 1)) / 2);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = 0; j <= i; j++, at++)
      for (let k = 0; k < n; k++) out[at] += vectors[k * n + i] * values[k] * vectors[k * n + j];
  return out;
}

function writeDiagonal(writer: TagWriter, kind: number, values: Float64Array): void {
  writer.block(blockKind.covariance, () => {
    writer.ints(tagKind.covarianceKind, [kind]).ints(tagKind.covarianceDim, [values.length]);
    writer.doubles(tagKind.covarianceDiagonal, values);
  });
}

function writeNamed(
  writer: TagWriter,
  kind: number,
  { data, shape }: Matrix,
  columns: readonly string[] | undefined,
): void {
  writer.block(blockKind.namedMatrix, () => {
    writer.ints(tagKind.rowCount, [shape[0]]).ints(tagKind.columnCount, [shape[1]]);
    if (columns !== undefined) writer.names(tagKind.columnNames, columns);
    writer.floatMatrix(kind, data, shape);
  });
}

/** Files hold the leads mode by mode. */
function transposed({ data, shape: [rows, columns] }: Matrix): Matrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
  return { data: turned, shape: [columns, rows] };
}

function checkSizes(inverse: FifInverse): void {
  const { channels, fields, leads, directions, singularValues, nSources, orientation } = inverse;
  const nRows = orientation === "fixed" ? nSources : 3 * nSources;
  const nModes = singularValues.length;
  const wanted = [[nModes, channels.length], [nRows, nModes], [nRows, 3], [nRows]];
  const found = [fields.shape, leads.shape, directions.shape, [inverse.sourceVariances.length]];
  const words = ["fields", "leads", "directions", "source variances"];
  words.forEach((what, at) => {
    if (wanted[at].join() !== found[at].join())
      throw new ShapeMismatch(`${what} of (${wanted[at].join(", ")})`, `(${found[at].join(", ")})`);
  });
  const inUse = inverse.spaces.reduce((sum, { vertices }) => sum + vertices.length, 0);
  if (inUse !== nSources)
    throw new ShapeMismatch(`${nSources} sources in the source spaces`, `${inUse}`);
}
