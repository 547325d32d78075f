import type { CellNames, Listing, NotebookStore, StoredText } from "./store.ts";
import { StoreError } from "./store.ts";

/** The notebooks of a lab's folder, by its server. */
export class HttpStore implements NotebookStore {
  readonly #tab: string;
  readonly #fetch: typeof fetch;

  /** `tab` is told to the server, so that a tab does not hear of what it saved itself. */
  constructor(tab: string, fetcher: typeof fetch = (...args) => fetch(...args)) {
    this.#tab = tab;
    this.#fetch = fetcher;
  }

  list(folder: string): Promise<Listing> {
    return this.#ask("GET", "list", { folder });
  }

  read(path: string): Promise<StoredText> {
    return this.#ask("GET", "notebook", { path });
  }

  async write(path: string, text: string, version: string | undefined): Promise<string> {
    const match: Record<string, string> =
      version === undefined ? { "If-None-Match": "*" } : { "If-Match": `"${version}"` };
    const query = { path, tab: this.#tab };
    const written = await this.#ask<{ version: string }>("PUT", "notebook", query, text, match);
    return written.version;
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#ask("POST", "rename", { from, to });
  }

  async upload(path: string, file: Blob, { replace = false } = {}): Promise<void> {
    await this.#ask("POST", "upload", { path, replace: replace ? "yes" : "no" }, file);
  }

  downloadAddress(path: string): string {
    return `api/download?${new URLSearchParams({ path }).toString()}`;
  }

  names(sources: readonly string[]): Promise<readonly CellNames[]> {
    return this.#ask("POST", "names", {}, JSON.stringify({ sources }));
  }

  async end(path: string): Promise<void> {
    await this.#ask("POST", "end", { path });
  }

  async #ask<T>(
    method: string,
    route: string,
    query: Record<string, string>,
    body?: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const address = `api/${route}?${new URLSearchParams(query).toString()}`;
    const response = await this.#fetch(address, { method, body, headers }).catch(() => {
      throw new StoreError("the lab does not answer; is tsrsa lab still running?", 0);
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json") === true;
    const value = isJson ? ((await response.json()) as T) : undefined;
    if (response.ok && value !== undefined) return value;
    const { reason, ...details } = (value ?? {}) as { reason?: string };
    throw new StoreError(reason ?? (await response.text()), response.status, details);
  }
}
