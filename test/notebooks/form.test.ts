import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { roleOf } from "../../kernel/notebook/cut-version.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { root } from "../cli/tsrsa.ts";

const mostLines = 15;
/** What fits on the page beside no scroll bar. */
const mostColumns = 78;

const folder = join(root, "notebooks");
const names = readdirSync(folder).filter((name) => /^\d\d-.*\.ts$/.test(name));

/** Lines that say something: blank lines, comments and imports are not counted. */
function countedLines(source: string): string[] {
  const withoutImports = source.replace(/^import [^;]*;\n/gm, "");
  return withoutImports
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("//"));
}

describe.each(names)("%s", (name) => {
  const cells = parsePercent(readFileSync(join(folder, name), "utf8"));
  const code = cells.filter(({ kind }) => kind === "code");

  test("no cell is longer than fifteen lines of code", () => {
    const long = code
      .map(({ source, line }) => ({ line, lines: countedLines(source).length }))
      .filter(({ lines }) => lines > mostLines);
    expect(long).toEqual([]);
  });

  test("code fits the page", () => {
    const wide = code.flatMap(({ source, line = 0 }) =>
      source
        .split("\n")
        // What an exercise asks for stands behind its line, and is cut from what a student gets.
        .map((text) => text.replace(/ \/\/ blank:.*$/, ""))
        .map((text, at) => ({ line: line + at, width: text.length, text }))
        // A word of text cannot be broken.
        .filter(({ width, text }) => width > mostColumns && !/^\s*["'`]/.test(text)),
    );
    expect(wide).toEqual([]);
  });

  test("no plumbing of types, and sentences are checked", () => {
    const all = code.map(({ source }) => source).join("\n");
    expect(all).not.toMatch(/\bAwaited<|\bReturnType<|\bas unknown\b|\btypeof\b|throw new Error/);
    expect(all.match(/\bclaim\(/g)?.length ?? 0).toBeGreaterThanOrEqual(4);
    // The five originals, read by people who know little TypeScript.
    if (/^0[0-5]/.test(name)) expect(all).not.toMatch(/\bas const\b/);
  });

  const roles = cells.map((cell) => roleOf(cell));
  const exercises = [...new Set(roles.flatMap((role) => (role === undefined ? [] : [role.name])))];
  const of = (name: string, role: string) =>
    cells.filter((_, at) => roles[at]?.name === name && roles[at].role === role);

  test("four exercises or more, each with a task, hints, a blank and an explanation, the first short", () => {
    expect(exercises.length).toBeGreaterThanOrEqual(4);
    for (const [at, exercise] of exercises.entries()) {
      const [task] = of(exercise, "exercise");
      const minutes = Number(/\((\d+) minutes?\)$/m.exec(task.source)?.[1]);
      expect(task.source).toMatch(/^### Exercise \d+: .*\(\d+ minutes?\)$/m);
      expect([exercise, minutes <= (at === 0 ? 2 : 15)]).toEqual([exercise, true]);
      expect([exercise, of(exercise, "hint").length > 0]).toEqual([exercise, true]);
      expect([exercise, of(exercise, "explanation").length > 0]).toEqual([exercise, true]);
      expect(of(exercise, "exercise").map(({ kind }) => kind)).toEqual(["markdown", "code"]);
    }
    const text = cells.map(({ source }) => source).join("\n");
    const numbers = [...text.matchAll(/^### Exercise (\d+):/gm)].map(([, number]) =>
      Number(number),
    );
    expect(numbers).toEqual(exercises.map((_, at) => at + 1));
  });

  test("no cell outside its exercises uses a name that one of them declares", () => {
    const inExercise = (at: number) => ["exercise", "explanation"].includes(roles[at]?.role ?? "");
    const all = cells.map((cell, at) =>
      cell.kind === "code" ? { at, source: cell.source, ...namesIn(cell.source) } : undefined,
    );
    const declared = all.flatMap((cell) =>
      cell !== undefined && inExercise(cell.at) ? cell.names : [],
    );
    const used = all.flatMap((cell) =>
      cell === undefined || roles[cell.at] !== undefined
        ? []
        : declared.filter((one) => uses(cell.source, one) && !cell.names.includes(one)),
    );
    expect(used).toEqual([]);
  });

  test("the head says what it is for and what it takes, the end what to take away, to discuss and to read", () => {
    const about = cells.filter(({ tags }) => tags.includes("about")).map(({ source }) => source);
    expect(about).toHaveLength(1);
    for (const word of ["After this you can", "You need", "Time", "memory", "Data"])
      expect(about[0]).toContain(word);
    const end = cells.at(-1)?.source ?? "";
    expect(end).toMatch(/^## To discuss\n\n1\. [\s\S]*\n2\. [\s\S]*\n3\. /m);
    expect(end).toMatch(/^## To read on$/m);
    const references = end.slice(end.indexOf("## To read on")).match(/^- /gm)?.length ?? 0;
    expect(references).toBeGreaterThanOrEqual(3);
    expect(end.match(/\(https:\/\/doi\.org\/10\.[^)]+\)/g)).toHaveLength(references);
  });
});

function namesIn(source: string): { names: readonly string[] } {
  return { names: transformCell(source).names };
}

/** True when a name stands in the code, outside texts, comments, properties and keys. */
function uses(source: string, name: string): boolean {
  const code = source.replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/\/\/.*$/gm, "");
  return new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$]|:)`).test(code);
}
