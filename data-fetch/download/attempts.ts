import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Cancelled } from "../../src/core/errors.ts";
import { reporter } from "../../src/core/progress.ts";
import type { RemoteFile } from "../data-set.ts";
import { fullDisk } from "./disk-room.ts";
import { AttemptFailed, DownloadFailed, reasonOf } from "./errors.ts";
import type { FetchOptions } from "./fetch-options.ts";
import type { PartFile } from "./part-file.ts";
import { receive, type Received } from "./receive.ts";

/** Ask an address until the file is here or no further attempt would go better. Throws `DownloadFailed`, `Cancelled`. */
export async function attemptOften(
  url: string,
  file: RemoteFile,
  part: PartFile,
  options: FetchOptions,
): Promise<Received> {
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

/** What an attempt that failed means for who wanted the file. */
export function failure(url: string, error: unknown): DownloadFailed {
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
