import { checkOptions, type OptionNames } from "../src/core/gate/options.ts";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileFormatError, MissingFile, Unsupported } from "../src/core/errors.ts";
import { checkSet } from "./checked-set.ts";
import { dataDir } from "./data-dir.ts";
import type { DataSet, RemoteFile, Unpacking } from "./data-set.ts";
import { DownloadFailed } from "./download/errors.ts";
import { fetchFile, isFetched } from "./download/fetch-file.ts";
import { fetchNames, type FetchOptions } from "./download/fetch-options.ts";
import { withLock } from "./download/lock.ts";
import { pin } from "./download/pins.ts";
import { readManifest } from "./unpack/manifest.ts";
import { unpack } from "./unpack/unpack.ts";
import { sha256Of, verifyFile } from "./verify.ts";

const atOnce = 3;

/** How a data set is fetched. */
export interface FetchDataSetOptions extends FetchOptions {
  /** Where to. Default: the data set's own folder in the data folder. */
  readonly folder?: string;
  /** Only say what would be fetched. Default false. */
  readonly dryRun?: boolean;
}

/** One file of a data set, and whether it was there already. */
export interface FetchedFile {
  readonly path: string;
  readonly url: string;
  readonly bytes?: number;
  readonly there: boolean;
}

/** What fetching a data set did, or would do. */
export interface FetchReport {
  readonly folder: string;
  readonly files: readonly FetchedFile[];
}

const fetchDataSetNames: OptionNames<FetchDataSetOptions> = {
  ...fetchNames,
  folder: true,
  dryRun: true,
};

/**
 * Fetch the real data of a set, check them, and unpack archives; what is there already is left alone.
 * `TSRSA_OFFLINE` keeps it from asking anything of the network.
 * Throws `Unsupported` for sets that cannot be fetched (the message says how to get them), `DownloadFailed`,
 * `FileFormatError`, `Cancelled`, and `MissingFile` when the archive does not hold what it should.
 *
 * @example
 * import { fetchDataSet, findDataSet } from "tsrsa/data";
 * const whatIsMissing = () => fetchDataSet(findDataSet("meg-faces"), { dryRun: true });
 */
export async function fetchDataSet(
  set: DataSet,
  options: FetchDataSetOptions = {},
): Promise<FetchReport> {
  checkOptions(options, fetchDataSetNames);
  checkSet(set);
  const folder = options.folder ?? join(dataDir(), set.name);
  const files = await filesOf(set, options);
  const states = await Promise.all(
    files.map(async (file) => ({
      path: file.path,
      url: file.url,
      bytes: file.bytes,
      there: await isDone(folder, file),
    })),
  );
  if (options.dryRun !== true) {
    refuseOffline(states);
    const todo = files.filter((_, at) => !states[at].there);
    await inParallel(todo, (file) => fetchOne(file, folder, options));
    await checkExpected(set, folder);
  }
  return { folder, files: states };
}

async function filesOf(set: DataSet, { signal }: FetchOptions): Promise<readonly RemoteFile[]> {
  const files = set.listFiles === undefined ? set.files : await set.listFiles({ signal });
  if (files.length > 0) return files;
  throw new Unsupported(`${set.name} cannot be fetched automatically`, set.instructions);
}

function refuseOffline(states: readonly FetchedFile[]): void {
  const missing = states.find((file) => !file.there);
  if (missing !== undefined && process.env.TSRSA_OFFLINE !== undefined)
    throw new DownloadFailed(missing.url, "TSRSA_OFFLINE is set");
}

async function isDone(folder: string, file: RemoteFile): Promise<boolean> {
  if (file.unpack === undefined) return isFetched(join(folder, file.path), file);
  const manifest = await readManifest(folder, file.path);
  if (manifest === undefined) return false;
  const there = await Promise.all(
    manifest.files.map(({ path, bytes }) => isThere(join(folder, path), bytes)),
  );
  return there.every(Boolean);
}

async function isThere(path: string, bytes?: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === (bytes ?? found.size);
}

async function fetchOne(file: RemoteFile, folder: string, options: FetchOptions): Promise<void> {
  const path = join(folder, file.path);
  for (let asked = 1; ; asked++) {
    const laidThere = await isThere(path);
    await fetchFile(file, folder, ofDownload(options));
    if (file.unpack === undefined) return;
    const mayKeep = asked > 1 ? undefined : laidThere ? "aside" : "not";
    if (await unpackOne(file, folder, file.unpack, options, mayKeep)) return;
  }
}

/**
 * Unpack a fetched archive, record what its hash was, and remove it. False when it is damaged and should be asked for
 * again: it is then removed, or put aside where it lay there before us.
 */
async function unpackOne(
  file: RemoteFile,
  folder: string,
  how: Unpacking,
  options: FetchOptions,
  damaged: "aside" | "not" | undefined,
): Promise<boolean> {
  const path = join(folder, file.path);
  const { signal, onProgress } = options;
  const work = async () => {
    if (await isDone(folder, file)) return true;
    // Another process found it damaged.
    if (!(await isThere(path))) return false;
    try {
      await unpack(path, folder, how, { signal, onProgress });
    } catch (error) {
      if (!(error instanceof FileFormatError) || (await isPublished(path, file))) throw error;
      if (damaged === "aside") await rename(path, `${path}.damaged`);
      else await rm(path, { force: true });
      if (damaged === undefined) throw error;
      return false;
    }
    if (file.sha256 === undefined) await pin(file, { sha256: await sha256Of(path) });
    await rm(path, { force: true });
    return true;
  };
  return withLock(path, work, { signal });
}

/** True when it is what its publisher meant it to be: asking again would bring the same. */
async function isPublished(path: string, file: RemoteFile): Promise<boolean> {
  if (file.sha256 === undefined && file.md5 === undefined) return false;
  return verifyFile(path, file);
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker));
}

async function checkExpected(set: DataSet, folder: string): Promise<void> {
  for (const path of set.expects) {
    if (await isThere(join(folder, path))) continue;
    const advice = `everything was fetched and it is not there: the archive may have changed; ${set.instructions}`;
    throw new MissingFile(join(folder, path), advice);
  }
}

function ofDownload(options: FetchDataSetOptions): FetchOptions {
  const { stallMs, attempts, retryMs, longestWaitMs, signal, onProgress } = options;
  return { stallMs, attempts, retryMs, longestWaitMs, signal, onProgress };
}
