import { bloscBytes } from "./blosc/blosc.ts";

/**
 * Bytes that come of packed ones, as they say themselves, where no more than `most` are wanted; undefined for such that are
 * not packed in that way.
 */
type Claimed = (bytes: Uint8Array, most: number) => number | undefined;

export const claimedBytes: Readonly<Record<"blosc" | "lz4" | "zstd", Claimed>> = {
  blosc: bloscBytes,
  lz4: (bytes) => (bytes.length < 4 ? undefined : viewOf(bytes).getUint32(0, true)),
  zstd: zstdBytes,
};

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const FRAME = 0xfd2fb528;
const SKIPPED = 0x184d2a5;
/** What a packed block of zstd gives at most. */
const MOST_BLOCK = 2 ** 17;

/**
 * What frames of zstd say they give. A packed block may give as much as any, whatever its frame says: blocks that could
 * give many times what is wanted count as that.
 */
function zstdBytes(bytes: Uint8Array, most: number): number | undefined {
  const view = viewOf(bytes);
  let [said, couldBe] = [0, 0];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) return undefined;
    if (view.getUint32(at, true) >>> 4 === SKIPPED) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    const frame = view.getUint32(at, true) === FRAME ? zstdFrame(view, at + 4) : undefined;
    if (frame === undefined) return undefined;
    said += frame.says;
    couldBe += frame.couldGive;
    at = frame.end;
  }
  if (bytes.length === 0) return undefined;
  return couldBe > 4 * most + 8 * MOST_BLOCK ? couldBe : said;
}

interface Frame {
  /** 0 where it does not say. */
  readonly says: number;
  readonly couldGive: number;
  readonly end: number;
}

/** The frame whose header begins at `at`. */
function zstdFrame(view: DataView, at: number): Frame | undefined {
  const flags = view.getUint8(at);
  const isSingle = (flags & 0x20) !== 0;
  const sizeAt = at + 1 + (isSingle ? 0 : 1) + [0, 1, 2, 4][flags & 3];
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6];
  if (sizeAt + sizeBytes > view.byteLength) return undefined;
  const says = sizeOfContent(view, sizeAt, sizeBytes);
  let end = sizeAt + sizeBytes;
  let couldGive = 0;
  for (let isLast = false; !isLast;) {
    if (end + 3 > view.byteLength) return undefined;
    const header = view.getUint16(end, true) | (view.getUint8(end + 2) << 16);
    const [kind, size] = [(header >> 1) & 3, header >> 3];
    isLast = (header & 1) === 1;
    couldGive += kind === 2 ? MOST_BLOCK : size;
    end += 3 + (kind === 1 ? 1 : size);
  }
  return { says, couldGive, end: end + (flags & 4 ? 4 : 0) };
}

function sizeOfContent(view: DataView, at: number, bytes: number): number {
  if (bytes === 0) return 0;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
