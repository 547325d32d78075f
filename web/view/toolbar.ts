import type { ConnectionState } from "../kernel/connection.ts";
import type { ExerciseState } from "../notebook/exercises.ts";
import type { SaveState } from "../run/saver.ts";
import type { FileKind } from "../notebook/as-file.ts";
import { button, element } from "./element.ts";
import { saveText } from "./words.ts";

/** What the buttons above a notebook do. */
export interface ToolbarCommands {
  files(): void;
  rename(): void;
  runSelected(): void;
  runAll(): void;
  runAbove(): void;
  runStale(): void;
  keepFresh(on: boolean): void;
  interrupt(): void;
  restart(): void;
  restartAndRun(): void;
  undo(): void;
  find(): void;
  variables(): void;
  saveLook(): void;
  print(): void;
  handIn(): void;
  help(): void;
  download(kind: FileKind): void;
  /** Back to what was published; where nothing is, none. */
  readonly revert?: () => void;
}

/** The bar above a notebook: its name, what can be done, and how it stands. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #name: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #stale: HTMLButtonElement;
  readonly #exercises: HTMLButtonElement;
  readonly #save = element("span", { class: "save" });
  readonly #kernel = element("span", { class: "kernel" });
  #connection: ConnectionState = "starting";
  #isBusy = false;

  constructor(commands: ToolbarCommands, path: string) {
    this.#name = button(path, "Rename this notebook", () => commands.rename(), { class: "title" });
    this.#stop = button("■ Stop", "Stop (I I)", () => commands.interrupt());
    this.#stale = button("Run stale", "Run the cells whose inputs changed", () =>
      commands.runStale(),
    );
    this.#exercises = button("", "Download the notebook with the results of its exercises", () =>
      commands.handIn(),
    );
    this.#exercises.hidden = true;
    const auto = element("input", { type: "checkbox" });
    auto.addEventListener("change", () => commands.keepFresh(auto.checked));
    this.element = element(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "notebook" },
      button("☰", "Files", () => commands.files()),
      this.#name,
      button("▶ Run", "Run the cell, go to the next (Shift+Enter)", () => commands.runSelected()),
      button("▶▶ All", "Run all cells (Ctrl+Shift+Enter)", () => commands.runAll()),
      this.#stop,
      this.#stale,
      menu("More", [
        button("Run all above", "Run all above (Shift+A)", () => commands.runAbove()),
        button("Restart kernel", "Restart (0 0)", () => commands.restart()),
        button("Restart and run all", "Restart and run all", () => commands.restartAndRun()),
        element("label", {}, auto, " run stale cells by itself"),
        button("Undo change of cells", "Undo (Z)", () => commands.undo()),
        button("Find", "Find (Ctrl+F)", () => commands.find()),
        button("Look", "Light, dark, beamer (L)", () => commands.saveLook()),
        button("Print", "Print", () => commands.print()),
        button("Download .ipynb", "The notebook with what it shows, as a file for Jupyter", () =>
          commands.download("ipynb"),
        ),
        button("Download .ts", "The notebook as a script", () => commands.download("ts")),
        ...revertButton(commands),
        button("Keys", "What the keys do (?)", () => commands.help()),
      ]),
      button("Variables", "Variables", () => commands.variables()),
      this.#exercises,
      element("span", { class: "status", role: "status" }, this.#kernel, this.#save),
    );
    this.showStale(0);
    this.showBusy(false);
    this.#save.textContent = "saved";
  }

  showPath(path: string): void {
    this.#name.textContent = path;
  }

  showBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.#stop.disabled = !isBusy;
    this.#showKernel();
  }

  showConnection(state: ConnectionState): void {
    this.#connection = state;
    this.#showKernel();
  }

  showStale(count: number): void {
    this.#stale.hidden = count === 0;
    this.#stale.textContent = `Run stale (${count})`;
  }

  /** How many exercises are solved; nothing where there are none. */
  showExercises(all: readonly ExerciseState[]): void {
    const solved = all.filter(({ verdict }) => verdict?.passed === true).length;
    this.#exercises.hidden = all.length === 0;
    this.#exercises.textContent = `✓ ${solved} of ${all.length} · hand in`;
  }

  showSave(state: SaveState): void {
    const text = saveText(state);
    if (this.#save.textContent !== text) this.#save.textContent = text;
    this.#save.dataset.state = state.state;
  }

  #showKernel(): void {
    const words = {
      starting: "kernel starts",
      lost: "the lab does not answer; trying again",
      open: this.#isBusy ? "kernel runs" : "kernel ready",
    };
    const text = words[this.#connection];
    if (this.#kernel.textContent !== text) this.#kernel.textContent = text;
    this.#kernel.dataset.state =
      this.#connection === "open" && this.#isBusy ? "busy" : this.#connection;
  }
}

function revertButton({ revert }: ToolbarCommands): HTMLButtonElement[] {
  if (revert === undefined) return [];
  return [button("Revert", "Drop the changes made here: back to what was published", revert)];
}

function menu(name: string, items: readonly HTMLElement[]): HTMLElement {
  const made = element(
    "details",
    { class: "menu" },
    element("summary", { title: name }, name),
    element("div", { class: "items" }, ...items),
  );
  const close = (): void => made.removeAttribute("open");
  for (const item of items)
    if (item instanceof HTMLButtonElement) item.addEventListener("click", close);
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    made.querySelector("summary")?.focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (!made.contains(target as Node)) close();
  });
  return made;
}
