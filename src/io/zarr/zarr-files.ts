import { isAbsent, realPath } from "#platform/files";
import type { ByteSource } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile } from "../../core/errors.ts";
import { isAddress } from "../../core/http/address.ts";
import { shownAddress } from "../../core/http/shown-address.ts";
import { openSource } from "../../core/open-source.ts";

/** A store: a folder of this disk or a server, or files in memory by their keys, as `group/array/zarr.json`. */
export type ZarrInput = string | URL | ReadonlyMap<string, Uint8Array>;

/** What DataLad and git-annex link to: files of a data set lie there. */
const ANNEX = "/.git/annex/objects/";

/** Files of a store by key, which begins with `/`. */
export class ZarrFiles {
  readonly name: string;
  readonly #input: ZarrInput;
  readonly #signal: AbortSignal | undefined;
  #home: Promise<string> | undefined;

  constructor(input: ZarrInput, signal?: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
    this.name = input instanceof Map ? "(store in memory)" : shown(input as string | URL);
  }

  /** What a file is called in messages. */
  nameOf(key: string): string {
    return `${this.name}${key}`;
  }

  /** All of a file, of at most `most` bytes; undefined where there is none. */
  async whole(key: string, most: number): Promise<Uint8Array | undefined> {
    const source = await this.open(key);
    if (source === undefined) return undefined;
    try {
      if (source.size > most)
        throw new FileFormatError(source.name, "size", `at most ${most} bytes`, `${source.size}`);
      return await source.read(0, source.size);
    } finally {
      await source.close();
    }
  }

  /**
   * Open a file; undefined where there is none. What a server refuses, a link that leads nowhere and what is no file are no
   * missing files: chunks that are there would be taken for the fill value.
   */
  async open(key: string): Promise<ByteSource | undefined> {
    const input = this.#input;
    if (input instanceof Map) {
      const bytes = (input as ReadonlyMap<string, Uint8Array>).get(key.slice(1));
      return bytes && openSource(bytes);
    }
    const path = under(input as string | URL, key);
    try {
      const source = await openSource(path, this.#signal);
      if (!isAddress(path)) await this.#checkWithin(source, path);
      return source;
    } catch (error) {
      const isMissing = error instanceof MissingFile;
      if (isMissing && (isAddress(path) || (await isAbsent(path)))) return undefined;
      throw error;
    }
  }

  /** Throws `FileFormatError` for a link out of the store. */
  async #checkWithin(source: ByteSource, path: string | URL): Promise<void> {
    this.#home ??= realPath(this.#input as string | URL);
    const [home, found] = [await this.#home, await realPath(path)].map((one) =>
      one.replaceAll("\\", "/"),
    );
    if (found.startsWith(`${home.replace(/\/$/, "")}/`) || found.includes(ANNEX)) return;
    await source.close();
    throw new FileFormatError(source.name, "link", "a file of the store", found, {
      advice: "copy the file to its place if you trust the store",
    });
  }
}

/** The path or address of a file in a folder; what an address has behind `?` stays there. */
function under(input: string | URL, key: string): string | URL {
  if (typeof input === "string" && !/^(https?|file):/i.test(input))
    return input.replace(/\/+$/, "") + key;
  const url = new URL(input);
  url.pathname =
    url.pathname.replace(/\/+$/, "") + key.split("/").map(encodeURIComponent).join("/");
  return url;
}

function shown(input: string | URL): string {
  return (isAddress(input) ? shownAddress(input) : String(input)).replace(/\/+$/, "");
}
