import type { CellNames, Entry, Listing, NotebookStore, StoredText } from "../store/store.ts";
import { StoreError } from "../store/store.ts";
import type { KeptEdit, SiteDatabase } from "./database.ts";
import type { SiteFile } from "./site-file.ts";

/** What the store asks of the kernel in the page. */
export interface StoreKernel {
  names(sources: readonly string[]): Promise<readonly CellNames[]>;
  giveFile(path: string, file: Blob): void;
}

/** The notebooks of a site: as published, or as this browser keeps them edited, and the files of the user. */
export class SiteStore implements NotebookStore {
  readonly #site: SiteFile;
  readonly #base: URL;
  readonly #database: SiteDatabase;
  readonly #addresses = new Map<string, string>();
  /** The kernel of the open notebook, once there is one. */
  kernel: StoreKernel | undefined;

  constructor(site: SiteFile, base: URL, database: SiteDatabase) {
    this.#site = site;
    this.#base = base;
    this.#database = database;
  }

  async list(): Promise<Listing> {
    const [edits, files] = await Promise.all([this.#database.edits(), this.#database.files()]);
    const own = edits.filter(({ path }) => !this.#isPublished(path));
    const entries: Entry[] = [
      ...this.#site.notebooks.map(({ name, bytes }) => entryOf(`${name}.ipynb`, "notebook", bytes)),
      ...own.map(({ path, text }) => entryOf(path, "notebook", text.length)),
      ...files.map(({ path, file }) => entryOf(path, "file", file.size)),
    ];
    for (const { path, text } of own) this.#noteAddress(path, new Blob([text]));
    for (const { path, file } of files) this.#noteAddress(path, file);
    return { folder: this.#site.title, entries, running: [] };
  }

  async read(path: string): Promise<StoredText> {
    const edit = await this.#database.edit(path);
    if (edit !== undefined) return { text: edit.text, version: edit.version };
    const text = await this.#published(path);
    return { text, version: publishedVersion(text) };
  }

  /** True when this browser keeps an edited version. */
  async isEdited(path: string): Promise<boolean> {
    return (await this.#database.edit(path)) !== undefined;
  }

  /** True when a newer version was published than the one that was edited here. */
  async isOutdated(path: string): Promise<boolean> {
    const edit = await this.#database.edit(path);
    if (edit?.published === undefined) return false;
    return edit.published !== publishedVersion(await this.#published(path));
  }

  async write(path: string, text: string, version: string | undefined): Promise<string> {
    const edit = await this.#database.edit(path);
    const isOwn = !this.#isPublished(path);
    if (version === undefined && (edit !== undefined || !isOwn))
      throw new StoreError(`there is a file ${path} already`, 409);
    const published = isOwn
      ? undefined
      : (edit?.published ?? publishedVersion(await this.#published(path)));
    // What was read as published has no edit yet.
    const before = version !== undefined && version.startsWith("p") ? undefined : version;
    const made: KeptEdit = { path, text, published, version: `e${randomName()}` };
    if (!(await this.#database.keepEdit(made, before)))
      throw new StoreError(`${path} was changed in another tab since it was opened here`, 412);
    void navigator.storage?.persist?.().catch(() => false);
    return made.version;
  }

  /** Back to the published version. */
  async revert(path: string): Promise<void> {
    await this.#database.forgetEdit(path);
  }

  async rename(from: string, to: string): Promise<void> {
    if (this.#isPublished(from))
      throw new StoreError(`${from} is this site's and keeps its name; download it instead`, 403);
    const { text } = await this.read(from);
    await this.write(to, text, undefined);
    await this.#database.forgetEdit(from);
  }

  async upload(path: string, file: Blob, { replace = false } = {}): Promise<void> {
    if (/\.ipynb$/.test(path)) {
      const { version } = await this.read(path).catch(() => ({ version: undefined }));
      if (version !== undefined && !replace)
        throw new StoreError(`${path} is there already`, 409, { mayReplace: true });
      await this.write(path, await file.text(), version);
      return;
    }
    if (!replace && (await this.#database.file(path)) !== undefined)
      throw new StoreError(`${path} is there already`, 409, { mayReplace: true });
    await this.#database.keepFile({ path, file, changed: new Date().toISOString() });
    this.kernel?.giveFile(path, file);
  }

  downloadAddress(path: string): string {
    return this.#addresses.get(path) ?? new URL(encodeURI(path), this.#base).href;
  }

  async names(sources: readonly string[]): Promise<readonly CellNames[]> {
    return this.kernel?.names(sources) ?? [];
  }

  async end(): Promise<void> {}

  /** Gives the kernel the files that earlier visits left. */
  async giveFiles(kernel: StoreKernel): Promise<void> {
    for (const { path, file } of await this.#database.files()) kernel.giveFile(path, file);
  }

  #isPublished(path: string): boolean {
    return this.#site.notebooks.some(({ name }) => `${name}.ipynb` === path);
  }

  async #published(path: string): Promise<string> {
    if (!this.#isPublished(path)) throw new StoreError(`there is no notebook ${path}`, 404);
    const executed = path.replace(/\.ipynb$/, ".executed.ipynb");
    const response = await fetch(new URL(encodeURI(executed), this.#base));
    if (!response.ok) throw new StoreError(`${path} could not be read`, response.status);
    return response.text();
  }

  #noteAddress(path: string, blob: Blob): void {
    if (!this.#addresses.has(path)) this.#addresses.set(path, URL.createObjectURL(blob));
  }
}

function entryOf(path: string, kind: Entry["kind"], bytes: number): Entry {
  return { name: path, path, kind, bytes, changed: "" };
}

function randomName(): string {
  return crypto.getRandomValues(new Uint32Array(2)).join("");
}

/** A short name for a text: FNV-1a, for which no secure origin is needed. */
function publishedVersion(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `p${(hash >>> 0).toString(16)}-${text.length}`;
}
