import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rm, stat, truncate, writeFile, type FileHandle } from "node:fs/promises";

/** Where the bytes of an unfinished download come from: only the same source may add to them. */
export interface PartSource {
  readonly url: string;
  /** ETag or date of change, by which the server tells whether the file is still the same. */
  readonly validator: string;
}

/** An unfinished download beside its final name: the bytes, and a note of where they come from. */
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
    const text = await readFile(this.#notePath(), "utf8").catch(() => "");
    return parseNote(text);
  }

  /** Begin anew, from this source; without a validator the download cannot be resumed. */
  async begin(source: Partial<PartSource>): Promise<void> {
    await writeFile(this.path, "");
    if (source.validator === undefined) await rm(this.#notePath(), { force: true });
    else await writeFile(this.#notePath(), JSON.stringify(source));
  }

  /** Cut to this many bytes. */
  async cut(bytes: number): Promise<void> {
    await truncate(this.path, bytes);
  }

  async append(): Promise<FileHandle> {
    return open(this.path, "a");
  }

  /** The hashes of the bytes that lie on the disk, whoever wrote them. */
  async hashes(): Promise<{ sha256: string; md5: string }> {
    const [sha256, md5] = [createHash("sha256"), createHash("md5")];
    for await (const chunk of createReadStream(this.path, { highWaterMark: 1 << 20 })) {
      sha256.update(chunk as Buffer);
      md5.update(chunk as Buffer);
    }
    return { sha256: sha256.digest("hex"), md5: md5.digest("hex") };
  }

  async remove(): Promise<void> {
    await Promise.all([rm(this.path, { force: true }), this.forgetSource()]);
  }

  async forgetSource(): Promise<void> {
    await rm(this.#notePath(), { force: true });
  }

  #notePath(): string {
    return `${this.path}.json`;
  }
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
