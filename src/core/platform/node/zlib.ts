import { constants as bufferConstants } from "node:buffer";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

const inflateGzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const inflateWrapped = promisify<Uint8Array, zlib.ZlibOptions, Inflated>(
  zlib.inflate as unknown as InflateWithInfo,
);

/**
 * The content of a gzip file (one or more members), checksums verified.
 * Rejects with a `RangeError` when it is more than `maxBytes`, with zlib's error when it is damaged or cut;
 * the caller knows the file's name and makes a `FileFormatError` of either.
 */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return capped(inflateGzip(bytes, { maxOutputLength: outputLimit(maxBytes) }), maxBytes);
}

/** Content of a raw deflate stream, which must be exactly `expectedBytes` long; errors as {@link gunzip}. */
export async function inflateRaw(bytes: Uint8Array, expectedBytes: number): Promise<Uint8Array> {
  const limit = outputLimit(expectedBytes);
  const content = await capped(inflate(bytes, { maxOutputLength: limit }), expectedBytes);
  if (content.length === expectedBytes) return content;
  throw new RangeError(`${content.length} bytes after inflation instead of ${expectedBytes}`);
}

/** What zlib gives with `info`: the content, and how much of the input it took. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
type InflateWithInfo = (
  bytes: Uint8Array,
  options: zlib.ZlibOptions,
  done: (error: Error | null, result: Inflated) => void,
) => void;

/** Content of a zlib stream, checksum verified, nothing behind it; errors as {@link gunzip}. */
export async function inflateZlib(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const options = { maxOutputLength: outputLimit(maxBytes), info: true };
  const inflated = inflateWrapped(bytes, options).then(({ buffer, engine }) => {
    const behind = bytes.length - engine.bytesWritten;
    if (behind > 0) throw new RangeError(`${behind} bytes behind the end of the stream`);
    return buffer;
  });
  return capped(inflated, maxBytes);
}

/** The content of a gzip file piece by piece, whatever its size; errors as {@link gunzip}. */
export async function* gunzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* through(chunks, zlib.createGunzip({ chunkSize: 1 << 18 }));
}

/** Compress to a gzip file piece by piece. */
export async function* gzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* through(chunks, zlib.createGzip({ chunkSize: 1 << 18, level: 2 }));
}

async function* through(
  chunks: AsyncIterable<Uint8Array>,
  output: zlib.Gunzip | zlib.Gzip,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = Readable.from(chunks, { objectMode: true, highWaterMark: 1 });
  // A pipe does not carry the input's own error past the inflater.
  input.once("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    for await (const chunk of output) yield chunk as Uint8Array;
  } finally {
    input.destroy();
    output.destroy();
  }
}

/** Compress to raw deflate, as zip members hold it. */
export async function deflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify<Uint8Array, Buffer>(zlib.deflateRaw)(bytes);
}

/** Compress to a gzip file of one member. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return promisify<Uint8Array, Buffer>(zlib.gzip)(bytes);
}

/** CRC-32 (as zip and gzip have it), continued from `seed`. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  return zlib.crc32(bytes, seed);
}

// zlib refuses a limit of 0, and one above the greatest buffer.
function outputLimit(maxBytes: number): number {
  return Math.min(Math.max(1, maxBytes), bufferConstants.MAX_LENGTH);
}

async function capped(content: Promise<Buffer>, maxBytes: number): Promise<Uint8Array> {
  const found = await content.catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    throw new RangeError(`more than ${maxBytes} bytes after inflation`, { cause: error });
  });
  if (found.length > maxBytes) throw new RangeError(`more than ${maxBytes} bytes after inflation`);
  return found;
}
