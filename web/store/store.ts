import type { Json } from "../json.ts";

/** What lies in a folder. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: "folder" | "notebook" | "file";
  readonly bytes: number;
  readonly changed: string;
}

export interface Listing {
  /** The folder's full path, for the title. */
  readonly folder: string;
  readonly entries: readonly Entry[];
  /** Paths of notebooks whose kernels run. */
  readonly running: readonly string[];
}

export interface StoredText {
  readonly text: string;
  readonly version: string;
}

/** The names of other cells that a cell reads, those it writes, and which of these by an import alone. */
export interface CellNames {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly imports: readonly string[];
}

/** Where the notebooks lie. */
export interface NotebookStore {
  list(folder: string): Promise<Listing>;
  read(path: string): Promise<StoredText>;
  /** Writes a notebook that still is of `version`, or one that is not there yet; returns the new version. Throws `StoreError`. */
  write(path: string, text: string, version: string | undefined): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  /** Puts a file of the user beside the notebooks. Throws `StoreError` with `mayReplace` when there is one. */
  upload(path: string, file: Blob, options?: { replace?: boolean }): Promise<void>;
  /** The address from which a file is downloaded. */
  downloadAddress(path: string): string;
  /** What each cell reads and writes. */
  names(sources: readonly string[]): Promise<readonly CellNames[]>;
  /** Back to what was published; where there is nothing published, none. */
  revert?(path: string): Promise<void>;
  /** Ends the kernel of a notebook. */
  end(path: string): Promise<void>;
}

/** What could not be done, in words for the user. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    message: string,
    readonly status: number,
    readonly details: Json = {},
  ) {
    super(message);
  }
}
