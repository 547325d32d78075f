import type { ByteSource } from "../../core/byte-source.ts";
import { MissingFile } from "../../core/errors.ts";
import { isAddress } from "../../core/http/address.ts";
import { openSource } from "../../core/open-source.ts";

/** A store: a folder of this disk or a server, or files in memory by their keys, as `group/array/zarr.json`. */
export type ZarrInput = string | URL | ReadonlyMap<string, Uint8Array>;

/** Files of a store by key, which begins with `/`. */
export class ZarrFiles {
  readonly name: string;
  readonly #input: ZarrInput;
  readonly #signal: AbortSignal | undefined;

  constructor(input: ZarrInput, signal?: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
    this.name = input instanceof Map ? "(store in memory)" : shown(input as string | URL);
  }

  /** What a file is called in messages. */
  nameOf(key: string): string {
    return `${this.name}${key}`;
  }

  /** Open a file; undefined where there is none. What a server refuses is no missing file. */
  async open(key: string): Promise<ByteSource | undefined> {
    if (this.#input instanceof Map) {
      const bytes = (this.#input as ReadonlyMap<string, Uint8Array>).get(key.slice(1));
      return bytes && openSource(bytes);
    }
    try {
      return await openSource(under(this.#input as string | URL, key), this.#signal);
    } catch (error) {
      if (error instanceof MissingFile) return undefined;
      throw error;
    }
  }
}

/** The path or address of a file in a folder; what an address has behind `?` stays there. */
function under(input: string | URL, key: string): string | URL {
  if (!isAddress(input) && typeof input === "string") return input.replace(/\/+$/, "") + key;
  const url = new URL(input);
  url.pathname =
    url.pathname.replace(/\/+$/, "") + key.split("/").map(encodeURIComponent).join("/");
  return url;
}

function shown(input: string | URL): string {
  const text = String(input);
  return (
    isAddress(input) ? text.replace(/\?.*$/s, "").replace(/\/\/[^/@]*@/, "//") : text
  ).replace(/\/+$/, "");
}
