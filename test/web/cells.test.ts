import { expect, test } from "vitest";
import type { Output } from "../../web/notebook/cell.ts";
import { emptyCell } from "../../web/notebook/cell.ts";
import { NotebookDocument } from "../../web/notebook/document.ts";
import { changeKind, insert, mergeBelow, move, remove, split } from "../../web/notebook/edits.ts";
import { findAll, replaceAll } from "../../web/notebook/find.ts";
import { published, updated } from "../../web/notebook/published.ts";

const abc = () => ["a", "b", "c"].map((source) => ({ ...emptyCell("code", source), id: source }));
const sources = (document: NotebookDocument) => document.cells.map(({ source }) => source);

test("each change of cells is undone and done again; what was typed meanwhile stays", () => {
  const document = new NotebookDocument(abc());
  document.edit((cells) => remove(cells, new Set(["b"])));
  document.setSource("c", "typed");
  document.edit((cells) => move(cells, "c", -1));
  expect(sources(document)).toEqual(["typed", "a"]);
  document.undo();
  document.undo();
  expect(sources(document)).toEqual(["a", "b", "typed"]);
  document.redo();
  expect(sources(document)).toEqual(["a", "typed"]);
  expect(document.redo()).toBe(true);
  expect(document.redo()).toBe(false);
});

test("an undone split and merge gives the text before, with the outputs of now", () => {
  const document = new NotebookDocument([{ ...emptyCell("code", "one\ntwo"), id: "x" }]);
  document.edit((cells) => split(cells, "x", 4).cells);
  expect(sources(document)).toEqual(["one", "two"]);
  document.setOutputs("x", [{ output_type: "stream", name: "stdout", text: "new" }]);
  document.undo();
  expect(sources(document)).toEqual(["one\ntwo"]);
  expect(document.cell("x")?.outputs).toHaveLength(1);
  document.redo();
  document.edit((cells) => mergeBelow(cells, "x"));
  expect(sources(document)).toEqual(["one\ntwo"]);
});

test("the last cell that is deleted leaves an empty one; edges and unknown cells change nothing", () => {
  expect(remove(abc(), new Set(["a", "b", "c"]))).toMatchObject([{ source: "" }]);
  const cells = abc();
  expect(move(cells, "a", -1)).toBe(cells);
  expect(move(cells, "none", 1)).toBe(cells);
  expect(mergeBelow(cells, "c")).toBe(cells);
  expect(insert(cells, 3, [emptyCell()])).toHaveLength(4);
  const text = changeKind([{ ...cells[0], executionCount: 4 }], "a", "markdown");
  expect(text).toMatchObject([{ kind: "markdown", executionCount: null }]);
});

test("what a cell shows: text goes on, a bar writes over its line, clear waits for the next", () => {
  const shown = (...messages: [string, Record<string, unknown>][]) =>
    messages.reduce((now, [type, content]) => published(now, type, content), {
      outputs: [] as readonly Output[],
      toClear: false,
    });
  expect(
    shown(
      ["stream", { name: "stdout", text: "10 %\r" }],
      ["stream", { name: "stdout", text: "20 %\rdone\n" }],
    ).outputs,
  ).toEqual([{ output_type: "stream", name: "stdout", text: "done\n" }]);
  const waits = shown(["stream", { name: "stderr", text: "a" }], ["clear_output", { wait: true }]);
  expect(waits).toMatchObject({ toClear: true, outputs: [{ text: "a" }] });
  expect(published(waits, "stream", { name: "stdout", text: "b" }).outputs).toHaveLength(1);
  expect(shown(["stream", { text: "a" }], ["clear_output", {}]).outputs).toEqual([]);
  expect(shown(["something_new", {}], ["display_data", {}], ["error", {}]).outputs).toHaveLength(2);
});

test("an update changes every output of its name, and no other", () => {
  const display = (id: string): Output => ({
    output_type: "display_data",
    data: { "text/plain": id },
    metadata: {},
    display_id: id,
  });
  const outputs = [display("a"), display("b"), display("a")];
  const after = updated(outputs, "a", { data: { "text/plain": "new" } });
  expect(after?.map((output) => "data" in output && output.data["text/plain"])).toEqual([
    "new",
    "b",
    "new",
  ]);
  expect(after?.[1]).toBe(outputs[1]);
  expect(updated(outputs, "c", {})).toBeUndefined();
});

test("find is blind to capitals unless the text has one; replace takes all, signs are signs", () => {
  const cells = [
    { ...emptyCell("code", "Rdm rdm (x)"), id: "1" },
    { ...emptyCell("markdown", "rdm"), id: "2" },
  ];
  expect(findAll(cells, "rdm")).toHaveLength(3);
  expect(findAll(cells, "Rdm")).toEqual([{ id: "1", from: 0, to: 3 }]);
  expect(findAll(cells, "(x)")).toHaveLength(1);
  expect(findAll(cells, "")).toEqual([]);
  expect(findAll(cells, "[a-z-]+$")).toEqual([]);
  expect(replaceAll(cells, "rdm", "$&1")).toEqual([
    { id: "1", source: "$&1 $&1 (x)" },
    { id: "2", source: "$&1" },
  ]);
});
