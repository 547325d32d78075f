import { createHash, randomBytes } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { copyFile, open, readFile, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { replacePath } from "#platform/files";
import { writeText } from "../../src/core/write-text.ts";
import { AttemptFailed } from "./errors.ts";
import { isLive, parseOwner, thisProcess, type Owner } from "./lock-owner.ts";

/** Where the bytes of an unfinished download come from: only the same source may add to them. */
export interface PartSource {
  readonly url: string;
  /** ETag or date of change, by which the server tells whether the file is still the same. */
  readonly validator: string;
}

/** The hashes of a file, and which file of the disk had them. */
export interface HashedPart {
  readonly sha256: string;
  readonly md5: string;
  readonly state: string;
}

/**
 * An unfinished download beside its final name: the bytes, and a note of where they come from. No two processes ever
 * write into one file of the disk, even when one of them lost its lock without knowing it.
 */
export class PartFile {
  readonly path: string;

  constructor(finalPath: string) {
    this.path = `${finalPath}.part`;
  }

  /** Number of bytes that are there. */
  async bytes(): Promise<number> {
    return stat(this.path).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** Where the bytes come from; undefined when they cannot be added to. */
  async source(): Promise<PartSource | undefined> {
    return parseNote(await this.#note());
  }

  /** Make what an earlier run left our own: a copy of it where its writer may still be at work. */
  async claim(): Promise<void> {
    const note = await this.#note();
    const writer = parseOwner(note);
    const ended = writer !== undefined && (isOurs(writer) || !isLive(writer));
    if (ended || !(await isRegular(this.path))) return;
    const copy = `${this.path}-${randomBytes(6).toString("hex")}`;
    try {
      await copyFile(this.path, copy, constants.COPYFILE_FICLONE);
      await rename(copy, this.path);
    } finally {
      await rm(copy, { force: true });
    }
    const source = parseNote(note);
    if (source !== undefined) await this.#writeNote(source);
  }

  /** Begin anew, from this source; without a validator the download cannot be resumed. */
  async begin({ url, validator }: { url: string; validator?: string }): Promise<void> {
    // A new file of the disk: whoever still writes into the old one harms nobody.
    if (await isRegular(this.path)) await rm(this.path, { force: true });
    await (await open(this.path, "a")).close();
    if (validator === undefined) await this.forgetSource();
    else await this.#writeNote({ url, validator });
  }

  async append(): Promise<FileHandle> {
    return open(this.path, "a");
  }

  /** The hashes of the bytes that lie on the disk, whoever wrote them. */
  async hashes(): Promise<HashedPart> {
    const [sha256, md5] = [createHash("sha256"), createHash("md5")];
    const state = await stateOf(this.path);
    for await (const chunk of createReadStream(this.path, { highWaterMark: 1 << 20 })) {
      sha256.update(chunk as Buffer);
      md5.update(chunk as Buffer);
    }
    return { sha256: sha256.digest("hex"), md5: md5.digest("hex"), state };
  }

  /** Give the file its final name, if it is still the one that was hashed. */
  async publish(finalPath: string, { state }: HashedPart): Promise<void> {
    await replacePath(finalPath, async (part) => {
      await this.#checkState(this.path, state);
      const moved = await move(this.path, part);
      // Under that name nobody else finds it: what it is now, it stays.
      await this.#checkState(moved ? part : this.path, state);
    });
    await this.remove();
  }

  async remove(): Promise<void> {
    await Promise.all([rm(this.path, { force: true }), this.forgetSource()]);
  }

  async forgetSource(): Promise<void> {
    await rm(this.#notePath(), { force: true });
  }

  async #checkState(path: string, expected: string): Promise<void> {
    if ((await stateOf(path)) === expected) return;
    throw new AttemptFailed(`${this.path} was changed by another process`, true);
  }

  async #note(): Promise<string> {
    return readFile(this.#notePath(), "utf8").catch(() => "");
  }

  async #writeNote(source: PartSource): Promise<void> {
    const note = JSON.stringify({ ...source, ...thisProcess() });
    await writeText(this.#notePath(), note, { durable: false });
  }

  #notePath(): string {
    return `${this.path}.json`;
  }
}

/** True when moved; a link may lead to another disk, and then it is a copy. */
async function move(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
      await copyFile(from, to);
      return false;
    },
  );
}

/** A device is written into, as everywhere; only a file can be put anew. */
async function isRegular(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Which file of the disk it is, and when it was changed. */
async function stateOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(" ");
}

function isOurs({ pid, host }: Owner): boolean {
  const ours = thisProcess();
  return pid === ours.pid && host === ours.host;
}

function parseNote(text: string): PartSource | undefined {
  try {
    const note = JSON.parse(text) as Partial<PartSource> | null;
    const { url, validator } = note ?? {};
    return typeof url === "string" && typeof validator === "string"
      ? { url, validator }
      : undefined;
  } catch {
    return undefined;
  }
}
