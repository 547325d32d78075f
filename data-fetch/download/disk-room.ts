import { statfs } from "node:fs/promises";
import type { RemoteFile } from "../data-set.ts";
import { DownloadFailed } from "./errors.ts";
import { PartFile } from "./part-file.ts";
import { join } from "node:path";

/** Throws before anything is asked when the disk cannot hold what is left to fetch. */
export async function checkRoom(file: RemoteFile, folder: string): Promise<void> {
  if (file.bytes === undefined) return;
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined) return;
  const room = disk.bavail * disk.bsize;
  const needed = file.bytes - (await new PartFile(join(folder, file.path)).bytes());
  if (needed <= room) return;
  const reason = `it needs ${megabytes(needed)} and the disk has ${megabytes(room)} free`;
  throw new DownloadFailed(file.url, reason, {
    advice: "make room, or put the data elsewhere with TSRSA_DATA_DIR",
  });
}

/** True when writing failed because the disk or the user's share of it is full. */
export function fullDisk(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (code === "ENOSPC" || code === "EDQUOT") return true;
  return cause !== undefined && cause !== null && fullDisk(cause);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
