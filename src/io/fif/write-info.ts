import { InvalidArgument } from "../../core/errors.ts";
import { defaultCoordFrame } from "./channels.ts";
import { blockKind, elementType, tagKind } from "./constants.ts";
import { inverseOfRigid } from "./info.ts";
import { toLatin1 } from "./tag-writer.ts";
import type { TagWriter } from "./tag-writer.ts";
import type { FifChannel, FifDigPoint, FifInfo, FifProjection } from "./types.ts";

const formatVersion = 0x10004;
const mostNameLength = 15;
// MNE-Python writes this for "no date".
const noDate = [0, 2 ** 31 - 1] as const;

/** The tags that begin every file. */
export function writeFileStart(writer: TagWriter, info: Pick<FifInfo, "measDate">): void {
  writeId(writer, tagKind.fileId, info);
  writer.ints(tagKind.directoryPointer, [-1]).ints(tagKind.freeList, [-1]);
}

/** The channels of the recording that an operator is for. Throws `InvalidArgument` for what the format cannot hold. */
export function writeParentRecording(writer: TagWriter, info: FifInfo): void {
  checkInfo(info);
  const short = shortNames(info.channels);
  writer.block(blockKind.parentMeasurement, () => {
    if (info.devHeadTrans !== undefined) writeTransform(writer, info.devHeadTrans, 1, 4);
    writer.ints(tagKind.channelCount, [info.channels.length]);
    for (const channel of info.channels)
      writeChannel(writer, channel, short.get(channel.name) ?? channel.name);
  });
}

/** The tag that ends every file. */
export function writeFileEnd(writer: TagWriter): void {
  writer.tag(tagKind.nop, elementType.void, new Uint8Array(0), -1);
}

/** An id made of the measurement's date, so that the same data give the same file. */
export function writeId(writer: TagWriter, kind: number, info: Pick<FifInfo, "measDate">): void {
  writer.ints(kind, [formatVersion, 0, 0, ...(info.measDate ?? noDate)], elementType.id);
}

/** The measurement info block. Throws `InvalidArgument` for what the format cannot hold. */
export function writeInfo(writer: TagWriter, info: FifInfo): void {
  checkInfo(info);
  const short = shortNames(info.channels);
  const rename = (name: string) => short.get(name) ?? name;
  writer.block(blockKind.measurementInfo, () => {
    writeDigitization(writer, info.digitization);
    if (info.devHeadTrans !== undefined) writeTransform(writer, info.devHeadTrans, 1, 4);
    writer.text(tagKind.description, info.description);
    writer.ints(tagKind.measurementDate, info.measDate ?? noDate);
    writer.ints(tagKind.channelCount, [info.channels.length]);
    writer.float(tagKind.samplingRate, info.sfreq);
    writer.float(tagKind.lowpass, info.lowpass);
    writer.float(tagKind.highpass, info.highpass);
    writer.float(tagKind.lineFrequency, info.lineFreq);
    if (info.customReference !== 0) writer.ints(tagKind.customReference, [info.customReference]);
    writeProjections(writer, info.projections, rename);
    for (const channel of info.channels) writeChannel(writer, channel, rename(channel.name));
    if (info.channels.some(needsMore))
      for (const channel of info.channels) writeLongChannel(writer, channel);
    if (info.bads.length > 0)
      writer.block(blockKind.badChannels, () =>
        writer.names(tagKind.channelNameList, info.bads.map(rename)),
      );
  });
}

function checkInfo({ channels, sfreq }: FifInfo): void {
  const names = channels.map((channel) => channel.name);
  if (channels.length === 0 || new Set(names).size !== names.length)
    throw new InvalidArgument("channels", channels.length, "give one or more, each name once");
  const nameless = names.find((name) => name === "" || /[\0]|\{COLON\}/.test(name));
  if (nameless !== undefined)
    throw new InvalidArgument("channel name", nameless, "give a name without NUL and {COLON}");
  if (!(sfreq > 0 && Number.isFinite(sfreq)))
    throw new InvalidArgument("sfreq", sfreq, "give samples per second above 0");
  for (const { name, cal, loc } of channels) {
    if (Math.fround(cal) === 0 || !Number.isFinite(Math.fround(cal)))
      throw new InvalidArgument(
        `cal of ${name}`,
        cal,
        "data are divided by it: give 1, or its own",
      );
    if (loc.length !== 12)
      throw new InvalidArgument(`loc of ${name}`, loc.length, "give 12 numbers");
  }
}

function needsMore(channel: FifChannel): boolean {
  return !fits(channel.name) || channel.coordFrame !== defaultCoordFrame(channel.kind);
}

// The structure holds up to 15 bytes and a NUL. What is not ASCII is read as Latin-1 by some and as UTF-8 by MNE.
function fits(name: string): boolean {
  return name.length <= mostNameLength && /^[\x20-\x7e]*$/.test(name);
}

