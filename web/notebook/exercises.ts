import { roleOf } from "../../kernel/notebook/cut-version.ts";
import { isObject } from "../json.ts";
import type { Verdict } from "../output/verdict.ts";
import { readVerdict } from "../output/verdict.ts";
import type { Cell } from "./cell.ts";
import { tagsOf } from "./cell.ts";
import type { Cells } from "./edits.ts";

/** Where a learner stands with an exercise. */
export interface ExerciseState {
  /** The name of its tags. */
  readonly name: string;
  readonly verdict: Verdict | undefined;
}

/** The part that a cell has in an exercise, with its name. */
export function exerciseRole(cell: Cell): ReturnType<typeof roleOf> {
  return roleOf({ tags: tagsOf(cell) });
}

/** The exercises of a notebook in order, each with what its last check said. */
export function exercisesOf(cells: Cells): ExerciseState[] {
  return cells.flatMap((cell) => {
    const role = exerciseRole(cell);
    if (cell.kind !== "code" || role?.role !== "exercise") return [];
    return [{ name: role.name, verdict: verdictOf(cell) }];
  });
}

/**
 * The cells that have to run before an exercise, where they did not yet: its setup, and what stands above it. A notebook
 * that is opened shows its outputs as if it had run. Parts of other exercises are left out.
 */
export function setupOf(cells: Cells, id: string, hasRun: (id: string) => boolean): string[] {
  const at = cells.findIndex((each) => each.id === id);
  const role = cells[at] === undefined ? undefined : exerciseRole(cells[at]);
  if (role?.role !== "exercise") return [];
  const isNeeded = (cell: Cell, k: number): boolean => {
    const other = exerciseRole(cell);
    return other === undefined ? k < at : other.role === "setup" && other.name === role.name;
  };
  return cells
    .filter((cell, k) => cell.kind === "code" && isNeeded(cell, k) && !hasRun(cell.id))
    .map((cell) => cell.id);
}

/** The text that an exercise starts again from: what its file was published with. */
export function startOf({ metadata, stored }: Cell): string | undefined {
  const own = isObject(metadata.tsrsa) ? metadata.tsrsa.start : undefined;
  return typeof own === "string" ? own : stored?.source;
}

function verdictOf({ outputs }: Cell): Verdict | undefined {
  const verdicts = outputs.map((output) =>
    "data" in output ? readVerdict(output.data["application/vnd.tsrsa.check+json"]) : undefined,
  );
  return verdicts.findLast((verdict) => verdict !== undefined);
}

/** What a learner hands in: the notebook, with what its checks said. */
export function handIn(path: string, cells: Cells, text: string): string {
  const exercises = exercisesOf(cells).map(({ name, verdict }) => ({
    name,
    passed: verdict?.passed ?? false,
    words: verdict?.words ?? "not tried",
  }));
  return `${JSON.stringify({ format: "tsrsa-hand-in", version: 1, notebook: path, exercises, text }, undefined, 1)}\n`;
}
