import { gunzipChunks } from "#platform/zlib";
import type { ByteSource } from "../../core/byte-source.ts";
import { joinBytes } from "../../core/bytes.ts";
import { FileFormatError, TsrsaError } from "../../core/errors.ts";

/** Bytes of a file, unpacked. The size is `Infinity` as long as nobody knows where a packed file ends. */
export interface UnpackedSource extends ByteSource {
  /** True when reading backwards means starting again. */
  readonly forwardOnly: boolean;
  /**
   * Reads on to the end of a packed file, so that its checksum is verified. Gives the unpacked size. Throws
   * `FileFormatError` when much more follows `end` (default: what was read last).
   */
  finish(end?: number): Promise<number>;
}

/** What a packed file may do before it is refused. */
export interface PackedSourceOptions {
  /** Times that reading may go backwards, which each time unpacks from the start. Default: no limit. */
  readonly mostRestarts?: number;
  /** For messages: what the file's format ends with. */
  readonly lastPart: string;
}

const packedPieceBytes = 1 << 18;
const mostTrailingBytes = 1 << 20;

/** True when these first bytes of a file are those of gzip. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** The unpacked content of a gzip file; never holds more of it than a piece. Closing it closes `packed`. */
export function packedSource(packed: ByteSource, options: PackedSourceOptions): UnpackedSource {
  const cursor = new GunzipCursor(packed, options);
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
    finish: (end) => inTurn(() => cursor.finish(end)),
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
  private failure: unknown;

  constructor(
    private readonly packed: ByteSource,
    private readonly options: PackedSourceOptions,
  ) {}

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
    return parts.length === 1 ? parts[0] : joinBytes(parts);
  }

  async finish(end = this.chunkAt + this.chunk.length): Promise<number> {
    while (await this.advance()) {
      if (this.chunkAt + this.chunk.length <= end + mostTrailingBytes) continue;
      throw new FileFormatError(
        this.packed.name,
        `the packed bytes after ${this.options.lastPart}`,
        `at most ${mostTrailingBytes} bytes when unpacked`,
        "more",
      );
    }
    return this.chunkAt;
  }

  async stop(): Promise<void> {
    await this.stream?.return(undefined);
    this.stream = undefined;
  }

  private async advance(): Promise<boolean> {
    // A stream that failed once only looks as if it had ended.
    if (this.failure !== undefined) throw this.failure as Error;
    this.stream ??= gunzipChunks(pieces(this.packed));
    const step = await this.stream.next().catch((error: unknown) => {
      this.failure = error instanceof TsrsaError ? error : this.damaged(error);
      throw this.failure;
    });
    this.chunkAt += this.chunk.length;
    this.chunk = step.done === true ? new Uint8Array(0) : step.value;
    return step.done !== true;
  }

  private async restart(): Promise<void> {
    const { mostRestarts = Infinity } = this.options;
    if (++this.restarts > mostRestarts)
      throw new FileFormatError(
        this.packed.name,
        "the order of its parts",
        "parts that follow one another",
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
