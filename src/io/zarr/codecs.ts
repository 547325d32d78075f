import { gunzip, inflateZlib } from "#platform/zlib";
import { FileFormatError } from "../../core/errors.ts";

/** How chunks are packed, in the order of writing. */
export interface Codec {
  readonly name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** What is added to values that do not pack, at most: tables, checksums, headers. */
const BEYOND = 65_536;

/** Bytes that a chunk of so many may have, packed as badly as can be. */
export function mostPacked(rawBytes: number): number {
  return rawBytes + Math.ceil(rawBytes / 8) + BEYOND;
}

/**
 * Throws `FileFormatError` for a chunk that would unpack to more than it has: each way of packing that says so is asked
 * before, and gzip, which does not, is unpacked up to there.
 */
export async function checkPacked(
  bytes: Uint8Array,
  codecs: readonly Codec[],
  rawBytes: number,
  file: string,
): Promise<void> {
  const last = codecs.at(-1)?.name;
  if (bytes.length > mostPacked(rawBytes)) throw tooMuch(file, bytes.length, rawBytes);
  if (last === "gzip" || last === "zlib") {
    const unpack = last === "gzip" ? gunzip : inflateZlib;
    await unpack(bytes, rawBytes).catch((cause: unknown) => {
      const found = cause instanceof Error ? cause.message : String(cause);
      throw new FileFormatError(file, `${last} data`, `${rawBytes} bytes in it`, found, { cause });
    });
  }
  if (last === "crc32c") return checkSum(bytes, codecs.slice(0, -1), rawBytes, file);
  if (last !== "blosc" && last !== "zstd" && last !== "lz4") return;
  const claimed = claimedBytes(last, bytes);
  if (claimed !== undefined && claimed > mostPacked(rawBytes))
    throw tooMuch(file, claimed, rawBytes);
}

function tooMuch(file: string, found: number, rawBytes: number): FileFormatError {
  return new FileFormatError(file, "size", `a chunk of ${rawBytes} bytes`, `${found}`);
}

/** Bytes that come of packed ones, as they say themselves. */
function claimedBytes(name: "blosc" | "zstd" | "lz4", bytes: Uint8Array): number | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (name === "blosc") return view.getUint32(4, true);
  if (name === "lz4") return view.getUint32(0, true);
  const flags = bytes[4];
  const at = 5 + (flags & 0x20 ? 0 : 1) + [0, 1, 2, 4][flags & 3];
  const size = flags >> 6;
  if (bytes.length < at + 8 || (size === 0 && !(flags & 0x20))) return undefined;
  if (size === 0) return bytes[at];
  if (size === 1) return view.getUint16(at, true) + 256;
  return size === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

/** The checksum behind a chunk, and the chunk before it. */
function checkSum(
  bytes: Uint8Array,
  codecs: readonly Codec[],
  rawBytes: number,
  file: string,
): Promise<void> {
  const own = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const said = new DataView(bytes.buffer, bytes.byteOffset + own.length, bytes.length - own.length);
  const found = crc32c(own);
  if (bytes.length < 4 || said.getUint32(0, true) !== found)
    throw new FileFormatError(file, "checksum", `${found}`, "another, or none");
  return checkPacked(own, codecs, rawBytes, file);
}

/** Castagnoli's checksum. */
function crc32c(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0x82f63b78 : 0);
  }
  return ~sum >>> 0;
}
