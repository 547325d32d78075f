/** Content of a gzip file; rejects with a `RangeError` above `maxBytes`, with a `TypeError` when damaged. */
export async function gunzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return collect(through(bytes, new DecompressionStream("gzip")), maxBytes);
}

/** Content of a raw deflate stream, which must be exactly `expectedBytes` long; errors as {@link gunzip}. */
export async function inflateRaw(bytes: Uint8Array, expectedBytes: number): Promise<Uint8Array> {
  const stream = through(bytes, new DecompressionStream("deflate-raw"));
  const content = await collect(stream, expectedBytes);
  if (content.length === expectedBytes) return content;
  throw new RangeError(`${content.length} bytes after inflation instead of ${expectedBytes}`);
}

/** Content of a zlib stream, checksum verified; errors as {@link gunzip}. */
export async function inflateZlib(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return collect(through(bytes, new DecompressionStream("deflate")), maxBytes);
}

const startBytes = 4096;

/** What the first bytes of a zlib stream unpack to; empty when they are damaged, which is told by reading it whole. */
export async function inflateZlibStart(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = through(bytes.subarray(0, startBytes), new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const first = await reader.read().catch(() => undefined);
  await reader.cancel().catch(() => undefined);
  return first?.value ?? new Uint8Array(0);
}

/** The content of a gzip file piece by piece, whatever its size; errors as {@link gunzip}. */
export async function* gunzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces(toStream(chunks).pipeThrough(asTransform(new DecompressionStream("gzip"))));
}

/** Compress to a gzip file piece by piece. */
export async function* gzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces(toStream(chunks).pipeThrough(asTransform(new CompressionStream("gzip"))));
}

/** Compress to raw deflate, as zip members hold it. */
export async function deflateRaw(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(through(bytes, new CompressionStream("deflate-raw")), Infinity);
}

/** Compress to a gzip file of one member. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  return collect(through(bytes, new CompressionStream("gzip")), Infinity);
}

/** CRC-32 (as zip and gzip have it), continued from `seed`. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

type ByteTransform = ReadableWritablePair<Uint8Array, Uint8Array>;

// The DOM types want `BufferSource` on the way in; bytes are one.
function asTransform(stream: CompressionStream | DecompressionStream): ByteTransform {
  return stream as unknown as ByteTransform;
}

function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return toStream([bytes]).pipeThrough(asTransform(stream));
}

function toStream(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array> {
  const iterator = iterate(chunks);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => void (await iterator.return(undefined)),
  });
}

async function* iterate(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) yield chunk;
}

// Safari cannot iterate over a stream, so read it by hand.
async function* pieces(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function collect(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of pieces(stream)) {
    total += chunk.length;
    if (total > maxBytes) throw new RangeError(`more than ${maxBytes} bytes after inflation`);
    chunks.push(chunk);
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
