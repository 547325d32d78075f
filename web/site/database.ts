/** What the browser keeps of a site: edited notebooks, and files of the user. */
export interface KeptEdit {
  readonly path: string;
  readonly text: string;
  /** Changes with each saving. */
  readonly version: string;
  /** The version of the published notebook that was edited; undefined for one of the user's own. */
  readonly published: string | undefined;
}

export interface KeptFile {
  readonly path: string;
  readonly file: Blob;
  readonly changed: string;
}

const stores = ["edits", "files"] as const;
type StoreName = (typeof stores)[number];

/** A database of the browser, for the site that lies below an address. */
export class SiteDatabase {
  readonly #open: Promise<IDBDatabase>;

  constructor(site: string) {
    this.#open = new Promise((resolve, reject) => {
      const request = indexedDB.open(`tsrsa ${site}`, 1);
      request.onupgradeneeded = () => {
        for (const name of stores) request.result.createObjectStore(name, { keyPath: "path" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("this browser keeps nothing"));
    });
  }

  edit(path: string): Promise<KeptEdit | undefined> {
    return this.#ask("edits", "readonly", (store) => store.get(path));
  }

  edits(): Promise<KeptEdit[]> {
    return this.#ask("edits", "readonly", (store) => store.getAll());
  }

  files(): Promise<KeptFile[]> {
    return this.#ask("files", "readonly", (store) => store.getAll());
  }

  file(path: string): Promise<KeptFile | undefined> {
    return this.#ask("files", "readonly", (store) => store.get(path));
  }

  async keepFile(kept: KeptFile): Promise<void> {
    await this.#ask("files", "readwrite", (store) => store.put(kept));
  }

  async forgetEdit(path: string): Promise<void> {
    await this.#ask("edits", "readwrite", (store) => store.delete(path));
  }

  /** Keeps an edit in the place of the one of version `before`; false when another tab has kept another since. */
  async keepEdit(edit: KeptEdit, before: string | undefined): Promise<boolean> {
    const database = await this.#open;
    const transaction = database.transaction("edits", "readwrite");
    const store = transaction.objectStore("edits");
    const now = await answer<KeptEdit | undefined>(store.get(edit.path));
    if (now?.version !== before && now?.text !== edit.text) return false;
    await answer(store.put(edit));
    return true;
  }

  async #ask<T>(
    name: StoreName,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest,
  ): Promise<T> {
    const database = await this.#open;
    return answer<T>(work(database.transaction(name, mode).objectStore(name)));
  }
}

function answer<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error ?? new Error("the browser kept nothing"));
  });
}
