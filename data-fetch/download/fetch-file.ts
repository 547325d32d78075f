import { checkOptions } from "../../src/core/gate/options.ts";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Cancelled, FileFormatError } from "../../src/core/errors.ts";
import { text, thing } from "../../src/core/gate/kinds.ts";
import { checkedFolder } from "../../src/core/gate/path.ts";
import type { RemoteFile } from "../data-set.ts";
import { verifyFile } from "../verify.ts";
import { attemptOften, failure } from "./attempts.ts";
import { noteChecked, wasChecked } from "./checked.ts";
import { checkRoom, fullDisk } from "./disk-room.ts";
import { AttemptFailed, DownloadFailed } from "./errors.ts";
import { fetchNames, type FetchOptions } from "./fetch-options.ts";
import { withLock, type HeldLock } from "./lock.ts";
import { PartFile, type HashedPart } from "./part-file.ts";
import { checkPin, pin, pinOf } from "./pins.ts";
import type { Received } from "./receive.ts";

const isFile = thing("a file as { path, url }", "path", "url");

/**
 * Fetch a file. It gets its name only when its size and hash are right; one that is there already and right is left
 * alone. A download that was cut goes on where it stopped, in this process or the next, and another process that wants
 * the same file waits for it. Throws `DownloadFailed`, `Cancelled`, or `FileFormatError` when what came is not the file.
 *
 * @param file - what to fetch: address, size and hashes.
 * @param folder - the data set's folder; the file lands at `file.path` in it.
 *
 * @example
 * import { fetchFile, findDataSet } from "tsrsa/data";
 * async function fetchRecording(folder: string) {
 *   const [file] = findDataSet("eeg-priming").files;
 *   return fetchFile(file, folder);
 * }
 */
export async function fetchFile(
  file: RemoteFile,
  folder: string,
  options: FetchOptions = {},
): Promise<string> {
  checkOptions(options, fetchNames);
  isFile(file, "file");
  text(file.path, "path of the file");
  const path = join(checkedFolder(folder), file.path);
  if (await isFetched(path, file)) return path;
  await mkdir(dirname(path), { recursive: true });
  const work = async (lock: HeldLock) => {
    if (await isFetched(path, file)) return;
    await checkRoom(file, folder);
    await fetchFromAny(file, path, options, lock);
  };
  await withLock(path, work, { signal: options.signal });
  return path;
}

/**
 * True when the file is there and right by its published hash or that of its first download. Of one without either we
 * can only see that it is there: it got its name when it was complete.
 */
export async function isFetched(path: string, file: RemoteFile): Promise<boolean> {
  const known = { ...file, sha256: file.sha256 ?? (await pinOf(file)) };
  if (known.sha256 !== undefined || known.md5 !== undefined) {
    if (await wasChecked(path)) return true;
    const right = await verifyFile(path, known);
    if (right) await noteChecked(path, noteOf(file, known));
    return right;
  }
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  return size >= 0 && (file.bytes ?? size) === size;
}

/** Who says that a hash is right. */
function noteOf(file: RemoteFile, { sha256 }: { readonly sha256?: string }) {
  const published = file.sha256 !== undefined || file.md5 !== undefined;
  return { sha256, by: published ? "publisher" : "first download" } as const;
}

/** The address, then its mirrors; the last failure is the one that is told. */
async function fetchFromAny(
  file: RemoteFile,
  path: string,
  options: FetchOptions,
  lock: HeldLock,
): Promise<void> {
  const addresses = [file.url, ...(file.mirrors ?? [])];
  const signal = AbortSignal.any([lock.signal, ...(options.signal ? [options.signal] : [])]);
  const part = new PartFile(path);
  await part.claim();
  for (const [at, url] of addresses.entries()) {
    try {
      const hashes = await fetchFrom(url, file, part, { ...options, signal });
      await lock.check();
      await part.publish(path, hashes).catch((error: unknown) => {
        throw error instanceof AttemptFailed ? failure(url, error) : error;
      });
      // Whether an archive is whole, only unpacking it tells.
      if (file.unpack === undefined) await pin(file, hashes);
      return await noteChecked(path, noteOf(file, hashes));
    } catch (error) {
      const last = at === addresses.length - 1 || signal.aborted || error instanceof Cancelled;
      if (last || fullDisk(error)) throw error;
    }
  }
}

async function fetchFrom(
  url: string,
  file: RemoteFile,
  part: PartFile,
  options: FetchOptions,
): Promise<HashedPart> {
  const resumed = (await part.bytes()) > 0;
  const hashes = await attemptOften(url, file, part, options);
  const wrong = wrongHash(file, hashes) ?? (await checkPin(file, hashes));
  if (wrong === undefined) {
    await refuseUnknownLength(url, file, hashes, part);
    return hashes;
  }
  await part.remove();
  // The damage may lie in what an earlier run left.
  if (resumed) return fetchFrom(url, file, part, options);
  throw new FileFormatError(url, wrong.kind, wrong.expected, wrong.found, {
    advice: "it changed or was damaged on the way; try again",
  });
}

/** Neither a length nor a hash nor a format that has an end: then a cut file looks like a whole one. */
async function refuseUnknownLength(
  url: string,
  file: RemoteFile,
  { lengthKnown }: Received,
  part: PartFile,
): Promise<void> {
  const checked = file.sha256 ?? file.md5 ?? file.unpack ?? (await pinOf(file));
  if (lengthKnown || checked !== undefined) return;
  await part.remove();
  const reason =
    "the server does not say how long the file is, so a cut one would look like a whole one";
  throw new DownloadFailed(url, reason, {
    advice: "download it by hand and pass its folder, or state its bytes or sha256 in a registry",
  });
}

function wrongHash(
  file: RemoteFile,
  found: { sha256: string; md5: string },
): { kind: string; expected: string; found: string } | undefined {
  if (file.sha256 !== undefined && file.sha256 !== found.sha256)
    return { kind: "SHA-256", expected: file.sha256, found: found.sha256 };
  if (file.md5 !== undefined && file.md5 !== found.md5)
    return { kind: "MD5", expected: file.md5, found: found.md5 };
  return undefined;
}
