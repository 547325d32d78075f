import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import {
  access,
  constants,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { InTheWay, writeError } from "../../../disk-errors.ts";
import { InvalidArgument } from "../../../errors.ts";
import { toPath } from "./to-path.ts";

/** How a file is replaced. */
export interface ReplaceOptions {
  /** False for what a power cut may take: nobody waits for the disk then. Default true. */
  readonly durable?: boolean;
}

/** Writers of one path, one after the other: the last that came has the last word. */
const queues = new Map<string, Promise<void>>();

/**
 * Have a file written under another name; it gets its own when that is done and on the disk. Until then, and whenever
 * writing fails, the old file stays. Its mode is kept, a symbolic link is followed, and what is no regular file (a
 * device, a pipe) is written into and not replaced. Throws `DiskFull`, `NotAllowed`, `InTheWay`.
 */
export async function replaceFile(
  path: string | URL,
  write: (part: string) => Promise<void>,
  { durable = true }: ReplaceOptions = {},
): Promise<void> {
  const name = resolve(toPath(path));
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() => replace(name, write, durable));
  queues.set(name, mine);
  try {
    await mine;
  } catch (error) {
    throw writeError(name, error);
  } finally {
    if (queues.get(name) === mine) queues.delete(name);
  }
}

async function replace(
  name: string,
  write: (part: string) => Promise<void>,
  durable: boolean,
): Promise<void> {
  const old = await stat(name).catch(() => undefined);
  if (old?.isDirectory() === true) throw new InTheWay(name, "folder");
  if (old !== undefined && (!old.isFile() || isSpecial(name))) return writeInto(name, write);
  const target = await linkTarget(name);
  if (old !== undefined) await access(target, constants.W_OK);
  await mkdir(dirname(target), { recursive: true });
  await withPart(dirname(target), basename(target), old, async (part) => {
    await write(part);
    if (durable) await syncPath(part);
    await rename(part, target);
    // Not every system lets a folder be synced.
    if (durable) await syncPath(dirname(target), "r").catch(() => {});
  });
}

const mostLinks = 40;

/** Standard output under its own name may be a regular file: others hold it open. */
function isSpecial(name: string): boolean {
  return /^\/(dev|proc)\//.test(name);
}

/** Where a link leads, also one whose target is not there yet. */
async function linkTarget(name: string, hops = 0): Promise<string> {
  const found = await realpath(name).catch(() => undefined);
  if (found !== undefined) return found;
  const link = await readlink(name).catch(() => undefined);
  if (link === undefined) return name;
  if (hops === mostLinks) throw new InvalidArgument("path", name, "its links lead in a circle");
  return linkTarget(resolve(dirname(name), link), hops + 1);
}

async function writeInto(name: string, write: (part: string) => Promise<void>): Promise<void> {
  await withPart(tmpdir(), basename(name), undefined, async (part) => {
    await write(part);
    await pipeline(createReadStream(part), createWriteStream(name, { flags: "a" }));
  });
}

/** A new file of a name that nobody else has, with the old one's rights; it is gone afterwards. */
async function withPart(
  folder: string,
  name: string,
  old: Stats | undefined,
  work: (part: string) => Promise<void>,
): Promise<void> {
  const part = join(folder, `${name.slice(0, 48)}.part-${randomBytes(8).toString("hex")}`);
  const handle = await open(part, "wx", old === undefined ? 0o666 : 0o600);
  try {
    try {
      if (old !== undefined) {
        await handle.chown(old.uid, old.gid).catch(() => {});
        await handle.chmod(old.mode & 0o777);
      }
    } finally {
      await handle.close();
    }
    await work(part);
  } finally {
    await rm(part, { force: true });
  }
}

async function syncPath(path: string, flags = "r+"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
