import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiskFull } from "../../disk-errors.ts";
import type { Spool } from "../../spool.ts";

/** A spool in the system's folder for temporary files. Throws `DiskFull` when that is full. */
export async function openSpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "tsrsa-spool-"));
  const file = join(folder, "rows");
  const handle = await open(file, "wx+", 0o600);
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
