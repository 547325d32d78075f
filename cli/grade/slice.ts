import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { roleOf } from "../../kernel/notebook/cut-version.ts";
import { transformCell } from "../../kernel/transform/transform.ts";

/** A code cell that is run to mark a hand-in; `exercise` is set where a learner's cell takes its place. */
export interface GradedCell {
  readonly source: string;
  readonly exercise?: string;
}

/**
 * The cells that the exercises of a notebook need, in order: they themselves, and whatever declares a name that one of
 * them uses. Figures and text, which make most of the time of a notebook, are left out.
 */
export function neededCells(cells: readonly NotebookCell[]): GradedCell[] {
  const code = cells
    .filter(({ kind, source }) => kind === "code" && source !== "")
    .map((cell) => ({ ...cell, role: roleOf(cell), names: declaredNames(cell.source) }));
  const isNeeded = code.map(({ role }) => role?.role === "exercise" || role?.role === "setup");
  for (let at = code.length - 1; at >= 0; at--) {
    if (!isNeeded[at]) continue;
    for (const [before, { names, role }] of code.slice(0, at).entries())
      if (role?.role !== "explanation" && names.some((name) => mentions(code[at].source, name)))
        isNeeded[before] = true;
  }
  return code.flatMap(({ source, role }, at) => {
    if (!isNeeded[at]) return [];
    return [role?.role === "exercise" ? { source, exercise: role.name } : { source }];
  });
}

/** The cells of a hand-in that answer exercises, by the name of the exercise. */
export function answersIn(cells: readonly NotebookCell[]): Map<string, string> {
  const answers = new Map<string, string>();
  for (const { kind, source, tags } of cells) {
    if (kind !== "code") continue;
    const role = roleOf({ tags });
    const called = /\bcheck\(\s*["']\d\d\/([a-z0-9-]+)["']/.exec(source)?.[1];
    const name = role?.role === "exercise" ? role.name : called;
    if (name !== undefined) answers.set(name, source);
  }
  return answers;
}

function declaredNames(source: string): readonly string[] {
  try {
    return transformCell(source).names;
  } catch {
    return [];
  }
}

function mentions(source: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(source);
}
