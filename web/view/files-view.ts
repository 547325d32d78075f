import type { Entry, NotebookStore } from "../store/store.ts";
import { StoreError } from "../store/store.ts";
import { ask, askText } from "./dialog.ts";
import { newNotebook } from "../notebook/new-notebook.ts";
import { button, element } from "./element.ts";
import { sizeText } from "./words.ts";

/** The address at which a notebook opens. */
export function notebookAddress(path: string): string {
  return `?${new URLSearchParams({ path }).toString()}`;
}

/** The files of the lab's folder: open, new, rename, upload, download. */
export class FilesView {
  readonly element = element("nav", { class: "files", "aria-label": "files" });
  readonly #store: NotebookStore;
  readonly #onRenamed: (from: string, to: string) => void;
  readonly #say: (words: string) => void;
  #folder = "";

  constructor(
    store: NotebookStore,
    onRenamed: (from: string, to: string) => void,
    say: (words: string) => void,
  ) {
    this.#store = store;
    this.#onRenamed = onRenamed;
    this.#say = say;
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      void this.#upload([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** Shows a folder. */
  async show(folder = this.#folder): Promise<void> {
    try {
      const listing = await this.#store.list(folder);
      this.#folder = folder;
      this.element.replaceChildren(
        this.#head(listing.folder),
        element(
          "ul",
          {},
          ...(folder === "" ? [] : [this.#up()]),
          ...listing.entries.map((entry) => this.#row(entry, listing.running.includes(entry.path))),
        ),
      );
      if (listing.entries.length === 0)
        this.element.append(element("p", { class: "note" }, "nothing here yet"));
    } catch (error) {
      this.#fail(error);
    }
  }

  #head(full: string): HTMLElement {
    const picker = element("input", { type: "file", multiple: true, hidden: true });
    picker.addEventListener("change", () => void this.#upload([...(picker.files ?? [])]));
    const name = this.#folder === "" ? (full.split(/[/\\]/).at(-1) ?? full) : this.#folder;
    return element(
      "header",
      {},
      element("h2", { title: full }, name),
      button("New", "New notebook", () => void this.#create()),
      button("Upload", "Upload files; they can be dropped here too", () => picker.click()),
      picker,
    );
  }

  #up(): HTMLElement {
    const above = this.#folder.split("/").slice(0, -1).join("/");
    const open = button("..", "The folder above", () => void this.show(above));
    return element("li", { class: "folder" }, open);
  }

  #row(entry: Entry, isRunning: boolean): HTMLElement {
    const { name, path, kind, bytes } = entry;
    if (kind === "folder")
      return element(
        "li",
        { class: kind },
        button(`${name}/`, name, () => void this.show(path)),
      );
    const size = element("span", { class: "size" }, sizeText(bytes));
    const download = element(
      "a",
      { href: this.#store.downloadAddress(path), download: name, title: "Download" },
      "↓",
    );
    download.setAttribute("aria-label", `Download ${name}`);
    if (kind === "file")
      return element("li", { class: kind }, element("span", {}, name), size, download);
    const link = element("a", { href: notebookAddress(path), class: "name" }, name);
    return element(
      "li",
      { class: kind },
      link,
      isRunning ? this.#stopButton(entry) : undefined,
      size,
      button("✎", `Rename ${name}`, () => void this.#rename(entry)),
      download,
    );
  }

  #stopButton({ name, path }: Entry): HTMLElement {
    const title = `The kernel of ${name} runs; end it`;
    return button("●", title, () => void this.#end(name, path), { class: "running" });
  }

  async #end(name: string, path: string): Promise<void> {
    const question = `End the kernel of ${name}? Its variables are lost, the notebook stays.`;
    if ((await ask(question, ["End it", "Cancel"])) !== "End it") return;
    await this.#try(() => this.#store.end(path));
  }

  async #create(): Promise<void> {
    const name = await askText("Name of the new notebook (.ipynb, or .ts)", "untitled.ipynb");
    if (name === undefined) return;
    const full = /\.(ipynb|ts)$/.test(name) ? name : `${name}.ipynb`;
    const path = this.#inFolder(full);
    await this.#try(async () => {
      await this.#store.write(path, newNotebook(full), undefined);
      location.assign(notebookAddress(path));
    });
  }

  async #rename({ name, path }: Entry): Promise<void> {
    const wanted = await askText(`New name of ${name}`, name);
    if (wanted === undefined || wanted === name) return;
    const to = this.#inFolder(wanted);
    await this.#try(async () => {
      await this.#store.rename(path, to);
      this.#onRenamed(path, to);
    });
  }

  async #upload(files: readonly File[]): Promise<void> {
    for (const file of files) await this.#try(() => this.#uploadOne(file));
  }

  async #uploadOne(file: File): Promise<void> {
    const path = this.#inFolder(file.name);
    this.#say(`uploading ${file.name} …`);
    try {
      await this.#store.upload(path, file);
    } catch (error) {
      if (!(error instanceof StoreError) || error.details.mayReplace !== true) throw error;
      const question = `${file.name} is there already. Write over it?`;
      if ((await ask(question, ["Write over it", "Cancel"])) !== "Write over it") return;
      await this.#store.upload(path, file, { replace: true });
    }
    this.#say(`${file.name} is beside the notebooks now`);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      await this.show();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#say(error instanceof Error ? error.message : String(error));
  }

  #inFolder(name: string): string {
    return this.#folder === "" ? name : `${this.#folder}/${name}`;
  }
}
