import { checkInside, type ByteSource } from "../byte-source.ts";
import { FileFormatError } from "../errors.ts";
import { contentRange, type ContentRange } from "./content-range.ts";
import { ServerFailed } from "./errors.ts";
import { addressOf, type Address, type AskOptions } from "./address.ts";
import { fetchPart, fetchWhole, Passing, tried, type PartAnswer } from "./fetch-part.ts";
import { checkSame, identityOf, type FileIdentity } from "./identity.ts";
import { PartCache } from "./part-cache.ts";
import { Patience } from "./patience.ts";

/** Bytes asked for first: headers of most formats are in them. */
const FIRST_BYTES = 2 ** 18;

/**
 * Open a file on a server: only the parts that are read are fetched, by range requests, and kept for a while. All parts
 * are of one state of the file. From a server that gives no parts the file is fetched whole, which is said with its size.
 *
 * @throws InvalidArgument for what is no address; MissingFile, ServerFailed, Cancelled; reading throws FileChanged when
 *   length, ETag or time of change are others.
 */
export async function openAddress(
  path: string | URL,
  options: AskOptions = {},
): Promise<ByteSource> {
  const address = addressOf(path, options);
  let said = false;
  const say = (words: string): void => {
    if (!said) console.warn(`${address.name}: ${words}`);
    said = true;
  };
  return tried(address, async () => {
    const answer = await fetchPart(address, 0, FIRST_BYTES);
    if (answer.status === 416 && isEmpty(address, answer))
      return bytesOf(address, new Uint8Array(0));
    const range = answer.status === 206 ? contentRange(answer.headers) : undefined;
    if (range !== undefined) return inParts(address, answer, range);
    if (answer.status !== 206 && answer.status !== 416) return wholeFile(address, answer, say);
    await answer.drop();
    return wholeFile(address, await fetchWhole(address), say);
  });
}

/** Whether a server has a file there. */
export async function addressExists(path: string): Promise<boolean> {
  const { url, headers } = addressOf(path);
  const patience = new Patience();
  return fetch(url, { method: "HEAD", headers, signal: patience.signal })
    .then(
      ({ ok }) => ok,
      () => false,
    )
    .finally(() => patience.close());
}

async function inParts(
  address: Address,
  answer: PartAnswer,
  range: ContentRange,
): Promise<ByteSource> {
  // A server may give fewer bytes than were asked for, but no others.
  await checkRange(address, answer, range, 0, Math.min(range.to, range.size));
  const first = await exactly(answer, range.to);
  const identity = identityOf(answer.headers, range.size);
  const cache = new PartCache(range.size, (from, to) => part(address, identity, from, to));
  cache.put(0, first);
  return sourceOf(address.name, range.size, (offset, length) => cache.read(offset, length));
}

function sourceOf(name: string, size: number, read: ByteSource["read"]): ByteSource {
  return {
    name,
    size,
    read: async (offset, length) => {
      checkInside(name, offset, length, size);
      try {
        return await read(offset, length);
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        const found = `${size} bytes, as the server says`;
        throw new FileFormatError(name, "length", "what memory can hold", found, { cause });
      }
    },
    close: async () => {},
  };
}

/** One part of the state of the file that is read, whole. */
async function part(
  address: Address,
  identity: FileIdentity,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const { name } = address;
  return tried(address, async () => {
    const answer = await fetchPart(address, from, to);
    const range = contentRange(answer.headers);
    if (answer.status !== 206 || range === undefined) {
      await answer.drop();
      // A file that has become shorter has no such part.
      const size = Number(answer.headers.get("content-range")?.split("/")[1] ?? NaN);
      if (answer.status === 416 && size >= 0)
        checkSame(name, identity, identityOf(answer.headers, size));
      throw new ServerFailed(name, `no part of the file came, but an answer ${answer.status}`);
    }
    try {
      checkSame(name, identity, identityOf(answer.headers, range.size));
    } catch (error) {
      await answer.drop();
      throw error;
    }
    await checkRange(address, answer, range, from, to);
    return exactly(answer, to - from);
  });
}

/** Throws `ServerFailed` for an answer that holds other bytes than were asked for. */
async function checkRange(
  { name }: Address,
  answer: PartAnswer,
  range: ContentRange,
  from: number,
  to: number,
): Promise<void> {
  if (range.from === from && range.to === to) return;
  await answer.drop();
  throw new ServerFailed(name, `bytes ${range.from} to ${range.to} came for ${from} to ${to}`);
}

async function exactly(answer: PartAnswer, length: number): Promise<Uint8Array> {
  const bytes = await answer.bytes();
  if (bytes.length === length) return bytes;
  throw new Passing(`${bytes.length} bytes came instead of ${length}`);
}

/** Whether a server that has no such part says that the file is empty. Not all say why. Throws `ServerFailed` for a longer one. */
function isEmpty({ name }: Address, { headers }: PartAnswer): boolean {
  const size = Number(/\/(\d+)$/.exec(headers.get("content-range")?.trim() ?? "")?.[1] ?? NaN);
  if (size > 0) throw new ServerFailed(name, `no bytes came of a file of ${size}`);
  return size === 0;
}

/** From a server that gives no parts, or a page that may not see which part came. */
async function wholeFile(
  address: Address,
  answer: PartAnswer,
  say: (words: string) => void,
): Promise<ByteSource> {
  if (answer.status === 206 || answer.status === 416) {
    await answer.drop();
    const words = `the whole file was asked for, and an answer ${answer.status} came`;
    throw new ServerFailed(address.name, words);
  }
  const size = Number(answer.headers.get("content-length") ?? NaN);
  const words = Number.isNaN(size) ? "" : ` (${(size / 1e6).toFixed(1)} MB)`;
  if (!(size <= FIRST_BYTES)) say(`the server gives no parts of files: fetching all of it${words}`);
  const packed = answer.headers.get("content-encoding") ?? "identity";
  const bytes = await answer.bytes();
  // A page may not see that an answer was packed: then more comes than its length.
  if (packed === "identity" && bytes.length < size)
    throw new Passing(`${bytes.length} bytes came of ${size}`);
  return bytesOf(address, bytes);
}

function bytesOf({ name }: Address, bytes: Uint8Array): ByteSource {
  return sourceOf(name, bytes.length, async (offset, length) =>
    bytes.subarray(offset, offset + length),
  );
}
