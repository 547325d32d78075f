import type { Cell } from "../notebook/cell.ts";
import { exerciseRole } from "../notebook/exercises.ts";
import { button, element } from "./element.ts";

/** What the buttons of an exercise do. */
export interface ExerciseCommands {
  check(): void;
  again(): void;
}

/** The bar above the code of an exercise; undefined for a cell that is none. */
export function exerciseBar(cell: Cell, commands: ExerciseCommands): HTMLElement | undefined {
  const role = exerciseRole(cell);
  if (cell.kind !== "code" || role?.role !== "exercise") return undefined;
  return element(
    "div",
    { class: "exercise-bar" },
    element("span", {}, "Your turn"),
    button("Check", "Run this and see whether it is right", () => commands.check()),
    button("Start again", "Put back the text that the exercise began with", () => commands.again()),
  );
}

/** A hint or an explanation is folded until it is wanted; all else as it is. */
export function foldedByRole(cell: Cell, prose: HTMLElement): HTMLElement {
  const role = exerciseRole(cell)?.role;
  const title = role === "hint" ? "Hint" : role === "explanation" ? "Solution" : undefined;
  // A student's version has it folded in its text.
  if (title === undefined || cell.source.startsWith("<details>")) return prose;
  return element("details", { class: "prose" }, element("summary", {}, title), prose);
}
