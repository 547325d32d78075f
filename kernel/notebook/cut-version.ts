import type { NotebookCell } from "./cell.ts";
import { addTodo, blanksCut, marksRemoved } from "./blanks.ts";
import { CutFault } from "./cut-fault.ts";

/** Whom a version of a notebook with exercises is for. */
export type Version = "student" | "solutions" | "instructor";

export interface CutOptions {
  /** In the student's version each exercise is followed by its solution, folded. */
  readonly withSolutions?: boolean;
  /** Keeps the cells that are shown on slides alone. */
  readonly forSlides?: boolean;
  /** The names that a piece of code declares. */
  readonly declaredNames: (code: string) => readonly string[];
}

/** A cell of a version; an exercise with blanks knows the text to start again from. */
export interface CutCell extends NotebookCell {
  readonly start?: string;
}

type Role = "exercise" | "setup" | "hint" | "explanation" | "instructor";

/**
 * The cells of one version of a notebook whose exercises are solved in the source: blanks for students, marks removed for
 * the others. Throws `CutFault` when a mark is half there, or an exercise has no blank.
 */
export function cutVersion(
  cells: readonly NotebookCell[],
  version: Version,
  options: CutOptions,
): CutCell[] {
  const hints = new Hints(cells);
  const cut = cells.flatMap((cell, at): CutCell[] => {
    if (isForSlidesAlone(cell) && options.forSlides !== true) return [];
    const role = roleOf(cell);
    if (role === undefined) return [withoutStrayMarks(cell, at)];
    switch (role.role) {
      case "hint":
        return [{ ...cell, source: hints.fold(cell, role.name) }];
      case "exercise":
        return cell.kind === "code" ? exercise(cells, at, version, options) : [cell];
      case "explanation":
        return version === "student" ? [] : [cell];
      case "instructor":
        return version === "instructor" ? [cell] : [];
      case "setup":
        return [cell];
    }
  });
  return version === "student" ? addTodo(cut) : cut;
}

/** The part a cell has in an exercise, from its tag `ROLE:NAME`. */
export function roleOf({
  tags,
}: Pick<NotebookCell, "tags">): { role: Role; name: string } | undefined {
  for (const tag of tags) {
    const found = /^(exercise|setup|hint|explanation|instructor):([a-z0-9-]+)$/.exec(tag);
    if (found !== null) return { role: found[1] as Role, name: found[2] };
  }
  return undefined;
}

/** A cell that a reader of the notebook does not see. */
export function isForSlidesAlone({ tags }: Pick<NotebookCell, "tags">): boolean {
  return tags.includes("slide-only");
}

function exercise(
  cells: readonly NotebookCell[],
  at: number,
  version: Version,
  { withSolutions = false, declaredNames }: CutOptions,
): CutCell[] {
  const cell = cells[at];
  const solved = { ...cell, source: marksRemoved(cell.source, at) };
  if (version !== "student") return [solved];
  const source = blanksCut(cell.source, at, declaredNames);
  const tags = [...new Set([...cell.tags, "raises-exception"])];
  const blank = { ...cell, source, tags, start: source };
  return withSolutions ? [blank, solution(cells, solved)] : [blank];
}

/** The solution of an exercise and what is said of it, folded. */
function solution(cells: readonly NotebookCell[], solved: NotebookCell): CutCell {
  const name = roleOf(solved)?.name ?? "";
  const words = cells
    .filter((cell) => {
      const role = roleOf(cell);
      return role?.role === "explanation" && role.name === name && cell.kind === "markdown";
    })
    .map(({ source }) => source);
  const code = `\`\`\`ts\n${solved.source}\n\`\`\``;
  const source = foldedText("Solution", [code, ...words].join("\n\n"));
  return { kind: "markdown", source, tags: [`explanation:${name}`] };
}

/** A mark in a cell that is no exercise would be published as it stands. */
function withoutStrayMarks(cell: NotebookCell, at: number): NotebookCell {
  if (cell.kind === "code" && /^.*\/\/ blank( begin| end)?(:|$)/m.test(cell.source))
    throw new CutFault(at, "has a blank, but no tag exercise:NAME");
  return cell;
}

/** Numbers the hints of each exercise. */
class Hints {
  readonly #total = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  constructor(cells: readonly NotebookCell[]) {
    for (const cell of cells) {
      const role = roleOf(cell);
      if (role?.role === "hint") this.#total.set(role.name, (this.#total.get(role.name) ?? 0) + 1);
    }
  }

  fold({ source }: NotebookCell, name: string): string {
    const number = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, number);
    const total = this.#total.get(name) ?? 1;
    return foldedText(total === 1 ? "Hint" : `Hint ${number} of ${total}`, source);
  }
}

function foldedText(title: string, text: string): string {
  return `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
}
