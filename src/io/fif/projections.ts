import { FileFormatError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { findBlocks, findTag, needTag } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { fault, readInt, readNames, readNumber, readNumbers, readString } from "./values.ts";
import type { FifProjection } from "./types.ts";

/** The projections in a block. `rename` gives a channel's full name for the one in the list. */
export function readProjections(
  file: FifFile,
  block: FifBlock,
  rename: (name: string) => string,
): FifProjection[] {
  const all = findBlocks(block, blockKind.projections).at(0);
  if (all === undefined) return [];
  return findBlocks(all, blockKind.projectionItem).map((item) =>
    readProjection(file, item, rename),
  );
}

function readProjection(
  file: FifFile,
  item: FifBlock,
  rename: (name: string) => string,
): FifProjection {
  const name = findTag(item, tagKind.description) ?? needTag(file, item, tagKind.name);
  const active = findTag(item, tagKind.projectionActive);
  const variance = findTag(item, tagKind.explainedVariance);
  const channels = readNames(file, needTag(file, item, tagKind.projectionChannelNames)).map(rename);
  const nVectors = readInt(file, needTag(file, item, tagKind.projectionVectorCount));
  if (new Set(channels).size !== channels.length)
    throw new FileFormatError(file.name, "channels of a projection", "each once", "duplicates");
  return {
    name: readString(file, name),
    kind: readInt(file, needTag(file, item, tagKind.projectionKind)),
    active: active !== undefined && readInt(file, active) !== 0,
    channels,
    vectors: readVectors(file, item, nVectors, channels.length),
    nVectors,
    explainedVariance: variance === undefined ? undefined : readNumber(file, variance),
  };
}

function readVectors(file: FifFile, item: FifBlock, nVectors: number, nChannels: number) {
  const tag = needTag(file, item, tagKind.projectionVectors);
  const { data, shape, imaginary } = readNumbers(file, tag);
  const [rows, columns] = shape;
  const real = imaginary === undefined && shape.length === 2 && data.every(Number.isFinite);
  if (real && rows === nVectors && columns === nChannels) return data;
  // Some writers store the transpose.
  if (real && rows === nChannels && columns === nVectors) return transposed(data, rows, columns);
  throw fault(
    file,
    tag,
    `finite numbers of shape (${nVectors}, ${nChannels})`,
    `shape (${shape.join(", ")})`,
  );
}

function transposed(data: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j];
  return result;
}
