import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { openSource } from "../../core/open-source.ts";
import { isGzip, packedSource } from "../gzip/packed-source.ts";
import type { UnpackedSource } from "../gzip/packed-source.ts";

/** Bytes of a FIF file, unpacked. */
export interface FifSource extends UnpackedSource {
  /** Bytes of the file as it is stored, packed or not. */
  readonly storedBytes: number;
}

const windowBytes = 1 << 16;
const mostRestarts = 1000;

/** Open a FIF file, packed with gzip or not (its first two bytes tell). */
export async function openFifSource(input: FileInput, signal?: AbortSignal): Promise<FifSource> {
  const source = await openSource(input, signal);
  try {
    const magic = await source.read(0, Math.min(2, source.size));
    // A bomb costs time only until its first false tag.
    return isGzip(magic)
      ? {
          ...packedSource(source, { mostRestarts, lastPart: "the last tag" }),
          storedBytes: source.size,
        }
      : bufferedSource(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

// A file has thousands of small tags one after the other: fetch 64 kB at a time.
function bufferedSource(source: ByteSource): FifSource {
  let window: { at: number; bytes: Uint8Array } = { at: 0, bytes: new Uint8Array(0) };
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const beyond = offset + length > source.size;
    if (beyond || length > windowBytes / 4 || offset < 0) return source.read(offset, length);
    if (offset < window.at || offset + length > window.at + window.bytes.length) {
      const bytes = await source.read(offset, Math.min(windowBytes, source.size - offset));
      window = { at: offset, bytes };
      return bytes.subarray(0, length);
    }
    return window.bytes.subarray(offset - window.at, offset - window.at + length);
  };
  const { name, size } = source;
  return {
    name,
    size,
    storedBytes: size,
    forwardOnly: false,
    read,
    close: () => source.close(),
    finish: async () => size,
  };
}
