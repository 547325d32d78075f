import { gunzip, inflateZlib } from "#platform/zlib";
import { FileFormatError } from "../../core/errors.ts";
import type { Codec } from "./codecs.ts";
import { blosc } from "./blosc/blosc.ts";
import { lz4Block } from "./blosc/lz4-block.ts";
import { unshuffled } from "./blosc/unshuffle.ts";
import { checkSum } from "./crc32c.ts";
import { claimedBytes } from "./claimed-bytes.ts";
import { zstdDecoder } from "./zarrita.ts";

/** What is added to values that do not pack, at most: tables, checksums, headers. */
const BEYOND = 65_536;

/** Bytes that a chunk of so many may have, packed as badly as can be. */
export function mostPacked(chunkBytes: number): number {
  return chunkBytes + Math.ceil(chunkBytes / 8) + BEYOND;
}

/**
 * The bytes that codecs packed: as many as a chunk has, or `FileFormatError`. No step gives more than it may: each way of
 * packing that says how much it gives is asked before, and the others stop there.
 */
export async function unpack(
  bytes: Uint8Array,
  codecs: readonly Codec[],
  chunkBytes: number,
  file: string,
): Promise<Uint8Array> {
  const most = mostPacked(chunkBytes);
  if (codecs.length > 0 && bytes.length > most)
    throw new FileFormatError(file, "size", `at most ${most} bytes`, `${bytes.length}`);
  let unpacked = bytes;
  for (const [at, codec] of [...codecs.entries()].reverse())
    unpacked = await steps[codec.name](unpacked, at === 0 ? chunkBytes : most, file, codec);
  if (unpacked.length === chunkBytes) return unpacked;
  throw new FileFormatError(file, "chunk", `${chunkBytes} bytes`, `${unpacked.length}`);
}

type Step = (
  bytes: Uint8Array,
  most: number,
  file: string,
  codec: Codec,
) => Promise<Uint8Array> | Uint8Array;

const steps: Readonly<Record<string, Step>> = {
  gzip: (bytes, most, file) => named("gzip", file, gunzip(bytes, most)),
  zlib: (bytes, most, file) => named("zlib", file, inflateZlib(bytes, most)),
  zstd: (bytes, most, file) => decoded("zstd", bytes, most, file, zstd),
  blosc: (bytes, most, file) =>
    decoded("blosc", bytes, most, file, (own) => blosc(own, { zlib: inflateZlib, zstd })),
  lz4: (bytes, most, file) =>
    decoded("lz4", bytes, most, file, async (own, size) => lz4Block(own.subarray(4), size)),
  crc32c: (bytes, _most, file) => checkSum(bytes, file),
  shuffle: (bytes, _most, file, { configuration }) => {
    const size = (configuration.elementsize ?? 4) as number;
    if (bytes.length % size === 0) return unshuffled(bytes, size);
    throw new FileFormatError(file, "shuffle data", `values of ${size} bytes`, `${bytes.length}`);
  },
};

async function decoded(
  name: "zstd" | "blosc" | "lz4",
  bytes: Uint8Array,
  most: number,
  file: string,
  decode: (bytes: Uint8Array, size: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const claimed = claimedBytes[name](bytes, most);
  if (claimed === undefined || claimed > most)
    throw new FileFormatError(
      file,
      `${name} data`,
      `what unpacks to at most ${most} bytes`,
      claimed === undefined ? "none, or some that is cut" : `${claimed}`,
    );
  return named(name, file, decode(bytes, claimed));
}

/** By the package of zarrita; of frames that could give much more than is wanted, nothing is unpacked. */
async function zstd(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  const claimed = claimedBytes.zstd(bytes, size);
  if (claimed === undefined || claimed > size) throw new RangeError(`${claimed ?? "no"} bytes`);
  return (await zstdDecoder()).decode(bytes);
}

async function named(
  name: string,
  file: string,
  unpacking: Promise<Uint8Array>,
): Promise<Uint8Array> {
  return unpacking.catch((cause: unknown) => {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FileFormatError(file, `${name} data`, "packed values", found, { cause });
  });
}
