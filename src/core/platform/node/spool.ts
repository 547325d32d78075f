import { mkdtemp, open, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiskFull } from "../../disk-errors.ts";
import type { Spool } from "../../spool.ts";

/**
 * A spool in the system's folder for temporary files, which nobody else can open. Where the system lets an open file go,
 * it has no name from the beginning, and is gone whatever ends the process.
 *
 * @param expectedBytes - what will be put into it; refused at once where there is no room for it.
 * @throws DiskFull.
 */
export async function openSpool(expectedBytes = 0): Promise<Spool> {
  await checkRoom(tmpdir(), expectedBytes);
  const folder = await mkdtemp(join(tmpdir(), "tsrsa-spool-"));
  const file = join(folder, "rows");
  const handle = await open(file, "wx+", 0o600);
  await rm(folder, { recursive: true, force: true }).catch(() => {});
  let end = 0;
  return {
    append: async (bytes) => {
      try {
        for (let done = 0; done < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, end + done);
          done += bytesWritten;
        }
      } catch (cause) {
        throw (cause as NodeJS.ErrnoException).code === "ENOSPC"
          ? new DiskFull(file, { cause })
          : cause;
      }
      end += bytes.length;
    },
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new RangeError(`the spool ends before ${offset + length}`);
        done += bytesRead;
      }
      return bytes;
    },
    close: async () => {
      await handle.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Throws `DiskFull` where fewer bytes are free; a system that does not tell has room. */
async function checkRoom(folder: string, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined || disk.bavail * disk.bsize >= bytes) return;
  const cause = new Error(
    `${(bytes / 1e9).toFixed(1)} GB are wanted, ${((disk.bavail * disk.bsize) / 1e9).toFixed(1)} GB are free`,
  );
  throw new DiskFull(folder, { cause });
}
