import { latin1Text } from "../../core/latin1.ts";
import { thing } from "../../core/gate/kinds.ts";
import { FileFormatError } from "../../core/errors.ts";
import { blockKind, tagKind } from "./constants.ts";
import { findBlocks } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { bytesOf, fault, readInt, readNumber, readNumbers, readString } from "./values.ts";
import type { FifTag } from "./tags.ts";
import type { FifChannel, FifChannelType } from "./types.ts";

const structBytes = 96;

const typesByKind: Readonly<Record<number, FifChannelType>> = {
  2: "eeg",
  3: "stim",
  102: "bio",
  202: "eog",
  301: "ref_meg",
  302: "emg",
  402: "ecg",
  502: "misc",
  602: "resp",
  802: "seeg",
  803: "dbs",
  900: "syst",
  902: "ecog",
  910: "ias",
  920: "exci",
  1000: "dipole",
  1001: "gof",
  1100: "fnirs",
  1200: "temperature",
  1300: "gsr",
  1400: "eyetrack",
};

const units: Readonly<Record<number, string>> = {
  1: "m",
  3: "s",
  4: "A",
  5: "K",
  7: "rad",
  101: "Hz",
  107: "V",
  109: "Ω",
  110: "S",
  112: "T",
  114: "°C",
  117: "V/m²",
  201: "T/m",
  202: "Am",
  210: "px",
};

const tesla = 112;
const teslaPerMetre = 201;
const currentSourceDensity = 6;

/**
 * A channel with its type and unit named, as MNE-Python's `channel_type` does (by unit, not by coil).
 *
 * @example
 * import { nameChannel } from "tsrsa/io";
 * const codes = { kind: 1, unitCode: 201, unitMul: 0, coilType: 3012, coordFrame: 1 };
 * const place = { scanNumber: 1, logicalNumber: 1, cal: 1, range: 1, loc: new Float64Array(12) };
 * nameChannel({ name: "MEG0113", ...codes, ...place }).type; // grad
 */
export function nameChannel(raw: Omit<FifChannel, "type" | "unit">): FifChannel {
  isChannel(raw, "raw");
  return { ...raw, type: channelType(raw), unit: units[raw.unitCode] ?? "" };
}

const isChannel = thing("a channel with its codes", "kind", "unitCode", "coilType");

function channelType(raw: { kind: number; unitCode: number; coilType: number }): FifChannelType {
  if (raw.kind === 1 && raw.unitCode === teslaPerMetre) return "grad";
  if (raw.kind === 1 && raw.unitCode === tesla) return "mag";
  if (raw.kind === 2 && raw.coilType === currentSourceDensity) return "csd";
  if (raw.kind >= 700 && raw.kind <= 709) return "chpi";
  return typesByKind[raw.kind] ?? "other";
}

/** The channels of a block, and how their short names (which lists in the file use) become the full ones. */
export function readChannels(
  file: FifFile,
  block: FifBlock,
  count: number,
): { channels: FifChannel[]; rename: (name: string) => string } {
  const tags = block.tags.filter((tag) => tag.kind === tagKind.channelInfo);
  if (count < 1 || tags.length !== count)
    throw new FileFormatError(
      file.name,
      "channels",
      `${count} descriptions, as the channel count says (1 or more)`,
      `${tags.length}`,
    );
  const short = tags.map((tag) => readChannel(file, tag));
  const extended = findBlocks(block, blockKind.channelInfo);
  if (extended.length === 0) return { channels: short, rename: (name) => name };
  if (extended.length !== count)
    throw new FileFormatError(
      file.name,
      "long channel descriptions",
      `${count}`,
      `${extended.length}`,
    );
  const channels = short.map((channel, i) => extendChannel(file, channel, extended[i]));
  const names = new Map(short.map((channel, i) => [channel.name, channels[i].name]));
  return { channels, rename: (name) => names.get(name) ?? name };
}

function readChannel(file: FifFile, tag: FifTag): FifChannel {
  const bytes = bytesOf(file, tag);
  if (bytes.length !== structBytes)
    throw fault(file, tag, `${structBytes} bytes`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, structBytes);
  const kind = view.getInt32(8);
  const name = latin1Text(bytes.subarray(80));
  const end = name.indexOf("\0");
  const channel = nameChannel({
    scanNumber: view.getInt32(0),
    logicalNumber: view.getInt32(4),
    kind,
    range: view.getFloat32(12),
    cal: view.getFloat32(16),
    coilType: view.getInt32(20),
    loc: Float64Array.from({ length: 12 }, (_, i) => view.getFloat32(24 + 4 * i)),
    unitCode: view.getInt32(72),
    unitMul: view.getInt32(76),
    name: end < 0 ? name : name.slice(0, end),
    coordFrame: defaultCoordFrame(kind),
  });
  checkCal(file, tag, channel.cal);
  return channel;
}

/** MEG sensors are described in device coordinates, electrodes in those of the head. */
export function defaultCoordFrame(kind: number): number {
  if (kind === 1 || kind === 301) return 1;
  return [2, 802, 803, 902, 1100, 1400].includes(kind) ? 4 : 0;
}

function checkCal(file: FifFile, tag: FifTag, cal: number): void {
  if (!Number.isFinite(cal)) throw fault(file, tag, "a finite calibration", String(cal));
}

type Raw = { -readonly [K in keyof FifChannel]: FifChannel[K] };
const readers = new Map<number, (raw: Raw, file: FifFile, tag: FifTag) => void>([
  [tagKind.channelScanNumber, (raw, file, tag) => (raw.scanNumber = readInt(file, tag))],
  [tagKind.channelLogicalNumber, (raw, file, tag) => (raw.logicalNumber = readInt(file, tag))],
  [tagKind.channelKind, (raw, file, tag) => (raw.kind = readInt(file, tag))],
  [tagKind.channelRange, (raw, file, tag) => (raw.range = readNumber(file, tag))],
  [tagKind.channelCoilType, (raw, file, tag) => (raw.coilType = readInt(file, tag))],
  [tagKind.channelUnit, (raw, file, tag) => (raw.unitCode = readInt(file, tag))],
  [tagKind.channelUnitMul, (raw, file, tag) => (raw.unitMul = readInt(file, tag))],
  [tagKind.channelName, (raw, file, tag) => (raw.name = readString(file, tag))],
  [tagKind.channelCoordFrame, (raw, file, tag) => (raw.coordFrame = readInt(file, tag))],
  [
    tagKind.channelCal,
    (raw, file, tag) => {
      raw.cal = readNumber(file, tag);
      checkCal(file, tag, raw.cal);
    },
  ],
  [
    tagKind.channelLoc,
    (raw, file, tag) => {
      raw.loc = readNumbers(file, tag).data;
      if (raw.loc.length !== 12) throw fault(file, tag, "12 numbers", `${raw.loc.length}`);
    },
  ],
]);

// Names of more than 15 characters do not fit the structure; these tags override it.
function extendChannel(file: FifFile, short: FifChannel, block: FifBlock): FifChannel {
  const raw: Raw = { ...short };
  for (const tag of block.tags) readers.get(tag.kind)?.(raw, file, tag);
  return nameChannel(raw);
}
