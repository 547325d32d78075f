import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { blanksCut } from "../../kernel/notebook/blanks.ts";
import { startExecutor, type Executor } from "../../kernel/session/executor-process.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { formatCsv } from "../../src/io/csv/format-csv.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkOutput } from "../check-output.ts";
import { objectsIn, runMime } from "../run/bundles.ts";
import { versionOf } from "../run/cut.ts";
import { readNotebook } from "../run/find-notebook.ts";
import { injectParameters, readParameters } from "../run/parameters.ts";
import { shown } from "../shown.ts";
import { UsageError, WorkFailed } from "../usage-error.ts";
import type { Limits } from "./confined.ts";
import { HandInRun } from "./hand-in-run.ts";
import type { HandIn } from "./hand-ins.ts";
import { handInPaths, readHandIns } from "./hand-ins.ts";
import { literalOf } from "./literal.ts";
import type { GradedCell } from "./slice.ts";
import { answersIn, neededCells } from "./slice.ts";

export interface GradeOptions {
  /** The published notebook, solved. */
  readonly of: string;
  readonly parameters: readonly string[];
  readonly out?: string;
  readonly json: boolean;
  /** Seconds for a hand-in; default five times what the solutions take, and 60 at least. */
  readonly limitS?: number;
}

/** What became of one exercise of one hand-in. */
export interface Mark {
  readonly exercise: string;
  readonly passed: boolean;
  /** `passed`, the name of a mistake, or what went wrong. */
  readonly words: string;
}

export interface Marked {
  readonly file: string;
  readonly passed: number;
  readonly marks: readonly Mark[];
}

const outputBytes = 1e6;
const memoryMb = 2048;
const leastSeconds = 60;
const leastJudgeSeconds = 5;
const longestWords = 200;

/**
 * Marks the notebooks in a folder: of each, the cells of its exercises are run inside the published notebook, in a
 * confined process, and no verdict counts that the teacher's own process does not give for the same answer.
 */
export async function gradeCommand(folder: string, options: GradeOptions): Promise<void> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`there is no folder ${folder}`);
  const handIns = readHandIns(folder);
  if (handIns.length === 0)
    throw new UsageError(`${folder} has no .ipynb, .ts or hand-in file (.json)`);
  if (options.out !== undefined) await checkOutput(options.out, [handInPaths(folder), options]);
  const key = await makeKey(options);
  const limits = {
    seconds: options.limitS ?? Math.max(leastSeconds, 5 * key.seconds),
    outputBytes,
    memoryMb,
  };
  const marked: Marked[] = [];
  try {
    for (const handIn of handIns) {
      marked.push(await mark(handIn, key, limits));
      if (!options.json) say(marked[marked.length - 1]);
    }
  } finally {
    await key.executor.close();
  }
  if (options.json) console.log(JSON.stringify(marked, undefined, 2));
  if (options.out !== undefined) await writeText(resolve(options.out), tableOf(marked, key));
}

interface Key {
  readonly cells: readonly GradedCell[];
  readonly exercises: readonly string[];
  /** The process that ran the solutions, and judges answers. */
  readonly executor: Executor;
  /** What all the solutions took. */
  readonly seconds: number;
}

/** Runs the solutions. Throws `WorkFailed` when they do not pass. */
async function makeKey(options: GradeOptions): Promise<Key> {
  const file = readNotebook(options.of);
  const parameters = readParameters(options.parameters, process.cwd());
  const source = injectParameters(file.cells, parameters);
  versionOf({ ...file, cells: source }, "student", false);
  const cells = neededCells(source);
  const exercises = cells.flatMap(({ exercise }) => exercise ?? []);
  if (exercises.length === 0) throw new UsageError(`${options.of} has no exercises`);
  const executor = await startExecutor({
    cwd: file.folder,
    packagesFrom: fileURLToPath(import.meta.url),
    env: { TSRSA_CWD: process.cwd() },
  });
  const started = performance.now();
  for (const { source, exercise } of cells) {
    const { verdict, error } = await judged(executor, source);
    const isWrong = error !== undefined || (exercise !== undefined && verdict?.passed !== true);
    if (!isWrong) continue;
    await executor.close();
    const what = exercise === undefined ? "a cell" : `the solution of ${exercise}`;
    throw new WorkFailed(
      `${what} of ${options.of} fails: ${error ?? verdict?.words ?? "no check"}`,
    );
  }
  const seconds = (performance.now() - started) / 1000;
  return { cells, exercises, executor, seconds };
}

interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly words: string;
  readonly mistake?: string;
  readonly answer?: unknown;
}

/** An answer may make the check run without end; `seconds` stops it, and the process goes on. */
async function judged(
  executor: Pick<Executor, "execute" | "interrupt">,
  source: string,
  seconds?: number,
): Promise<{ verdict: Verdict | undefined; error: string | undefined }> {
  const timer =
    seconds === undefined ? undefined : setTimeout(() => executor.interrupt(), 1000 * seconds);
  const bundles: Readonly<Record<string, unknown>>[] = [];
  const outcome = await executor.execute(source, {
    onOutput: (output) => {
      if (output.type === "display") bundles.push(output.bundle);
    },
  });
  clearTimeout(timer);
  const error = outcome.status === "error" ? outcome.error.evalue.split("\n")[0] : undefined;
  return { verdict: lastVerdict(bundles), error };
}

