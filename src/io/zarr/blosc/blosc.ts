import { blosclz } from "./blosclz.ts";
import { lz4Block } from "./lz4-block.ts";
import { bitUnshuffled, unshuffled } from "./unshuffle.ts";

/** The bytes that a part of a block packs: `size`, or it throws. */
export type Unpack = (packed: Uint8Array, size: number) => Promise<Uint8Array> | Uint8Array;

/** How the two ways of packing are undone that are no matter of blosc. */
export interface OtherUnpack {
  readonly zlib: Unpack;
  readonly zstd: Unpack;
}

const HEADER = 16;
/** A flag that no container of version 1 has. */
const RESERVED = 8;
/** The one version there is of each way of packing. */
const PACKING = 1;
/** Blocks of larger values, and shorter ones, are packed as one. */
const MOST_PARTS = 16;
const LEAST_PART = 128;

interface Header {
  readonly isCopied: boolean;
  readonly isWhole: boolean;
  readonly filter: "none" | "bytes" | "bits";
  readonly format: number;
  readonly valueBytes: number;
  readonly bytes: number;
  readonly blockBytes: number;
}

/** Bytes that come of a container of blosc (version 1), as it says; undefined where it is none. */
export function bloscBytes(packed: Uint8Array): number | undefined {
  return headerOf(packed)?.bytes;
}

function headerOf(packed: Uint8Array): Header | undefined {
  if (packed.length < HEADER || packed[0] !== 2) return undefined;
  const view = viewOf(packed);
  const [flags, valueBytes] = [packed[2], packed[3]];
  const [bytes, blockBytes, own] = [4, 8, 12].map((at) => view.getUint32(at, true));
  if (own !== packed.length || valueBytes === 0 || (flags & RESERVED) !== 0) return undefined;
  if (bytes > 0 && (blockBytes === 0 || blockBytes > bytes)) return undefined;
  const [isOfBytes, isOfBits] = [(flags & 1) !== 0, (flags & 4) !== 0];
  return {
    isCopied: (flags & 2) !== 0,
    isWhole: (flags & 16) !== 0,
    filter: isOfBytes ? "bytes" : isOfBits ? "bits" : "none",
    format: flags >> 5,
    ...{ valueBytes, bytes, blockBytes },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The bytes of a container of blosc, by what c-blosc writes. The package of zarrita unpacks it too, and gives what lay in
 * its memory where a block is damaged. Throws for damage.
 */
export async function blosc(packed: Uint8Array, others: OtherUnpack): Promise<Uint8Array> {
  const header = headerOf(packed);
  if (header === undefined) throw new RangeError("it has no header of blosc");
  const { bytes, blockBytes, isCopied } = header;
  if (isCopied) {
    if (packed.length === HEADER + bytes) return packed.subarray(HEADER);
    throw new RangeError(`${packed.length - HEADER} bytes instead of ${bytes}`);
  }
  if (packed[1] !== PACKING) throw new RangeError(`packing of version ${packed[1]} is unknown`);
  const out = new Uint8Array(bytes);
  const view = viewOf(packed);
  const starts = HEADER + 4 * Math.ceil(bytes / blockBytes);
  for (let from = 0, block = 0; from < bytes; from += blockBytes, block++) {
    const size = Math.min(blockBytes, bytes - from);
    const at = HEADER + 4 * block;
    const start = at + 4 <= packed.length ? view.getUint32(at, true) : packed.length;
    if (start < starts) throw new RangeError("a block begins in the list of blocks");
    out.set(await unpackedBlock(packed.subarray(start), size, header, others), from);
  }
  return out;
}

async function unpackedBlock(
  packed: Uint8Array,
  size: number,
  header: Header,
  others: OtherUnpack,
): Promise<Uint8Array> {
  const { valueBytes, filter, isWhole, blockBytes } = header;
  const isParted =
    !isWhole &&
    size === blockBytes &&
    valueBytes <= MOST_PARTS &&
    Math.floor(size / valueBytes) >= LEAST_PART;
  const nParts = isParted ? valueBytes : 1;
  const partBytes = Math.floor(size / nParts);
  const stored = new Uint8Array(size);
  const view = viewOf(packed);
  for (let part = 0, at = 0; part < nParts; part++) {
    const length = at + 4 <= packed.length ? view.getUint32(at, true) : Infinity;
    at += 4;
    if (at + length > packed.length) throw new RangeError("a block ends too soon");
    const own = packed.subarray(at, at + length);
    const isStored = length === partBytes;
    stored.set(
      isStored ? own : await unpackedPart(own, partBytes, header.format, others),
      part * partBytes,
    );
    at += length;
  }
  if (filter === "bits" && size >= valueBytes) return bitUnshuffled(stored, valueBytes);
  return filter === "bytes" ? unshuffled(stored, valueBytes) : stored;
}

async function unpackedPart(
  packed: Uint8Array,
  size: number,
  format: number,
  { zlib, zstd }: OtherUnpack,
): Promise<Uint8Array> {
  const unpack = [blosclz, lz4Block, undefined, zlib, zstd].at(format < 5 ? format : 2);
  if (unpack === undefined)
    throw new RangeError(format === 2 ? "it is packed by snappy" : `packing ${format} is unknown`);
  const unpacked = await unpack(packed, size);
  if (unpacked.length === size) return unpacked;
  throw new RangeError(`${unpacked.length} bytes instead of ${size}`);
}
