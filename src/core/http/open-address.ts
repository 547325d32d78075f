import { checkInside, type ByteSource } from "../byte-source.ts";
import { FileFormatError } from "../errors.ts";
import { contentRange } from "./content-range.ts";
import { ServerFailed } from "./errors.ts";
import { fetchPart, Passing, tried, type PartAnswer } from "./fetch-part.ts";
import { checkSame, identityOf, type FileIdentity } from "./identity.ts";
import { PartCache } from "./part-cache.ts";

/** Bytes asked for first: headers of most formats are in them. */
const FIRST_BYTES = 2 ** 18;

/** Whether a path is the address of a file on a server. */
export function isAddress(path: string | URL): boolean {
  return /^https?:/i.test(String(path));
}

/**
 * Open a file on a server: only the parts that are read are fetched, by range requests, and kept for a while. All parts
 * are of one state of the file. From a server that gives no parts the file is fetched whole, which is said with its size.
 *
 * @throws MissingFile, ServerFailed; reading throws FileChanged when length, ETag or time of change are others.
 */
export async function openAddress(path: string | URL): Promise<ByteSource> {
  const address = String(path);
  const answer = await fetchPart(address, 0, FIRST_BYTES);
  if (answer.status === 416) return emptyFile(address, answer);
  const range = answer.status === 206 ? contentRange(answer.headers) : undefined;
  if (range === undefined) return wholeFile(address, answer);
  const first = await tried(address, () => exactly(answer, range.to - range.from));
  const identity = identityOf(answer.headers, range.size);
  const cache = new PartCache(range.size, (from, to) => part(address, identity, from, to));
  cache.put(0, first);
  return sourceOf(address, range.size, (offset, length) => cache.read(offset, length));
}

/** Whether a server has a file there. */
export async function addressExists(path: string): Promise<boolean> {
  return fetch(path, { method: "HEAD" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function sourceOf(name: string, size: number, read: ByteSource["read"]): ByteSource {
  return {
    name,
    size,
    read: async (offset, length) => {
      checkInside(name, offset, length, size);
      return read(offset, length);
    },
    close: async () => {},
  };
}

/** One part of the state of the file that is read, whole. */
async function part(
  address: string,
  identity: FileIdentity,
  from: number,
  to: number,
): Promise<Uint8Array> {
  return tried(address, async () => {
    const answer = await fetchPart(address, from, to);
    const range = contentRange(answer.headers);
    if (answer.status !== 206 || range === undefined) {
      await answer.drop();
      // A file that has become shorter has no such part.
      const size = Number(answer.headers.get("content-range")?.split("/")[1] ?? NaN);
      if (answer.status === 416 && size >= 0)
        checkSame(address, identity, identityOf(answer.headers, size));
      throw new ServerFailed(address, `no part of the file came, but an answer ${answer.status}`);
    }
    checkSame(address, identity, identityOf(answer.headers, range.size));
    if (range.from !== from || range.to !== to)
      throw new ServerFailed(
        address,
        `bytes ${range.from} to ${range.to} came for ${from} to ${to}`,
      );
    return exactly(answer, to - from);
  });
}

async function exactly(answer: PartAnswer, length: number): Promise<Uint8Array> {
  const bytes = await answer.bytes();
  if (bytes.length === length) return bytes;
  throw new Passing(`${bytes.length} bytes came instead of ${length}`);
}

async function emptyFile(address: string, answer: PartAnswer): Promise<ByteSource> {
  const size = answer.headers.get("content-range")?.split("/")[1];
  await answer.drop();
  if (size !== undefined && Number(size) !== 0)
    throw new ServerFailed(address, `no bytes came of a file of ${size}`);
  return sourceOf(address, 0, async () => new Uint8Array(0));
}

/** From a server that gives no parts, or a page that may not see which part came. */
async function wholeFile(address: string, answer: PartAnswer): Promise<ByteSource> {
  const told = Number(answer.headers.get("content-length") ?? NaN);
  const partial = answer.status === 206;
  if (partial) await answer.drop();
  const all = partial ? await wholeAnswer(address) : answer;
  const size = partial ? NaN : told;
  const words = Number.isNaN(size) ? "" : ` (${(size / 1e6).toFixed(1)} MB)`;
  if (!(size <= FIRST_BYTES))
    console.warn(`${address}: the server gives no parts of files: fetching all of it${words}`);
  const packed = all.headers.get("content-encoding") ?? "identity";
  const bytes = await all.bytes().catch((cause: unknown) => {
    throw cut(address, "one that was cut", cause);
  });
  if (packed === "identity" && !Number.isNaN(size) && bytes.length !== size)
    throw cut(address, `${bytes.length} of ${size} bytes`);
  return sourceOf(address, bytes.length, async (offset, length) =>
    bytes.subarray(offset, offset + length),
  );
}

async function wholeAnswer(address: string): Promise<PartAnswer> {
  const answer = await fetch(address);
  if (!answer.ok) throw new ServerFailed(address, `the server answered ${answer.status}`);
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: async () => new Uint8Array(await answer.arrayBuffer()),
    drop: async () => answer.body?.cancel(),
  };
}

function cut(address: string, found: string, cause?: unknown): FileFormatError {
  const advice = "fetch it again";
  return new FileFormatError(address, "content", "a whole answer", found, { cause, advice });
}
