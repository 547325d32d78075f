import { constants as bufferConstants } from "node:buffer";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

const inflateGzip = promisify<Uint8Array, zlib.ZlibOptions, Inflated>(
  zlib.gunzip as unknown as InflateWithInfo,
);
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
  const contents: Uint8Array[] = [];
  let [total, at] = [0, 0];
  do {
    const options = { maxOutputLength: outputLimit(maxBytes - total), info: true };
    const inflated = await capped(inflateGzip(bytes.subarray(at), options), maxBytes - total);
    contents.push(inflated.buffer);
    total += inflated.buffer.length;
    at = nextMember(bytes, at + inflated.engine.bytesWritten);
  } while (at < bytes.length);
  return contents.length === 1 ? contents[0] : Buffer.concat(contents);
}

/**
 * Where the next member begins at or after `from`, or the end: zeros may stand between members and behind the last, as
 * gzip and Python have it. What else is no member is an error; zlib would leave it out without a word.
 */
function nextMember(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] === 0) at++;
  if (at < bytes.length && bytes[at] !== 0x1f)
    throw new Error(`${bytes.length - at} bytes that are no gzip data behind a member`);
  return at;
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

const startBytes = 4096;

/** What the first bytes of a zlib stream unpack to; empty when they are damaged, which is told by reading it whole. */
export async function inflateZlibStart(bytes: Uint8Array): Promise<Uint8Array> {
  const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
  const start = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);
  return start(bytes.subarray(0, startBytes), options).catch(() => new Uint8Array(0));
}

/** The content of a gzip file piece by piece, whatever its size; errors as {@link gunzip}. */
export async function* gunzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = new MemberInput(chunks);
  try {
    do {
      const output = zlib.createGunzip({ chunkSize: 1 << 18 });
      yield* through(input.feed(output), output);
    } while (await input.hasMember());
  } finally {
    await input.stop();
  }
}

/** The packed pieces of a gzip file, of which a member may leave some to the next. */
class MemberInput {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #coming: Promise<unknown> = Promise.resolve();
  /** What was given to the present member and not yet taken by it. */
  #given: Uint8Array[] = [];
  /** Bytes taken from the pieces before the first of `given`. */
  #before = 0;
  #member: zlib.Gunzip | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The pieces for a member: first what the last one left. */
  async *feed(member: zlib.Gunzip): AsyncGenerator<Uint8Array, void, undefined> {
    const left = this.#given;
    [this.#given, this.#before, this.#member] = [[], 0, member];
    for (const chunk of left) yield this.#give(chunk);
    for (;;) {
      const chunk = await this.#next();
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  /** True when another member follows the one that has ended. */
  async hasMember(): Promise<boolean> {
    await this.#coming;
    let taken = (this.#member?.bytesWritten ?? 0) - this.#before;
    for (;;) {
      const [chunk] = this.#given;
      if (chunk === undefined) {
        if ((await this.#next()) === undefined) return false;
        continue;
      }
      const at = nextMember(chunk, Math.min(taken, chunk.length));
      taken = Math.max(0, taken - chunk.length);
      if (at < chunk.length) {
        this.#given[0] = chunk.subarray(at);
        return true;
      }
      this.#given.shift();
    }
  }

  async stop(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Uint8Array | undefined> {
    const coming = this.#chunks.next().then((step) => {
      return step.done === true ? undefined : this.#give(step.value);
    });
    this.#coming = coming.catch(() => undefined);
    return coming;
  }

  /** Keep a piece until the member has taken it. */
  #give(chunk: Uint8Array): Uint8Array {
    const taken = this.#member?.bytesWritten ?? 0;
    while (this.#given.length > 0 && this.#before + this.#given[0].length <= taken)
      this.#before += this.#given.shift()?.length ?? 0;
    this.#given.push(chunk);
    return chunk;
  }
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

async function capped<Result extends Buffer | Inflated>(
  content: Promise<Result>,
  maxBytes: number,
): Promise<Result> {
  const found = await content.catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== "ERR_BUFFER_TOO_LARGE") throw error;
    throw new RangeError(`more than ${maxBytes} bytes after inflation`, { cause: error });
  });
  const bytes = "buffer" in found && "engine" in found ? found.buffer : found;
  if ((bytes as Buffer).length > maxBytes)
    throw new RangeError(`more than ${maxBytes} bytes after inflation`);
  return found;
}
