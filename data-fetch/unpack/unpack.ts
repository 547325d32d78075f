import { thing } from "../../src/core/gate/kinds.ts";
import { checkedFolder } from "../../src/core/gate/path.ts";
import { checkOptions, type OptionNames } from "../../src/core/gate/options.ts";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { createHash, randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { writeError } from "../../src/core/disk-errors.ts";
import { FileFormatError } from "../../src/core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../../src/core/job.ts";
import { openSource } from "../../src/core/open-source.ts";
import { reporter } from "../../src/core/progress.ts";
import type { Unpacking } from "../data-set.ts";
import { withLock, type HeldLock } from "../download/lock.ts";
import { gzMembers } from "./gz-members.ts";
import { readManifest, writeManifest, type Manifest, type UnpackedFile } from "./manifest.ts";
import type { ArchiveMember } from "./member.ts";
import { MemberGuard, type UnpackLimits } from "./member-guard.ts";
import { tarMembers } from "./tar-members.ts";
import { zipMembers } from "./zip-members.ts";

/** How an archive is unpacked. */
export interface UnpackOptions extends UnpackLimits, Pick<JobOptions, "signal" | "onProgress"> {}

const unpackNames: OptionNames<UnpackOptions> = {
  maxEntries: true,
  maxTotalBytes: true,
  maxRatio: true,
  signal: true,
  onProgress: true,
};

const isUnpacking = thing("how it is packed, as { format }", "format");

/**
 * Unpack an archive into a folder. Members are written beside it first, and moved to their names only when the whole
 * archive was read without a fault; a manifest then says what came from it, and a second call does nothing.
 * Refused: members outside the folder, links, devices, names that occur twice (whatever their case), bombs, wrong
 * checksums. Throws `FileFormatError`, `Cancelled`.
 *
 * @param archive - path of the archive.
 * @param folder - where the members go.
 * @param how - format, and which part of the archive to take.
 * @returns the files, relative to `folder`, with their sizes and SHA-256.
 *
 * @example
 * import { unpack } from "tsrsa/data";
 * const unpackFaces = (archive: string) => unpack(archive, "faces", { format: "zip", below: "data" });
 */
export async function unpack(
  archive: string,
  folder: string,
  how: Unpacking,
  options: UnpackOptions = {},
): Promise<readonly UnpackedFile[]> {
  checkOptions(options, unpackNames);
  isUnpacking(how, "how");
  const name = basename(checkedFolder(archive, "archive"));
  const staging = join(checkedFolder(folder), `.unpacking-${name}`);
  const work = async (lock: HeldLock) => {
    await removeLeftovers(staging);
    const own = `${staging}-${randomBytes(6).toString("hex")}`;
    return unpackBeside({ archive, folder, staging: own, how, options, lock });
  };
  return withLock(staging, work, { signal: options.signal }).catch((error: unknown) => {
    throw writeError(folder, error);
  });
}

interface Task {
  readonly archive: string;
  readonly folder: string;
  /** Where members are written until all are read; nobody else's. */
  readonly staging: string;
  readonly how: Unpacking;
  readonly options: UnpackOptions;
  readonly lock: HeldLock;
}

async function unpackBeside(task: Task): Promise<readonly UnpackedFile[]> {
  const { archive, folder, staging, how, options, lock } = task;
  const source = await openSource(archive);
  try {
    const before = await readManifest(folder, archive);
    if (before !== undefined && (await allThere(folder, before, source.size))) return before.files;
    const guard = new MemberGuard(archive, source.size, options);
    const members =
      how.format === "zip"
        ? zipMembers(source, options)
        : how.format === "gz"
          ? gzMembers(archive)
          : tarMembers(archive);
    const files = await writeAll(members, guard, task);
    if (files.length === 0)
      throw new FileFormatError(archive, "members", `files below ${how.below ?? "it"}`, "none");
    await lock.check();
    for (const { path } of files) await moveInto(staging, folder, path);
    await writeManifest(folder, archive, { archiveBytes: source.size, files });
    return files;
  } catch (error) {
    throw writeError(folder, error);
  } finally {
    await source.close();
    await rm(staging, { recursive: true, force: true });
  }
}

/** What a process that was killed had begun; whoever holds the lock may remove it. */
async function removeLeftovers(staging: string): Promise<void> {
  const [folder, name] = [dirname(staging), basename(staging)];
  const entries = await readdir(folder).catch(() => []);
  const left = entries.filter(
    (entry) => entry === name || (entry.startsWith(`${name}-`) && /-[0-9a-f]{12}$/.test(entry)),
  );
  for (const entry of left) await rm(join(folder, entry), { recursive: true, force: true });
}

async function allThere(folder: string, manifest: Manifest, archiveBytes: number) {
  if (manifest.archiveBytes !== archiveBytes) return false;
  for (const { path, bytes } of manifest.files) {
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found?.size !== bytes) return false;
  }
  return true;
}

async function writeAll(
  members: AsyncIterable<ArchiveMember>,
  guard: MemberGuard,
  { staging, how, archive, options, lock }: Task,
): Promise<UnpackedFile[]> {
  const files: UnpackedFile[] = [];
  const line = reporter(options, `unpacking ${basename(archive)}`, Infinity, "bytes");
  let total = 0;
  for await (const member of members) {
    throwIfCancelled(options.signal, `unpacking ${archive}`);
    if (lock.signal.aborted) await lock.check();
    const path = pathOf(member, how);
    guard.check(member, path !== undefined);
    if (member.kind !== "file" || path === undefined) continue;
    const most = how.format === "gz" ? guard.mostBytes() : member.bytes;
    const tell = (bytes: number) => line.update((total += bytes));
    files.push(await writeMember(member, most, join(staging, path), path, archive, tell));
  }
  line.finish();
  return files;
}

/** Where a member goes; undefined when it is not below the part that is wanted. */
function pathOf({ name }: ArchiveMember, { below, into }: Unpacking): string | undefined {
  const clean = name.replace(/^(\.\/)+/, "");
  const prefix = below === undefined ? "" : `${below}/`;
  if (!clean.startsWith(prefix)) return undefined;
  return join(into ?? ".", clean.slice(prefix.length));
}

async function writeMember(
  member: ArchiveMember,
  most: number,
  target: string,
  path: string,
  archive: string,
  tell: (bytes: number) => void,
): Promise<UnpackedFile> {
  await mkdir(dirname(target), { recursive: true });
  const handle = await open(target, "w");
  const hash = createHash("sha256");
  let [bytes, sum] = [0, 0];
  try {
    for await (const chunk of member.content()) {
      bytes += chunk.length;
      if (bytes > most)
        throw new FileFormatError(archive, `${member.name}: size`, `${most} bytes`, "more");
      if (member.crc32 !== undefined) sum = crc32(chunk, sum);
      hash.update(chunk);
      await handle.writeFile(chunk);
      tell(chunk.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  checkWhole(member, bytes, sum, archive);
  return { path: path.replaceAll("\\", "/"), bytes, sha256: hash.digest("hex") };
}

function checkWhole(member: ArchiveMember, bytes: number, sum: number, archive: string): void {
  if (member.bytes !== 0 && bytes !== member.bytes)
    throw new FileFormatError(archive, `${member.name}: size`, `${member.bytes}`, `${bytes}`);
  if (member.crc32 !== undefined && sum !== member.crc32)
    throw new FileFormatError(archive, `${member.name}: CRC-32`, `${member.crc32}`, `${sum}`, {
      advice: "the archive is damaged; download it again",
    });
}

async function moveInto(staging: string, folder: string, path: string): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await rename(join(staging, path), target);
}