// Names that fit the structure, each once.
function shortNames(channels: readonly FifChannel[]): Map<string, string> {
  const taken = new Set(channels.map(({ name }) => name).filter(fits));
  const short = new Map([...taken].map((name) => [name, name]));
  for (const { name } of channels) {
    if (fits(name)) continue;
    const stem = name.replace(/[^\x20-\x7e]/gu, "?");
    let candidate = stem.slice(0, mostNameLength);
    for (let n = 0; taken.has(candidate); n++)
      candidate = `${stem.slice(0, mostNameLength - 1 - String(n).length)}-${n}`;
    taken.add(candidate);
    short.set(name, candidate);
  }
  return short;
}

function writeChannel(writer: TagWriter, channel: FifChannel, name: string): void {
  const view = new DataView(new ArrayBuffer(96));
  view.setInt32(0, channel.scanNumber);
  view.setInt32(4, channel.logicalNumber);
  view.setInt32(8, channel.kind);
  view.setFloat32(12, channel.range);
  view.setFloat32(16, channel.cal);
  view.setInt32(20, channel.coilType);
  channel.loc.forEach((value, i) => view.setFloat32(24 + 4 * i, value));
  view.setInt32(72, channel.unitCode);
  view.setInt32(76, channel.unitMul);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(toLatin1(name), 80);
  writer.tag(tagKind.channelInfo, elementType.channelInfo, bytes);
}

function writeLongChannel(writer: TagWriter, channel: FifChannel): void {
  writer.block(blockKind.channelInfo, () => {
    writer.ints(tagKind.channelScanNumber, [channel.scanNumber]);
    writer.ints(tagKind.channelLogicalNumber, [channel.logicalNumber]);
    writer.ints(tagKind.channelKind, [channel.kind]);
    writer.float(tagKind.channelRange, channel.range);
    writer.float(tagKind.channelCal, channel.cal);
    writer.ints(tagKind.channelCoilType, [channel.coilType]);
    writer.floats(tagKind.channelLoc, channel.loc);
    writer.ints(tagKind.channelUnit, [channel.unitCode]);
    writer.ints(tagKind.channelUnitMul, [channel.unitMul]);
    writer.text(tagKind.channelName, channel.name);
    writer.ints(tagKind.channelCoordFrame, [channel.coordFrame]);
  });
}

/** The projections of a recording or an operator, where there are any. */
export function writeProjections(
  writer: TagWriter,
  projections: readonly FifProjection[],
  rename: (name: string) => string,
): void {
  if (projections.length === 0) return;
  writer.block(blockKind.projections, () => {
    for (const projection of projections)
      writer.block(blockKind.projectionItem, () => writeProjection(writer, projection, rename));
  });
}

function writeProjection(
  writer: TagWriter,
  projection: FifProjection,
  rename: (name: string) => string,
): void {
  const { channels, nVectors } = projection;
  writer.names(tagKind.projectionChannelNames, channels.map(rename));
  writer.text(tagKind.name, projection.name);
  writer.ints(tagKind.channelCount, [channels.length]);
  writer.ints(tagKind.projectionKind, [projection.kind]);
  if (projection.kind === 1) writer.float(tagKind.projectionTime, 0);
  writer.ints(tagKind.projectionVectorCount, [nVectors]);
  writer.ints(tagKind.projectionActive, [projection.active ? 1 : 0]);
  writer.floatMatrix(tagKind.projectionVectors, projection.vectors, [nVectors, channels.length]);
  writer.float(tagKind.explainedVariance, projection.explainedVariance);
}

/** A change of coordinates (rotation and move; 4 × 4, C order) from one frame to another. */
export function writeTransform(
  writer: TagWriter,
  matrix: Float64Array,
  from: number,
  to: number,
): void {
  const view = new DataView(new ArrayBuffer(104));
  view.setInt32(0, from);
  view.setInt32(4, to);
  [matrix, inverseOfRigid(matrix)].forEach((one, k) => {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) view.setFloat32(8 + 48 * k + 4 * (3 * i + j), one[4 * i + j]);
      view.setFloat32(44 + 48 * k + 4 * i, one[4 * i + 3]);
    }
  });
  const bytes = new Uint8Array(view.buffer);
  writer.tag(tagKind.coordinateTransform, elementType.coordinateTransform, bytes);
}

function writeDigitization(writer: TagWriter, points: readonly FifDigPoint[]): void {
  if (points.length === 0) return;
  writer.block(blockKind.isotrak, () => {
    for (const { kind, ident, position } of points) {
      const view = new DataView(new ArrayBuffer(20));
      view.setInt32(0, kind);
      view.setInt32(4, ident);
      position.forEach((value, i) => view.setFloat32(8 + 4 * i, value));
      writer.tag(tagKind.digPoint, elementType.digPoint, new Uint8Array(view.buffer));
    }
  });
}