function lastVerdict(bundles: readonly Readonly<Record<string, unknown>>[]): Verdict | undefined {
  return objectsIn(bundles, runMime.check).at(-1) as Verdict | undefined;
}

async function mark(handIn: HandIn, key: Key, limits: Limits): Promise<Marked> {
  const { name: file, fault } = handIn;
  const all = (words: string): Marked => ({
    file,
    passed: 0,
    marks: key.exercises.map((exercise) => ({ exercise, passed: false, words })),
  });
  if (fault !== undefined) return all(fault);
  const answers = answersIn(handIn.cells);
  if (key.exercises.every((name) => !answers.has(name))) return all("no exercise of this notebook");
  try {
    const marks = await marksOf(answers, key, limits);
    return { file, passed: marks.filter(({ passed }) => passed).length, marks };
  } catch {
    // Whatever one hand-in says of itself, the others are marked.
    return all("could not be marked");
  }
}

async function marksOf(
  answers: ReadonlyMap<string, string>,
  key: Key,
  limits: Limits,
): Promise<Mark[]> {
  const marks: Mark[] = [];
  const run = new HandInRun(key.cells, limits);
  try {
    for (const [at, { exercise }] of key.cells.entries()) {
      if (exercise === undefined) continue;
      const own = answers.get(exercise);
      if (own === undefined) marks.push({ exercise, passed: false, words: "not there" });
      else {
        const { outputs, error } = await run.exercise(at, own);
        const bundles = outputs.flatMap((one) => (one.type === "display" ? [one.bundle] : []));
        marks.push(await confirmed(exercise, lastVerdict(bundles), error, key));
      }
    }
  } finally {
    await run.close();
  }
  return marks;
}

/** What counts of a verdict: only what the teacher's process says of the same answer. */
async function confirmed(
  exercise: string,
  verdict: Verdict | undefined,
  error: string | undefined,
  key: Key,
): Promise<Mark> {
  if (verdict === undefined || error !== undefined)
    return { exercise, passed: false, words: inOneLine(error ?? "check was not called") };
  if (!verdict.passed) return { exercise, passed: false, words: mistakeIn(verdict) };
  const literal = literalOf(verdict.answer);
  const source = key.cells.find((cell) => cell.exercise === exercise)?.source ?? "";
  const filled = literal === undefined ? undefined : fillBlank(source, literal);
  if (filled === undefined)
    return { exercise, passed: false, words: "? says passed; look at it yourself" };
  const seconds = Math.max(leastJudgeSeconds, 2 * key.seconds);
  const own = await judged(key.executor, filled, seconds);
  return own.verdict?.passed === true
    ? { exercise, passed: true, words: "passed" }
    : { exercise, passed: false, words: "? says passed, but its answer is not right" };
}

/** The name of a mistake, as a learner's process gives it; `passed` is none. */
function mistakeIn({ mistake }: { readonly mistake?: unknown }): string {
  const isName = typeof mistake === "string" && /^[a-z][a-z0-9-]*$/.test(mistake);
  return isName && mistake !== "passed" ? mistake : "other";
}

/** What a learner's process says, such that it can move no cursor of a terminal and hide no other line. */
function inOneLine(words: string): string {
  const line = shown(words.replace(/\s+/g, " "));
  return line.length <= longestWords ? line : `${line.slice(0, longestWords - 1)}…`;
}

/** Text that a spreadsheet takes for no formula. */
function plain(text: string): string {
  return /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
}

/** The exercise with an answer in its blank, and its own constants in a block, so that nothing else changes. */
function fillBlank(source: string, literal: string): string | undefined {
  const cut = blanksCut(source, 0, (code) => transformCell(code).names);
  const blanks = cut.match(/todo\("(?:[^"\\]|\\.)*"\)/g) ?? [];
  return blanks.length === 1 ? `{\n${cut.replace(blanks[0], () => literal)}\n}` : undefined;
}

function say({ file, passed, marks }: Marked): void {
  console.log(`${inOneLine(file)}: ${passed} of ${marks.length}`);
  for (const { exercise, words } of marks) console.log(`  ${exercise.padEnd(16)} ${words}`);
}

function tableOf(marked: readonly Marked[], { exercises }: Key): string {
  const columns = new Map<string, (string | number)[]>([
    ["file", marked.map(({ file }) => plain(file))],
    ["passed", marked.map(({ passed }) => passed)],
    ...exercises.map((exercise): [string, string[]] => [
      exercise,
      marked.map(({ marks }) => plain(marks.find((one) => one.exercise === exercise)?.words ?? "")),
    ]),
  ]);
  return formatCsv([...columns.keys()], columns);
}
