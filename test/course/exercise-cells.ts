import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { exercises } from "../../course/exercises/all.ts";
import { NotDone, todo } from "../../course/index.ts";
import type { Exercise, Verdict } from "../../course/judge.ts";
import { judge } from "../../course/judge.ts";
import { blanksCut } from "../../kernel/notebook/blanks.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { roleOf } from "../../kernel/notebook/cut-version.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import * as tsrsa from "../../src/index.ts";
import { root } from "../cli/tsrsa.ts";

const folder = join(root, "notebooks");

/** The files of the notebooks with exercises. */
export const notebookFiles = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name));

/** The cells of a notebook, by its number. */
export function cellsOf(number: string): NotebookCell[] {
  const file = notebookFiles.find((name) => name.startsWith(number)) ?? "";
  return parsePercent(readFileSync(join(folder, file), "utf8"));
}

/** What an exercise is judged by, its given and answer untyped. */
export const judgedBy = exercises as unknown as Record<string, Exercise<unknown, unknown>>;

/** What a check was called with, and what it said. */
export interface Checked {
  readonly name: string;
  readonly answer: unknown;
  readonly given: unknown;
  readonly verdict: Verdict;
}

/** Runs the cells of one exercise, with `inBlank` in place of its solution. */
export async function runExercise(
  name: string,
  scope: Readonly<Record<string, unknown>>,
  inBlank?: string,
): Promise<Checked> {
  const [number, short] = name.split("/");
  const own = cellsOf(number).filter((cell) => {
    const role = roleOf(cell);
    return cell.kind === "code" && role?.name === short && role.role !== "explanation";
  });
  const code = own.map((cell) => (isExercise(cell) ? filled(cell, inBlank) : cell.source));
  const seen: Checked[] = [];
  const check = (called: string, answer: unknown, given: unknown): void => {
    const verdict = judge(called, judgedBy[called], answer, given);
    seen.push({ name: called, answer, given, verdict });
  };
  await run(code.join("\n"), { ...tsrsa, ...scope, check, todo });
  if (seen.length !== 1) throw new Error(`${name} calls check ${seen.length} times`);
  return seen[0];
}

/** The student's cell of an exercise says that it is not done. */
export async function runBlank(
  name: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const stays = "todo('x')";
  return runExercise(name, scope, stays).catch((error: unknown) => error);
}

export { NotDone };

function isExercise(cell: NotebookCell): boolean {
  return roleOf(cell)?.role === "exercise";
}

function filled({ source }: NotebookCell, inBlank: string | undefined): string {
  if (inBlank === undefined) return source;
  const cut = blanksCut(source, 0, (code) => transformCell(code).names);
  const blanks = cut.match(/todo\("(?:[^"\\]|\\.)*"\)/g) ?? [];
  if (blanks.length !== 1) throw new Error(`${blanks.length} blanks in: ${source}`);
  return cut.replace(blanks[0], () => `(${inBlank})`);
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

async function run(code: string, scope: Readonly<Record<string, unknown>>): Promise<void> {
  const body = `{ ${code.replace(/^import [^;]*;$/gm, "")} }`;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const js = ts.transpileModule(body, { compilerOptions }).outputText;
  await new AsyncFunction(...Object.keys(scope), js)(...Object.values(scope));
}
