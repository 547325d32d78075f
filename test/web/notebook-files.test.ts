import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import { emptyCell } from "../../web/notebook/cell.ts";
import { insert, move, remove } from "../../web/notebook/edits.ts";
import { NotANotebook, readNotebookFile } from "../../web/notebook/notebook-file.ts";

const folder = join(import.meta.dirname, "../../notebooks");
const ours = readdirSync(folder).filter((name) => /^\d.*\.(ts|ipynb)$/.test(name));

test("opened and saved unchanged, every notebook of ours is the same file", () => {
  expect(ours.length).toBeGreaterThan(6);
  for (const name of ours) {
    const text = readFileSync(join(folder, name), "utf8");
    const file = readNotebookFile(name, text);
    expect([name, file.write(file.cells) === text]).toEqual([name, true]);
  }
});

test("a change of one cell changes its lines alone", () => {
  for (const name of ours) {
    const text = readFileSync(join(folder, name), "utf8");
    const file = readNotebookFile(name, text);
    const at = file.cells.findIndex(({ kind }) => kind === "code");
    const changed = file.cells.with(at, { ...file.cells[at], source: "let changed = 1;" });
    const old = new Set(text.split("\n"));
    const added = file
      .write(changed)
      .split("\n")
      .filter((line) => !old.has(line));
    expect([name, added.length]).toEqual([name, 1]);
    // And back again: the file as it was.
    const back = changed.with(at, { ...changed[at], source: file.cells[at].source });
    expect([name, file.write(back) === text]).toEqual([name, true]);
  }
});

test("what a cell of an .ipynb holds besides stays: attachments, metadata of others, outputs nobody knows", () => {
  const cell = {
    cell_type: "code",
    execution_count: 3,
    id: "abc",
    metadata: { trusted: true, collapsed: true },
    outputs: [{ output_type: "stream", name: "stdout", text: ["a\n", "b"] }],
    source: ["x = 1\n", "y"],
    unknown: { of: "others" },
  };
  const text = JSON.stringify(
    { cells: [cell], metadata: { a: 1 }, nbformat: 4, nbformat_minor: 5 },
    undefined,
    2,
  );
  const file = readNotebookFile("a.ipynb", text);
  const more = insert(file.cells, 1, [emptyCell("markdown", "text")]);
  const written = JSON.parse(file.write(more)) as { cells: Record<string, unknown>[] };
  // The check knows no key of others.
  const known = written.cells.map((each) => ({ ...each, unknown: undefined }));
  const faults = checkNotebook({ ...written, cells: known });
  expect(faults.filter((fault) => !fault.includes("unknown"))).toEqual([]);
  expect(written.cells[0]).toEqual({ ...cell, metadata: { collapsed: true } });
  expect(written.cells[1]).toMatchObject({ cell_type: "markdown", source: ["text"], metadata: {} });
  expect(file.write(more)).toContain('\n  "cells": [');
});

test("trust is dropped when the notebook is written: who looks decides", () => {
  const text = JSON.stringify({
    cells: [],
    metadata: { trusted: true },
    nbformat: 4,
    nbformat_minor: 5,
  });
  const file = readNotebookFile("a.ipynb", text);
  expect(file.write([emptyCell()])).not.toContain("trusted");
});

test("a notebook without ids gets none", () => {
  const text = `{"cells":[{"cell_type":"raw","metadata":{},"source":"a"}],"metadata":{},"nbformat":4,"nbformat_minor":2}`;
  const file = readNotebookFile("a.ipynb", text);
  expect(file.write([...file.cells, emptyCell("raw", "b")])).not.toContain('"id"');
});

test("a script keeps line ends, what stands before its first cell, and cells that moved", () => {
  const text =
    "#!/usr/bin/env node\r\n// %% [markdown]\r\n/* a\r\nb */\r\n// %%\r\nlet  a = 1 ;\r\n";
  const file = readNotebookFile("a.ts", text);
  expect(file.cells.map(({ kind, source }) => [kind, source])).toEqual([
    ["code", "#!/usr/bin/env node"],
    ["markdown", "a\nb"],
    ["code", "let  a = 1 ;"],
  ]);
  expect(file.write(file.cells)).toBe(text);
  const moved = move(file.cells, file.cells[2].id, -1);
  const again = readNotebookFile("a.ts", file.write(moved));
  expect(again.cells.map(({ source }) => source)).toEqual(moved.map(({ source }) => source));
  expect(file.write(moved)).toContain("/* a\r\nb */");
});

test("degenerate scripts: empty, blank, one line without an end, only a marker", () => {
  for (const text of ["", "\n\n", "let a = 1", "// %%", "// %%\n// %%\n// %%\n", "\n// %%\na\n"]) {
    const file = readNotebookFile("a.ts", text);
    expect([text, file.write(file.cells)]).toEqual([text, text]);
    const more = [...file.cells, emptyCell("code", "b")];
    const read = readNotebookFile("a.ts", file.write(more)).cells.map(({ source }) => source);
    expect([text, read]).toEqual([text, more.map(({ source }) => source)]);
  }
});

test("tags and titles of a script's cells stay", () => {
  const text = '// %% A title tags=["parameters"]\nlet a = 1;\n\n// %%\nb\n';
  const file = readNotebookFile("a.ts", text);
  const changed = file.cells.with(0, { ...file.cells[0], source: "let a = 2;" });
  expect(file.write(changed)).toBe(text.replace("a = 1", "a = 2"));
  expect(file.write(remove(file.cells, new Set([file.cells[0].id])))).toBe("// %%\nb\n");
});

test("what is no notebook is refused with its name", () => {
  for (const text of [
    "",
    "{",
    "[]",
    '{"nbformat":3}',
    '{"nbformat":4,"cells":[{"cell_type":"code"}]}',
  ])
    expect(() => readNotebookFile("bad.ipynb", text)).toThrow(NotANotebook);
  expect(() => readNotebookFile("bad.ipynb", "{")).toThrow(/^bad\.ipynb: /);
});
