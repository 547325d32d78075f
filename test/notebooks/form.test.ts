import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePercent } from "../../kernel/notebook/percent.ts";
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
  });
});
