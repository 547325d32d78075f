import type { KeyAction } from "./keys.ts";
import type { NotebookView } from "./notebook-view.ts";

/** What the keys do that are no matter of one cell. */
export interface NotebookCommands {
  runAll(): void;
  runAbove(): void;
  interrupt(): void;
  restart(): void;
  save(): void;
  find(): void;
  help(): void;
  saveLook(): void;
}

/** The keys of a notebook: those of Jupyter, where it has them. */
export function notebookKeys(view: NotebookView, commands: NotebookCommands): KeyAction[] {
  const always = (words: string, run: () => void, ...keys: string[]): KeyAction => ({
    keys,
    words,
    inEditor: true,
    run,
  });
  const outside = (words: string, run: () => void, ...keys: string[]): KeyAction => ({
    keys,
    words,
    inEditor: false,
    run,
  });
  return [
    always("run the cell, go to the next", () => view.runSelected("next"), "Shift+Enter"),
    always("run the cell", () => view.runSelected("stay"), "Ctrl+Enter"),
    always("run the cell, make one below", () => view.runSelected("insert"), "Alt+Enter"),
    always("run all cells", () => commands.runAll(), "Ctrl+Shift+Enter"),
    always("save", () => commands.save(), "Ctrl+S"),
    always("find", () => commands.find(), "Ctrl+F"),
    always(
      "split the cell at the cursor",
      () => view.splitSelected(),
      "Ctrl+Shift+-",
      "Ctrl+Shift+_",
      "Ctrl+_",
    ),
    always("move the cell up", () => view.moveSelected(-1), "Alt+Shift+ArrowUp"),
    always("move the cell down", () => view.moveSelected(1), "Alt+Shift+ArrowDown"),
    outside("move the cell up", () => view.moveSelected(-1), "Alt+ArrowUp"),
    outside("move the cell down", () => view.moveSelected(1), "Alt+ArrowDown"),
    outside("edit the cell", () => view.editSelected(), "Enter"),
    outside("cell above", () => view.selectBy(-1), "ArrowUp", "K"),
    outside("cell below", () => view.selectBy(1), "ArrowDown", "J"),
    outside("new cell above", () => view.add("code", 0), "A"),
    outside("new cell below", () => view.add("code", 1), "B"),
    outside("delete the cell", () => view.deleteSelected(), "D D", "Delete"),
    outside("undo the last change of cells", () => view.undo(), "Z", "Ctrl+Z"),
    outside("redo it", () => view.redo(), "Shift+Z", "Ctrl+Shift+Z", "Ctrl+Y"),
    outside("cut the cell", () => view.cutSelected(), "X"),
    outside("copy the cell", () => view.copySelected(), "C"),
    outside("paste below", () => view.paste(), "V"),
    outside("join with the cell below", () => view.mergeSelected(), "Shift+M"),
    outside("make it text", () => view.changeKind("markdown"), "M"),
    outside("make it code", () => view.changeKind("code"), "Y"),
    outside("stop", () => commands.interrupt(), "I I"),
    outside("restart the kernel", () => commands.restart(), "0 0"),
    outside("run all above", () => commands.runAbove(), "Shift+A"),
    outside("next look: light, dark, beamer", () => commands.saveLook(), "L"),
    outside("these keys", () => commands.help(), "?", "H"),
  ];
}
