/** Where files are kept beyond the life of a page. */
export interface FileKeeper {
  /** The bytes of a file that was kept; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The paths of all files that were kept in a folder and in those below. */
  below(folder: string): Promise<string[]>;
}

/** What lies in a folder. */
export interface MemoryEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The files of a page: bytes by their path, as `/notebook/rdm.npy`. */
export class MemoryFiles {
  readonly #files = new Map<string, Uint8Array | Blob>();
  readonly #keeper: FileKeeper | undefined;

  constructor(keeper?: FileKeeper) {
    this.#keeper = keeper;
  }

  /** The bytes of a file, from where it is kept when it is not in memory. */
  async read(path: string): Promise<Uint8Array | undefined> {
    const here = this.#files.get(path);
    if (here instanceof Blob) return new Uint8Array(await here.arrayBuffer());
    if (here !== undefined || this.#keeper === undefined) return here;
    const kept = await this.#keeper.read(path);
    if (kept !== undefined) this.#files.set(path, kept);
    return kept;
  }

  /** A file that the user gave, which may be larger than memory; undefined for any other. */
  given(path: string): Blob | undefined {
    const here = this.#files.get(path);
    return here instanceof Blob ? here : undefined;
  }

  write(path: string, content: Uint8Array | Blob): void {
    this.#files.set(path, content);
  }

  /** Removes a file, or a folder with all in it. */
  remove(path: string): void {
    for (const each of this.below(path)) this.#files.delete(each);
    this.#files.delete(path);
  }

  /** Gives a file, or all files of a folder, another place. */
  rename(from: string, to: string): boolean {
    const moved = [...this.below(from), ...(this.#files.has(from) ? [from] : [])];
    for (const each of moved) {
      const bytes = this.#files.get(each);
      if (bytes !== undefined) this.#files.set(to + each.slice(from.length), bytes);
      this.#files.delete(each);
    }
    return moved.length > 0;
  }

  /** The paths of all files in memory in a folder and in those below. */
  below(folder: string): string[] {
    return [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`));
  }

  /** What lies in a folder, in memory or kept; undefined when nothing does. */
  async list(folder: string): Promise<MemoryEntry[] | undefined> {
    const found = new Map<string, boolean>();
    for (const path of [...this.below(folder), ...((await this.#keeper?.below(folder)) ?? [])]) {
      const [name, ...rest] = path.slice(folder.length + 1).split("/");
      found.set(name, rest.length > 0 || found.get(name) === true);
    }
    if (found.size === 0) return undefined;
    return [...found].map(([name, isFolder]) => ({ name, isFolder }));
  }
}

let inUse: MemoryFiles | undefined;

/** Lets paths mean files in memory, where a page has no others. */
export function useMemoryFiles(files: MemoryFiles): void {
  inUse = files;
}

/** The files in memory, where they are in use. */
export function memoryFiles(): MemoryFiles | undefined {
  return inUse;
}

/** A path as the files in memory know it; undefined for an address. */
export function memoryPath(path: string | URL): string | undefined {
  if (inUse === undefined || path instanceof URL || /^[a-z][a-z\d+.-]+:/i.test(path))
    return undefined;
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `/notebook/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
