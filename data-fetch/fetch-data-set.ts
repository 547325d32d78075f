import { checkOptions, type OptionNames } from "../src/core/gate/options.ts";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { MissingFile, Unsupported } from "../src/core/errors.ts";
import { dataDir } from "./data-dir.ts";
import type { DataSet, RemoteFile } from "./data-set.ts";
import { DownloadFailed } from "./download/errors.ts";
import { fetchFile, isFetched, type FetchOptions, fetchNames } from "./download/fetch-file.ts";
import { withLock } from "./download/lock.ts";
import { readManifest } from "./unpack/manifest.ts";
import { unpack } from "./unpack/unpack.ts";

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
  const path = await fetchFile(file, folder, ofDownload(options));
  if (file.unpack === undefined) return;
  const how = file.unpack;
  await withLock(
    path,
    async () => {
      if (await isDone(folder, file)) return;
      await unpack(path, folder, how, {
        signal: options.signal,
        onProgress: options.onProgress,
      });
      await rm(path, { force: true });
    },
    options.signal,
  );
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
