import { gunzipChunks } from "#platform/zlib";
import type { ByteSource, FileInput } from "../../core/byte-source.ts";
import { FileFormatError, TsrsaError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";

/** Bytes of a FIF file, unpacked. The size is `Infinity` as long as nobody knows where a packed file ends. */
export interface FifSource extends ByteSource {
  /** True when reading backwards means starting again. */
  readonly forwardOnly: boolean;
  /** Reads on to the end of a packed file, so that its checksum is verified. */
  finish(): Promise<void>;
}

const windowBytes = 1 << 16;
const packedPieceBytes = 1 << 18;
const mostRestarts = 1000;
const mostTrailingBytes = 1 << 20;

/** Open a FIF file, packed with gzip or not (its first two bytes tell). */
export async function openFifSource(input: FileInput): Promise<FifSource> {
  const source = await openSource(input);
  try {
    const magic = await source.read(0, Math.min(2, source.size));
    return magic[0] === 0x1f && magic[1] === 0x8b ? gunzipSource(source) : bufferedSource(source);
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
    forwardOnly: false,
    read,
    close: () => source.close(),
    finish: async () => {},
  };
}

// Never holds more than a piece of the unpacked file, so a bomb costs time only until its first false tag.
function gunzipSource(packed: ByteSource): FifSource {
  const cursor = new GunzipCursor(packed);
  let turn: Promise<unknown> = Promise.resolve();
  // Reads must not interleave: each moves the one cursor.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    name: packed.name,
    size: Infinity,
    forwardOnly: true,
    read: (offset, length) => inTurn(() => cursor.read(offset, length)),
    finish: () => inTurn(() => cursor.finish()),
    close: () =>
      inTurn(async () => {
        await cursor.stop();
        await packed.close();
      }),
  };
}

class GunzipCursor {
  private stream: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  private chunk: Uint8Array = new Uint8Array(0);
  private chunkAt = 0;
  private restarts = 0;

  constructor(private readonly packed: ByteSource) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < this.chunkAt) await this.restart();
    const parts: Uint8Array[] = [];
    let at = offset;
    const end = offset + length;
    while (at < end) {
      const inside = at - this.chunkAt;
      if (inside >= this.chunk.length) {
        if (!(await this.advance())) throw this.endsEarly(offset, length);
        continue;
      }
      const part = this.chunk.subarray(inside, inside + end - at);
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 ? parts[0] : joined(parts, length);
  }

  async finish(): Promise<void> {
    const most = this.chunkAt + this.chunk.length + mostTrailingBytes;
    while (await this.advance()) {
      if (this.chunkAt <= most) continue;
      throw new FileFormatError(
        this.packed.name,
        "the packed bytes after the last tag",
        `at most ${mostTrailingBytes} bytes when unpacked`,
        "more",
      );
    }
  }

  async stop(): Promise<void> {
    await this.stream?.return(undefined);
    this.stream = undefined;
  }

  private async advance(): Promise<boolean> {
    this.stream ??= gunzipChunks(pieces(this.packed));
    const step = await this.stream.next().catch((error: unknown) => {
      throw error instanceof TsrsaError ? error : this.damaged(error);
    });
    this.chunkAt += this.chunk.length;
    this.chunk = step.done === true ? new Uint8Array(0) : step.value;
    return step.done !== true;
  }

  private async restart(): Promise<void> {
    if (++this.restarts > mostRestarts)
      throw new FileFormatError(
        this.packed.name,
        "the order of the tags",
        "tags that follow one another",
        `more than ${mostRestarts} jumps backwards in a packed file`,
        { advice: "unpack it with gunzip first" },
      );
    await this.stop();
    this.chunk = new Uint8Array(0);
    this.chunkAt = 0;
  }

  private endsEarly(offset: number, length: number): FileFormatError {
    return new FileFormatError(
      this.packed.name,
      `bytes ${offset} to ${offset + length}`,
      "them to be in the file",
      `${this.chunkAt} bytes after unpacking`,
    );
  }

  private damaged(cause: unknown): FileFormatError {
    const found = cause instanceof Error ? cause.message : String(cause);
    return new FileFormatError(this.packed.name, "gzip data", "a whole gzip file", found, {
      cause,
    });
  }
}

async function* pieces(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < source.size; at += packedPieceBytes)
    yield await source.read(at, Math.min(packedPieceBytes, source.size - at));
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
