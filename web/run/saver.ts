import type { NotebookDocument } from "../notebook/document.ts";
import type { NotebookFile } from "../notebook/file-form.ts";
import type { NotebookStore } from "../store/store.ts";
import { StoreError } from "../store/store.ts";

/** Where a notebook stands with its file. */
export type SaveState =
  | { readonly state: "saved" | "unsaved" | "saving" }
  /** Another program or tab wrote the file meanwhile. */
  | { readonly state: "conflict"; readonly reason: string }
  | { readonly state: "failed"; readonly reason: string };

const quietMs = 1000;
const longestMs = 10_000;
/** What another tab made is that tab's to save; only when it is gone does it fall to this one. */
const foreignMs = 15_000;

/** Saves a notebook a second after its last change, and never over a change that it has not seen. */
export class Saver {
  readonly #document: NotebookDocument;
  readonly #store: NotebookStore;
  readonly #onState: (state: SaveState) => void;
  #file: NotebookFile;
  #version: string | undefined;
  #written: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changedAt: number | undefined;
  #hasOwn = false;
  #saving: Promise<void> = Promise.resolve();
  state: SaveState = { state: "saved" };
  path: string;

  constructor(
    path: string,
    read: { file: NotebookFile; text: string; version: string },
    document: NotebookDocument,
    store: NotebookStore,
    onState: (state: SaveState) => void,
  ) {
    this.path = path;
    this.#file = read.file;
    this.#written = read.text;
    this.#version = read.version;
    this.#document = document;
    this.#store = store;
    this.#onState = onState;
  }

  get version(): string | undefined {
    return this.#version;
  }

  /** True when there is something that the file has not. */
  get isDirty(): boolean {
    return this.state.state !== "saved";
  }

  /** True when this tab has changes that no other has. */
  get hasOwn(): boolean {
    return this.isDirty && this.#hasOwn;
  }

  /** Something changed; it is saved soon, or later when another tab made it and will save it. */
  changed({ isForeign = false } = {}): void {
    if (this.state.state === "conflict") return;
    if (this.state.state !== "saving") this.#set({ state: "unsaved" });
    clearTimeout(this.#timer);
    if (isForeign && !this.#hasOwn) {
      this.#timer = setTimeout(() => void this.save(), foreignMs);
      return;
    }
    this.#hasOwn = true;
    this.#changedAt ??= Date.now();
    const left = this.#changedAt + longestMs - Date.now();
    this.#timer = setTimeout(() => void this.save(), Math.max(0, Math.min(quietMs, left)));
  }

  /** Saves now. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#save());
    await this.#saving;
  }

  /** The file was read again. */
  reread(file: NotebookFile, text: string, version: string): void {
    clearTimeout(this.#timer);
    this.#file = file;
    this.#written = text;
    this.#version = version;
    this.#changedAt = undefined;
    this.#hasOwn = false;
    this.#set({ state: "saved" });
  }

  /** Writes over what another wrote. */
  async keepMine(): Promise<void> {
    const { version } = await this.#store.read(this.path).catch((error: unknown) => {
      if (error instanceof StoreError && error.status === 404) return { version: undefined };
      throw error;
    });
    this.#version = version;
    this.#written = "";
    this.#set({ state: "unsaved" });
    await this.save();
  }

  /** The text of the file as it would be written now. */
  text(): string {
    return this.#file.write(this.#document.cells);
  }

  async #save(): Promise<void> {
    if (this.state.state === "conflict") return;
    const text = this.text();
    this.#changedAt = undefined;
    this.#hasOwn = false;
    if (text === this.#written) return this.#set({ state: "saved" });
    this.#set({ state: "saving" });
    try {
      this.#version = await this.#store.write(this.path, text, this.#version);
      this.#written = text;
      this.#set({ state: "saved" });
      // What was typed meanwhile set the timer again.
      if (this.#changedAt !== undefined) this.changed();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof StoreError && (error.status === 412 || error.status === 409))
      return this.#set({ state: "conflict", reason });
    this.#hasOwn = true;
    this.#set({ state: "failed", reason });
    // A server that was away, or a full disk, may be back.
    this.#timer = setTimeout(() => void this.save(), 5000);
  }

  #set(state: SaveState): void {
    this.state = state;
    this.#onState(state);
  }
}
