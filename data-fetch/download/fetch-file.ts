import { checkOptions, type OptionNames } from "../../src/core/gate/options.ts";
import { mkdir, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled, FileFormatError } from "../../src/core/errors.ts";
import type { JobOptions } from "../../src/core/job.ts";
import { reporter } from "../../src/core/progress.ts";
import type { RemoteFile } from "../data-set.ts";
import { verifyFile } from "../verify.ts";
import { noteChecked, wasChecked } from "./checked.ts";
import { checkRoom, fullDisk } from "./disk-room.ts";
import { AttemptFailed, DownloadFailed, reasonOf } from "./errors.ts";
import { withLock } from "./lock.ts";
import { PartFile } from "./part-file.ts";
import { checkPin, pin } from "./pins.ts";
import { receive } from "./receive.ts";

/** How a download is made. */
export interface FetchOptions extends Pick<JobOptions, "signal" | "onProgress"> {
  /** Gives up an attempt when nothing has come for so long. Default 15 s. */
  readonly stallMs?: number;
  /** Attempts in a row that bring nothing before the address is given up. Default 5. */
  readonly attempts?: number;
  /** Wait before the second attempt; each later one waits twice as long, up to 30 s. Default 500 ms. */
  readonly retryMs?: number;
  /** The longest wait that a server may ask for (Retry-After). Default 120 s. */
  readonly longestWaitMs?: number;
}

/** Names of these options, for the check of options. */
export const fetchNames: OptionNames<FetchOptions> = {
  stallMs: true,
  attempts: true,
  retryMs: true,
  longestWaitMs: true,
  signal: true,
  onProgress: true,
};

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
  const path = join(folder, file.path);
  if (await isFetched(path, file)) return path;
  await mkdir(dirname(path), { recursive: true });
  const work = async () => {
    if (await isFetched(path, file)) return;
    await checkRoom(file, folder);
    await fetchFromAny(file, path, options);
  };
  await withLock(path, work, options.signal);
  return path;
}

/** True when the file is there and right. Of one without a published hash we can only see that it is there: it got its name when it was complete. */
export async function isFetched(path: string, file: RemoteFile): Promise<boolean> {
  if (file.sha256 !== undefined || file.md5 !== undefined) {
    if (await wasChecked(path)) return true;
    const right = await verifyFile(path, file);
    if (right) await noteChecked(path);
    return right;
  }
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  return size >= 0 && (file.bytes ?? size) === size;
}

/** The address, then its mirrors; the last failure is the one that is told. */
async function fetchFromAny(file: RemoteFile, path: string, options: FetchOptions): Promise<void> {
  const addresses = [file.url, ...(file.mirrors ?? [])];
  for (const [at, url] of addresses.entries()) {
    try {
      return await fetchFrom(url, file, path, options);
    } catch (error) {
      const last = at === addresses.length - 1 || error instanceof Cancelled;
      if (last || fullDisk(error)) throw error;
    }
  }
}

async function fetchFrom(
  url: string,
  file: RemoteFile,
  path: string,
  options: FetchOptions,
): Promise<void> {
  const part = new PartFile(path);
  const resumed = (await part.bytes()) > 0;
  const hashes = await attemptOften(url, file, part, options);
  const wrong = wrongHash(file, hashes) ?? (await checkPin(file, hashes));
  if (wrong !== undefined) {
    await part.remove();
    // The damage may lie in what an earlier run left.
    if (resumed) return fetchFrom(url, file, path, options);
    throw new FileFormatError(url, wrong.kind, wrong.expected, wrong.found, {
      advice: "it changed or was damaged on the way; try again",
    });
  }
  await rename(part.path, path);
  await part.forgetSource();
  await pin(file, hashes);
  await noteChecked(path);
}

async function attemptOften(
  url: string,
  file: RemoteFile,
  part: PartFile,
  options: FetchOptions,
): Promise<{ sha256: string; md5: string }> {
  const { signal, stallMs = 15_000, attempts = 5 } = options;
  const token = file.tokenVariable === undefined ? undefined : process.env[file.tokenVariable];
  const progress = (total: number) => reporter(options, basename(file.path), total, "bytes");
  for (let fruitless = 0, have = await part.bytes(); ;) {
    try {
      return await receive({ file, url, part, stallMs, signal, token, progress });
    } catch (error) {
      if (signal?.aborted === true) throw new Cancelled(`the download of ${file.path}`);
      const now = await part.bytes();
      fruitless = now > have ? 1 : fruitless + 1;
      have = now;
      if (fruitless >= attempts || !mayGoBetter(error)) {
        // What cannot be added to later is of no use.
        if ((await part.source()) === undefined) await part.remove();
        throw failure(url, error);
      }
      await waitBefore(fruitless, error, url, options);
    }
  }
}

/** Anything but a final answer may be a fault of the moment. */
function mayGoBetter(error: unknown): boolean {
  return !fullDisk(error) && (error instanceof AttemptFailed ? error.again : true);
}

async function waitBefore(
  fruitless: number,
  error: unknown,
  url: string,
  { signal, retryMs = 500, longestWaitMs = 120_000 }: FetchOptions,
): Promise<void> {
  const asked = error instanceof AttemptFailed ? error.waitMs : undefined;
  if (asked !== undefined && asked > longestWaitMs) {
    const advice = `the server asks to come back in ${Math.ceil(asked / 60_000)} minutes; what has come is kept`;
    throw new DownloadFailed(url, reasonOf(error), { cause: error, advice });
  }
  const wait = asked ?? Math.min(30_000, retryMs * 2 ** (fruitless - 1));
  await sleep(wait, undefined, { signal }).catch(() => {
    throw new Cancelled(`the download from ${url}`);
  });
}

function failure(url: string, error: unknown): DownloadFailed {
  if (fullDisk(error))
    return new DownloadFailed(url, "the disk is full", {
      cause: error,
      advice: "make room and run it again: it goes on where it stopped",
    });
  const stalled = /TimeoutError$/.test((error as Error).name);
  const reason = stalled ? "nothing came for too long" : reasonOf(error);
  const advice = error instanceof AttemptFailed ? error.advice : undefined;
  return new DownloadFailed(url, reason, { cause: error, advice });
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
