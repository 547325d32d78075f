import { expect, test } from "vitest";
import type { Cell } from "../../web/notebook/cell.ts";
import { emptyCell } from "../../web/notebook/cell.ts";
import { exercisesOf, handIn, setupOf, startOf } from "../../web/notebook/exercises.ts";
import { readNotebookFile } from "../../web/notebook/notebook-file.ts";

const tagged = (id: string, tag: string, kind: Cell["kind"] = "code"): Cell => ({
  ...emptyCell(kind),
  id,
  metadata: { tags: [tag] },
});
const verdict = (passed: unknown) => ({
  output_type: "display_data" as const,
  data: { "application/vnd.tsrsa.check+json": { name: "00/a", passed, words: "words" } },
  metadata: {},
});
const cells = [
  tagged("task", "exercise:a", "markdown"),
  tagged("above", "plain"),
  tagged("text", "plain", "markdown"),
  tagged("before", "setup:a"),
  tagged("other", "setup:b"),
  { ...tagged("work", "exercise:a"), outputs: [verdict(false), verdict(true)] },
  { ...tagged("next", "exercise:b"), outputs: [verdict("forged")] },
  tagged("below", "plain"),
];

test("each exercise counts once, by what its last check said; what is no verdict is none", () => {
  expect(exercisesOf(cells)).toEqual([
    { name: "a", verdict: { name: "00/a", passed: true, words: "words" } },
    { name: "b", verdict: undefined },
  ]);
});

test("what an exercise needs runs before it, once: what stands above it and its own setup, no other exercise", () => {
  expect(setupOf(cells, "work", () => false)).toEqual(["above", "before"]);
  expect(setupOf(cells, "work", (id) => id === "above")).toEqual(["before"]);
  expect(setupOf(cells, "next", () => false)).toEqual(["above", "other"]);
  expect(setupOf(cells, "work", () => true)).toEqual([]);
  expect(setupOf(cells, "before", () => false)).toEqual([]);
  expect(setupOf(cells, "none", () => false)).toEqual([]);
});

test("an exercise starts again from what it was published with", () => {
  expect(startOf({ ...emptyCell(), metadata: { tsrsa: { start: "todo();" } } })).toBe("todo();");
  const [read] = readNotebookFile("a.ts", "// %%\nlet a = 1;\n").cells;
  expect(startOf({ ...read, source: "broken" })).toBe("let a = 1;");
  expect(startOf(emptyCell())).toBeUndefined();
});

test("a hand-in has the notebook and what its checks said", () => {
  expect(JSON.parse(handIn("a.ts", cells, "text"))).toEqual({
    format: "tsrsa-hand-in",
    version: 1,
    notebook: "a.ts",
    exercises: [
      { name: "a", passed: true, words: "words" },
      { name: "b", passed: false, words: "not tried" },
    ],
    text: "text",
  });
});
