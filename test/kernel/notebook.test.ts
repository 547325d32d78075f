import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { cellIds } from "../../kernel/notebook/cell.ts";
import { checkNotebook } from "../../kernel/notebook/check.ts";
import { formatIpynb, parseIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { OutputLog } from "../../kernel/notebook/outputs.ts";
import { formatPercent, parsePercent } from "../../kernel/notebook/percent.ts";

const script = `import "x";

// %% [markdown]
// # Title
//
// - a *list*

// %% The data tags=["parameters", "hide-input"]
const n = 3;

let m = 4;

// %% [md]
/*
Block

  indented
*/

// %%

// %% [markdown]
/**
 * Starred
 *
 * text
 */
`;

describe("percent scripts", () => {
  test("cells, kinds, titles, tags and lines are read", () => {
    expect(parsePercent(script)).toEqual([
      { kind: "code", source: 'import "x";', tags: [], line: 1 },
      { kind: "markdown", source: "# Title\n\n- a *list*", tags: [], line: 4 },
      {
        kind: "code",
        source: "const n = 3;\n\nlet m = 4;",
        tags: ["parameters", "hide-input"],
        title: "The data",
        line: 9,
      },
      { kind: "markdown", source: "Block\n\n  indented", tags: [], line: 14 },
      { kind: "code", source: "", tags: [], line: 22 },
      { kind: "markdown", source: "Starred\n\ntext", tags: [], line: 23 },
    ]);
  });

  test("Windows line ends and a byte order mark make no difference", () => {
    expect(parsePercent(`\uFEFF${script.replaceAll("\n", "\r\n")}`)).toEqual(parsePercent(script));
  });

  test("writing cells and reading them gives the same cells", () => {
    const line = fc
      .stringMatching(/^[a-zA-Z0-9 (){}=;.*#`]*[a-z0-9;]$/)
      .filter((text) => !text.startsWith("/"));
    const cell = fc.record({
      kind: fc.constantFrom("code" as const, "markdown" as const, "raw" as const),
      source: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n")),
      tags: fc.uniqueArray(fc.stringMatching(/^[a-z-]+$/), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const back = parsePercent(formatPercent(cells)).map(withoutLine);
        expect(back).toEqual(cells);
        expect(parseIpynb(formatIpynb(toIpynb(cells)))).toEqual(cells);
      }),
    );
  });
});

function withoutLine({ kind, source, tags }: NotebookCell): NotebookCell {
  return { kind, source, tags };
}

describe("notebook files", () => {
  test("are valid, name the kernel, and come out the same each time", () => {
    const cells = parsePercent(script);
    const notebook = toIpynb(cells);
    expect(checkNotebook(notebook)).toEqual([]);
    expect(formatIpynb(notebook)).toBe(formatIpynb(toIpynb(parsePercent(script))));
    expect(notebook.metadata).toMatchObject({
      kernelspec: { name: "tsrsa", display_name: "TypeScript (tsrsa)", language: "typescript" },
      language_info: { name: "typescript", file_extension: ".ts" },
    });
  });

  test("an edit changes the id of its own cell only; equal cells have different ids", () => {
    const cells = ["a", "b", "a"].map((source) => ({ kind: "code" as const, source }));
    const ids = cellIds(cells);
    const edited = cellIds([cells[0], { kind: "code", source: "c" }, cells[2]]);
    expect(new Set(ids).size).toBe(3);
    expect([edited[0], edited[2]]).toEqual([ids[0], ids[2]]);
    expect(edited[1]).not.toBe(ids[1]);
  });

  test.each<[object | null, RegExp]>([
    [{ cell_type: "heading", source: "A" }, /cell 1: cell_type: .* found "heading"/],
    [{ source: "1" }, /cell 1: cell_type: .* found none/],
    [{ cell_type: "code" }, /cell 1: source: .* found none/],
    [{ cell_type: "code", source: ["1", 2] }, /cell 1: source: .* found a list/],
    [{ cell_type: "code", source: "1", metadata: { tags: "a" } }, /cell 1: tags: .* found "a"/],
    [null, /cell 1: expected an object, found null/],
  ])("a cell is never guessed: %j", (cell, message) => {
    const text = JSON.stringify({ nbformat: 4, metadata: {}, cells: [cell] });
    expect(() => parseIpynb(text)).toThrow(message);
  });

  test("what is no notebook is refused", () => {
    expect(() => parseIpynb('{"nbformat": 3, "worksheets": []}')).toThrow(
      /not a notebook of format 4/,
    );
    expect(() => parseIpynb("[")).toThrow(/text: expected JSON/);
    expect(() => parseIpynb("null")).toThrow(/the file: expected a JSON object, found null/);
  });
});

describe("outputs", () => {
  test("pieces of a stream are joined, an update changes the display it names in its own cell", () => {
    const log = new OutputLog();
    log.add(1, { type: "display", bundle: { "text/plain": "0 %" }, displayId: "p" });
    log.add(2, { type: "stream", name: "stdout", text: "a" });
    log.add(2, { type: "stream", name: "stdout", text: "b\n" });
    log.add(2, { type: "stream", name: "stderr", text: "c" });
    log.add(2, {
      type: "display",
      bundle: { "text/plain": "100 %" },
      displayId: "p",
      update: true,
    });
    log.add(2, { type: "result", bundle: { "text/plain": "d" } });
    expect(log.outputs(1, 1)).toEqual([
      { output_type: "display_data", data: { "text/plain": "100 %" }, metadata: {} },
    ]);
    expect(log.outputs(2, 2)).toEqual([
      { output_type: "stream", name: "stdout", text: "ab\n" },
      { output_type: "stream", name: "stderr", text: "c" },
      {
        output_type: "execute_result",
        data: { "text/plain": "d" },
        metadata: {},
        execution_count: 2,
      },
    ]);
  });
});

describe("the rules of format 4.5", () => {
  const good = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      {
        cell_type: "code",
        id: "a-1",
        metadata: { tags: ["x"], execution: { "iopub.status.busy": "2026-01-01T00:00:00Z" } },
        source: ["a\n", "b"],
        execution_count: 1,
        outputs: [
          { output_type: "stream", name: "stdout", text: ["a\n"] },
          {
            output_type: "display_data",
            data: { "image/svg+xml": ["<svg>", "</svg>"], "application/json": {} },
            metadata: {},
          },
          { output_type: "execute_result", data: {}, metadata: {}, execution_count: null },
          { output_type: "error", ename: "E", evalue: "", traceback: [] },
        ],
      },
      { cell_type: "markdown", id: "b", metadata: {}, source: "" },
    ],
  };

  test("a good notebook has no faults", () => expect(checkNotebook(good)).toEqual([]));

  type Breakage = [string, (notebook: typeof good) => void];
  const cell = (change: (cell: Record<string, unknown>) => void) => (notebook: typeof good) =>
    change(notebook.cells[0]);
  const output = (value: unknown) => cell((c) => (c.outputs = [value]));
  test.each<Breakage>([
    ["nbformat_minor", (n) => (n.nbformat_minor = 4)],
    ["nbformat must", (n) => (n.nbformat = 3)],
    ["cells must", (n) => Object.assign(n, { cells: {} })],
    ["two cells have the id", (n) => (n.cells[1].id = "a-1")],
    ["id must be", cell((c) => (c.id = "a b"))],
    ["id must be", cell((c) => delete c.id)],
    ["source must", cell((c) => (c.source = 3))],
    ["cell_type", cell((c) => (c.cell_type = "heading"))],
    ["tags", cell((c) => (c.metadata = { tags: ["x", "x"] }))],
    ["dates only", cell((c) => (c.metadata = { execution: { seconds: 3 } }))],
    ["execution_count", cell((c) => (c.execution_count = 1.5))],
    ["outputs must", cell((c) => delete c.outputs)],
    ["only a code cell", (n) => Object.assign(n.cells[1], { outputs: [] })],
    ["unknown output_type", output({ output_type: "pyout" })],
    ["a stream needs", output({ output_type: "stream", text: "" })],
    [
      "unknown key transient",
      output({ output_type: "display_data", data: {}, metadata: {}, transient: {} }),
    ],
    [
      "text/plain must",
      output({ output_type: "display_data", data: { "text/plain": 3 }, metadata: {} }),
    ],
    ["an error needs", output({ output_type: "error", ename: "E", evalue: "e", traceback: "t" })],
    ["kernelspec", (n) => (n.metadata = { kernelspec: { name: "x" } })],
  ])("%s", (fault, break_) => {
    const notebook = structuredClone(good);
    break_(notebook);
    expect(checkNotebook(notebook).join("\n")).toContain(fault);
  });
});
