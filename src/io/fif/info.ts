import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { readChannels } from "./channels.ts";
import { blockKind, elementType, tagKind } from "./constants.ts";
import { readProjections } from "./projections.ts";
import { findBlocks, findTag, needBlock, needTag, withFif } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { bytesOf, fault, readInt, readInts, readNames, readNumber, readString } from "./values.ts";
import type { FifTag } from "./tags.ts";
import type { FifDigPoint, FifInfo } from "./types.ts";

const deviceFrame = 1;
const headFrame = 4;

/**
 * What any FIF file of MNE-Python (epochs, evoked, raw, info) says of its recording. Agrees with `mne.io.read_info`.
 * Throws `MissingFile` or `FileFormatError`.
 *
 * @example
 * ```ts
 * import { readFifInfo } from "tsrsa/io";
 * const read = async (path: string) => (await readFifInfo(path)).channels.length;
 * ```
 */
export async function readFifInfo(input: FileInput): Promise<FifInfo> {
  return withFif(input, readInfo);
}

/** The measurement info of an open file. */
export function readInfo(file: FifFile): FifInfo {
  const measurement = needBlock(file, file.root, blockKind.measurement);
  const block = needBlock(file, measurement, blockKind.measurementInfo);
  const count = readInt(file, needTag(file, block, tagKind.channelCount));
  const { channels, rename } = readChannels(file, block, count);
  const names = new Set(channels.map((channel) => channel.name));
  if (names.size !== count)
    throw new FileFormatError(file.name, "channel names", "each once", "duplicates");
  const number = (kind: number) => optional(findTag(block, kind), (tag) => readNumber(file, tag));
  return {
    channels,
    sfreq: readSamplingRate(file, block),
    highpass: number(tagKind.highpass),
    lowpass: number(tagKind.lowpass),
    lineFreq: number(tagKind.lineFrequency),
    measDate: readDate(file, block),
    description: optional(findTag(block, tagKind.description), (tag) => readString(file, tag)),
    bads: readBads(file, block)
      .map(rename)
      .filter((name) => names.has(name)),
    projections: readProjections(file, block, rename),
    devHeadTrans: readDevHeadTrans(file, block),
    digitization: readDigitization(file, block),
    customReference:
      optional(findTag(block, tagKind.customReference), (tag) => readInt(file, tag)) ?? 0,
  };
}

/** Names of bad channels as a block lists them. */
export function readBads(file: FifFile, block: FifBlock): string[] {
  const lists = findBlocks(block, blockKind.badChannels).flatMap(
    (bads) => findTag(bads, tagKind.channelNameList) ?? [],
  );
  const last = lists.at(-1);
  return last === undefined ? [] : readNames(file, last);
}

/** The value of a tag, if there is one. */
export function optional<T>(tag: FifTag | undefined, read: (tag: FifTag) => T): T | undefined {
  return tag === undefined ? undefined : read(tag);
}

/** A sampling rate, which must be a positive number. */
export function readSamplingRate(file: FifFile, block: FifBlock): number {
  const tag = needTag(file, block, tagKind.samplingRate);
  const sfreq = readNumber(file, tag);
  if (sfreq > 0 && Number.isFinite(sfreq)) return sfreq;
  throw fault(file, tag, "samples per second above 0", String(sfreq));
}

function readDate(file: FifFile, block: FifBlock): readonly [number, number] | undefined {
  const tag = findTag(block, tagKind.measurementDate);
  if (tag === undefined) return undefined;
  const [seconds, microseconds = 0] = readInts(file, tag);
  if (seconds === undefined) throw fault(file, tag, "seconds and microseconds", "nothing");
  // MNE-Python writes this for "no date".
  return seconds === 0 && microseconds === 2 ** 31 - 1 ? undefined : [seconds, microseconds];
}

function readDevHeadTrans(file: FifFile, block: FifBlock): Float64Array | undefined {
  const blocks = [block, ...findBlocks(block, blockKind.hpiResult)];
  for (const tag of blocks.flatMap((inner) => inner.tags)) {
    if (tag.kind !== tagKind.coordinateTransform) continue;
    const { from, to, matrix } = readTransform(file, tag);
    if (from === deviceFrame && to === headFrame) return matrix;
    if (from === headFrame && to === deviceFrame) return inverseOfRigid(matrix);
  }
  return undefined;
}

/** A change of coordinates: the frames from and to, and 4 × 4 numbers in C order. Throws `FileFormatError`. */
export function readTransform(
  file: FifFile,
  tag: FifTag,
): { readonly from: number; readonly to: number; readonly matrix: Float64Array } {
  const bytes = bytesOf(file, tag);
  if (tag.type !== elementType.coordinateTransform || (bytes.length !== 104 && bytes.length !== 56))
    throw fault(file, tag, "a coordinate transform of 104 bytes", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const matrix = new Float64Array(16);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) matrix[4 * i + j] = view.getFloat32(8 + 4 * (3 * i + j));
    matrix[4 * i + 3] = view.getFloat32(44 + 4 * i);
  }
  matrix[15] = 1;
  return { from: view.getInt32(0), to: view.getInt32(4), matrix };
}

/** Inverse of rotation R and move m (4 × 4, C order): Rᵀ and −Rᵀm. */
export function inverseOfRigid(matrix: Float64Array): Float64Array {
  const inverse = new Float64Array(16);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      inverse[4 * i + j] = matrix[4 * j + i];
      inverse[4 * i + 3] -= matrix[4 * j + i] * matrix[4 * j + 3];
    }
  }
  inverse[15] = 1;
  return inverse;
}

function readDigitization(file: FifFile, block: FifBlock): FifDigPoint[] {
  const tags = findBlocks(block, blockKind.isotrak).flatMap((isotrak) => isotrak.tags);
  return tags
    .filter((tag) => tag.kind === tagKind.digPoint)
    .map((tag) => {
      const bytes = bytesOf(file, tag);
      if (bytes.length !== 20) throw fault(file, tag, "20 bytes", `${bytes.length}`);
      const view = new DataView(bytes.buffer, bytes.byteOffset, 20);
      const position = [view.getFloat32(8), view.getFloat32(12), view.getFloat32(16)] as const;
      return { kind: view.getInt32(0), ident: view.getInt32(4), position };
    });
}
