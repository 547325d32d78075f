import type { KernelConnection } from "../kernel/connection.ts";
import { NotebookDocument } from "../notebook/document.ts";
import { indexOf } from "../notebook/edits.ts";
import { exercisesOf, handIn, setupOf } from "../notebook/exercises.ts";
import { readNotebookFile } from "../notebook/notebook-file.ts";
import { renderBundle } from "../output/render.ts";
import { Freshness } from "../run/freshness.ts";
import type { RunListener } from "../run/notebook-run.ts";
import { NotebookRun } from "../run/notebook-run.ts";
import type { SaveState } from "../run/saver.ts";
import { Saver } from "../run/saver.ts";
import type { NotebookStore, StoredText } from "../store/store.ts";
import { widgetView } from "../widgets/view.ts";
import { ask, askText, showWindow } from "./dialog.ts";
import type { FileKind } from "../notebook/as-file.ts";
import { asFile } from "../notebook/as-file.ts";
import { download } from "./download.ts";
import { button, element } from "./element.ts";
import { FindBar } from "./find-bar.ts";
import { keyName, KeyMap } from "./keys.ts";
import { nextLook } from "./look.ts";
import { notebookKeys } from "./notebook-keys.ts";
import { NotebookView } from "./notebook-view.ts";
import { pictureBeside } from "./picture.ts";
import { keysTable } from "./keys-table.ts";
import { Toolbar } from "./toolbar.ts";
import { VariablesView } from "./variables-view.ts";
import { notebookAddress } from "./files-view.ts";

export interface NotebookPageOptions {
  readonly path: string;
  readonly stored: StoredText;
  readonly store: NotebookStore;
  /** Opens the way to the kernel of a notebook, which may get another name meanwhile. */
  readonly connect: (path: () => string) => KernelConnection;
  readonly onFiles: () => void;
  readonly say: (words: string) => void;
}

/** An open notebook: its cells, its kernel, its file, and the bars around them. */
export class NotebookPage {
  readonly element = element("main", { class: "notebook" });
  readonly #options: NotebookPageOptions;
  readonly #document: NotebookDocument;
  readonly #run: NotebookRun;
  readonly #view: NotebookView;
  readonly #saver: Saver;
  readonly #freshness: Freshness;
  readonly #toolbar: Toolbar;
  readonly #find: FindBar;
  readonly #variables: VariablesView;
  readonly #banner = element("div", { class: "banner", role: "alert", hidden: true });
  #keepsFresh = false;

