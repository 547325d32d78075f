import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileFormatError, TsrsaError } from "../src/core/errors.ts";
import type { RemoteFile } from "./data-set.ts";
import { verifyFile } from "./verify.ts";

/** The file could not be downloaded: no connection, or the server refused. */
export class DownloadFailed extends TsrsaError {
  readonly code = "DOWNLOAD_FAILED";
  constructor(
    readonly url: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `could not download ${url}: ${reason}; check the connection, or download it by hand and pass its folder`,
    );
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** How a download is made. */
export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Gives up when no byte has come for so long. Default 15 s. */
  readonly stallMs?: number;
}

/**
 * Fetch a file whose size and SHA-256 are known. It gets its name only when both are right; a file that is there
 * already and right is left alone. Throws `DownloadFailed`, or `FileFormatError` when what came is not the file.
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
  const path = join(folder, file.path);
  if (await verifyFile(path, file)) return path;
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part-${process.pid}`;
  try {
    const sha256 = await download(file, part, options);
    if (sha256 !== file.sha256)
      throw new FileFormatError(file.url, "SHA-256", file.sha256, sha256, {
        advice: "it changed or was damaged on the way; try again",
      });
    await rename(part, path);
    return path;
  } finally {
    await rm(part, { force: true });
  }
}

async function download(
  file: RemoteFile,
  part: string,
  { signal, stallMs = 15_000 }: FetchOptions,
): Promise<string> {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  const hash = createHash("sha256");
  let bytes = 0;
  const watch = new Transform({
    transform: (chunk: Buffer, _, done) => {
      timer = restart(timer, stall, stallMs);
      bytes += chunk.length;
      hash.update(chunk);
      done(
        bytes > file.bytes
          ? new Error(`it sends more than the ${file.bytes} bytes of the file`)
          : null,
        chunk,
      );
    },
  });
  try {
    const signals = AbortSignal.any(signal === undefined ? [stall.signal] : [stall.signal, signal]);
    const response = await fetch(file.url, { signal: signals });
    if (!response.ok || response.body === null)
      throw new Error(`the server answered ${response.status}`);
    await pipeline(Readable.from(response.body), watch, createWriteStream(part), {
      signal: signals,
    });
  } catch (cause) {
    throw new DownloadFailed(
      file.url,
      stall.signal.aborted ? `nothing came for ${stallMs / 1000} s` : reasonOf(cause),
      { cause },
    );
  } finally {
    clearTimeout(timer);
  }
  return hash.digest("hex");
}

function restart(timer: NodeJS.Timeout, stall: AbortController, stallMs: number): NodeJS.Timeout {
  clearTimeout(timer);
  return setTimeout(() => stall.abort(), stallMs);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return error.message + cause;
}