  constructor(options: NotebookPageOptions) {
    this.#options = options;
    const { path, stored, store, connect } = options;
    const file = readNotebookFile(path, stored.text);
    this.#document = new NotebookDocument(file.cells);
    this.#saver = new Saver(path, { file, ...stored }, this.#document, store, (state) =>
      this.#onSave(state),
    );
    this.#toolbar = new Toolbar(this.#commands(), path);
    this.#run = new NotebookRun(
      this.#document,
      connect(() => this.#saver.path),
      this.#runListener(),
    );
    this.#freshness = new Freshness(
      this.#document,
      () => this.#run.ran,
      (sources) => store.names(sources),
      () => this.#onFresh(),
    );
    this.#view = new NotebookView(this.#document, {
      ask: (type, content) => this.#run.client.request(type, content),
      pictureOf: (address) => pictureBeside(address, this.#saver.path, store),
      widget: (id) => this.#widget(id),
      phase: (id) => this.#run.phase(id),
      stale: (id) => this.#freshness.stale.get(id),
      run: (ids) => this.#runWithSetup(ids),
      interrupt: () => this.#run.interrupt(),
    });
    this.#find = new FindBar(
      this.#document,
      ({ id, from, to }) => this.#view.showText(id, from, to),
      () => this.#view.leaveEditor(),
    );
    this.#variables = new VariablesView(
      (expression) => this.#run.client.evaluate(expression),
      () => this.#names(),
    );
    this.#variables.element.hidden = true;
    this.element.append(this.#find.element, this.#banner, this.#view.element, this.#adders());
    this.#listen();
    this.#toolbar.showExercises(exercisesOf(this.#document.cells));
  }

  get toolbar(): HTMLElement {
    return this.#toolbar.element;
  }

  get side(): HTMLElement {
    return this.#variables.element;
  }

  get path(): string {
    return this.#saver.path;
  }

  /** The file has another name now. */
  renamed(to: string): void {
    this.#saver.path = to;
    this.#toolbar.showPath(to);
    history.replaceState(undefined, "", notebookAddress(to));
    document.title = to;
  }

  #listen(): void {
    this.#document.onChange((change) => {
      if (change.type !== "outputs" || this.path.endsWith(".ipynb"))
        this.#saver.changed({
          isForeign: change.type === "outputs" && this.#run.isForeign(change.id),
        });
      if (change.type !== "outputs") this.#freshness.later();
    });
    const keys = new KeyMap(notebookKeys(this.#view, this.#commands()));
    document.addEventListener("keydown", (event) => this.#onKey(event, keys), { capture: true });
    window.addEventListener("focus", () => void this.#look());
    window.addEventListener("beforeunload", (event) => {
      if (!this.#saver.isDirty) return;
      void this.#saver.save();
      event.preventDefault();
    });
  }

  #onKey(event: KeyboardEvent, keys: KeyMap): void {
    const target = event.target as HTMLElement;
    if (document.querySelector("dialog[open]") !== null) return;
    const isInEditor = target.closest(".cm-editor") !== null;
    const isInField = !isInEditor && target.closest("input, select, textarea, a, button") !== null;
    const name = keyName(event);
    // Space and Enter press a button; letters in a field are letters.
    if (isInField && !/^Ctrl\+|^Shift\+Enter$|^Alt\+/.test(name)) return;
    const action = keys.find(name, isInEditor, event.timeStamp);
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action.run();
  }

  #commands() {
    const codeIds = (): string[] =>
      this.#document.cells.filter(({ kind }) => kind === "code").map(({ id }) => id);
    return {
      runAll: () => this.#run.run(codeIds()),
      runAbove: () => {
        const at = indexOf(this.#document.cells, this.#view.selected);
        const above = this.#document.cells.slice(0, at).map(({ id }) => id);
        this.#run.run(above);
      },
      runSelected: () => this.#view.runSelected("next"),
      runStale: () => this.#runStale(),
      keepFresh: (on: boolean) => {
        this.#keepsFresh = on;
        if (on) this.#runStale();
      },
      interrupt: () => this.#run.interrupt(),
      restart: () => void this.#restart(false),
      restartAndRun: () => void this.#restart(true),
      save: () => {
        void this.#saver.save();
        void this.#look();
      },
      find: () => this.#find.open(),
      help: () => showWindow("Keys", keysTable(notebookKeys(this.#view, this.#commands()))),
      saveLook: () => this.#options.say(`look: ${nextLook()}`),
      print: () => window.print(),
      handIn: () =>
        download(
          `${this.#plainName}-results.json`,
          handIn(this.path, this.#document.cells, this.#saver.text()),
        ),
      download: (kind: FileKind) =>
        void asFile(this.#document.cells, kind).then((text) =>
          download(`${this.#plainName}.${kind}`, text),
        ),
      ...(this.#options.store.revert === undefined ? {} : { revert: () => void this.#revert() }),
      variables: () => this.#toggleVariables(),
      files: () => this.#options.onFiles(),
      add: (kind: "code" | "markdown") => this.#view.add(kind, 1, { edit: true }),
      undo: () => this.#view.undo(),
      rename: () => void this.#rename(),
    };
  }

  #runListener(): RunListener {
    return {
      onPhase: (cell) => {
        this.#view?.showPhase(cell);
        this.#toolbar.showBusy(this.#run?.isBusy === true);
        if (this.#run?.isBusy !== true) this.#onQuiet();
      },
      onRemarks: (cell, remarks) => this.#view.showRemarks(cell, remarks),
      onQuestion: (cell, prompt, isPassword, answer) =>
        this.#view.ask(cell, prompt, isPassword, answer),
      onPage: (data) => {
        const shown = renderBundle(data, { widget: () => undefined });
        if (shown !== undefined) showWindow("Help", shown);
      },
      onConnection: (state) => this.#toolbar.showConnection(state),
      onNewKernel: () => {
        this.#options.say("the kernel is new: its variables are gone, what the cells showed stays");
        this.#freshness.later();
      },
      onSaved: (version) => void this.#othersVersion(version),
      onModel: () => this.#view?.redrawOutputs(),
    };
  }

  /** An exercise may be tried before what it needs was run. */
  #runWithSetup(ids: readonly string[]): void {
    const { cells } = this.#document;
    const hasRun = (id: string): boolean => this.#run.ran.has(id);
    this.#run.run(ids.flatMap((id) => [...setupOf(cells, id, hasRun), id]));
  }

  #onQuiet(): void {
    this.#toolbar.showExercises(exercisesOf(this.#document.cells));
    this.#freshness?.later();
    if (this.#variables?.element.hidden === false) void this.#variables.show();
  }

  #onFresh(): void {
    this.#view.showPhases();
    this.#toolbar.showStale(this.#freshness.stale.size);
    if (this.#keepsFresh && !this.#run.isBusy && !this.#view.isEditing) this.#runStale();
  }

  #runStale(): void {
    const { stale } = this.#freshness;
    const ids = this.#document.cells.map(({ id }) => id);
    // A cell whose input only the kernel has would find the same again.
    this.#run.run(ids.filter((id) => stale.has(id) && stale.get(id)?.why !== "deleted"));
  }

  async #restart(thenRun: boolean): Promise<void> {
    const words = "Restart the kernel? Its variables are lost; what the cells showed stays.";
    const yes = thenRun ? "Restart and run all" : "Restart";
    if ((await ask(words, [yes, "Cancel"])) !== yes) return;
    this.#run.restart();
    if (thenRun) this.#run.afterRestart(() => this.#commands().runAll());
  }

  #names(): string[] {
    const { cells } = this.#document;
    return cells
      .filter(({ id }) => this.#run.ran.has(id))
      .flatMap(({ source }) => [...this.#freshness.namesOf(source).writes]);
  }

  /** The name of the file, without folder and ending. */
  get #plainName(): string {
    const last = this.path.split("/").at(-1);
    return last?.replace(/\.\w+$/, "") ?? "notebook";
  }

  async #revert(): Promise<void> {
    const words =
      "Drop all that you changed in this notebook? Download it first to keep it; what cells computed stays.";
    if ((await ask(words, ["Revert", "Cancel"])) !== "Revert") return;
    await this.#options.store.revert?.(this.path);
    await this.#reread();
  }

  #toggleVariables(): void {
    const { element: panel } = this.#variables;
    panel.hidden = !panel.hidden;
    if (!panel.hidden) void this.#freshness.look().then(() => this.#variables.show());
  }

  #widget(id: string): HTMLElement | undefined {
    const model = this.#run.models.get(id);
    if (model === undefined) return undefined;
    return widgetView(model, (to, data) =>
      this.#run.client.comm("comm_msg", { comm_id: to, data }),
    );
  }

  #adders(): HTMLElement {
    const { add } = this.#commands();
    const addLast = (kind: "code" | "markdown") => () => {
      this.#view.select(this.#document.cells.at(-1)?.id ?? "");
      add(kind);
    };
    return element(
      "div",
      { class: "adders" },
      button("+ code", "Code cell at the end", addLast("code")),
      button("+ text", "Text cell at the end", addLast("markdown")),
    );
  }

  async #rename(): Promise<void> {
    const from = this.path;
    const to = await askText(`New name of ${from}`, from);
    if (to === undefined || to === from) return;
    try {
      await this.#saver.save();
      await this.#options.store.rename(from, to);
      this.renamed(to);
    } catch (error) {
      this.#options.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Looks whether another program wrote the file, when the user comes back to this page. */
  async #look(): Promise<void> {
    const found = await this.#options.store.read(this.path).catch(() => undefined);
    if (found !== undefined) await this.#othersVersion(found.version);
  }

  /** Another wrote the file: what has no changes of its own follows, all else asks. */
  async #othersVersion(version: string): Promise<void> {
    if (version === this.#saver.version || this.#saver.state.state === "saving") return;
    if (this.#saver.hasOwn) return void this.#saver.save();
    await this.#reread();
  }

  async #reread(): Promise<void> {
    const stored = await this.#options.store.read(this.path);
    const file = readNotebookFile(this.path, stored.text);
    const kept = new Map(this.#document.cells.map((cell) => [cell.id, cell]));
    // A script keeps no outputs: what cells of the same text showed is still theirs.
    const cells = file.cells.map((cell) => {
      const before = kept.get(cell.id);
      if (file.keepsOutputs || before?.source !== cell.source) return cell;
      return { ...cell, outputs: before.outputs, executionCount: before.executionCount };
    });
    this.#saver.reread(file, stored.text, stored.version);
    this.#document.replaceAll(cells);
    this.#saver.reread(file, stored.text, stored.version);
  }

  #onSave(state: SaveState): void {
    this.#toolbar.showSave(state);
    this.#banner.hidden = state.state !== "conflict";
    if (state.state !== "conflict") return;
    this.#banner.replaceChildren(
      element("span", {}, `${state.reason}. Nothing of yours was written yet. `),
      button("Show theirs", "Drop the changes made here", () => void this.#reread()),
      button("Keep mine", "Write over the other version", () => void this.#saver.keepMine()),
      button("Save mine as a copy", "Save under another name", () => void this.#saveCopy()),
    );
  }

  async #saveCopy(): Promise<void> {
    const name = await askText("Name of the copy", this.path.replace(/(\.\w+)$/, "-mine$1"));
    if (name === undefined) return;
    try {
      await this.#options.store.write(name, this.#saver.text(), undefined);
      this.#options.say(`your version is ${name}`);
      await this.#reread();
    } catch (error) {
      this.#options.say(error instanceof Error ? error.message : String(error));
    }
  }
}
