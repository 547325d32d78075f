import { expect, test } from "vitest";
import { namesOfCells } from "../../kernel/transform/cell-names.ts";
import type { RanCell } from "../../web/notebook/stale.ts";
import { staleCells } from "../../web/notebook/stale.ts";

/** Cells of these texts; `order` says which ran, in which order. */
function notebook(
  sources: readonly string[],
  order: readonly number[],
  edited: readonly number[] = [],
): RanCell[] {
  const names = namesOfCells(sources);
  return sources.map((source, i) => {
    const at = order.lastIndexOf(i);
    const ran = at < 0 ? {} : { ran: { source: edited.includes(i) ? "before" : source, at } };
    return { id: String(i), source, names: names[i], ...ran };
  });
}

function stale(...given: Parameters<typeof notebook>): string[] {
  return [...staleCells(notebook(...given)).keys()];
}

const chain = ["let a = 1;", "const b = a + 1;", "b * 2;", "const c = 5;"];

test("what each cell reads and writes is known from its text, types and globals apart", () => {
  expect(
    namesOfCells([
      "let a: number = Math.PI;",
      "function f(a: string) { return a; }",
      "f(String(a)); a += 1;",
      "let (",
    ]),
  ).toEqual([
    { reads: [], writes: ["a"], imports: [] },
    { reads: [], writes: ["f"], imports: [] },
    { reads: ["f", "a"], writes: ["a"], imports: [] },
    { reads: [], writes: [], imports: [] },
  ]);
});

test("run from top to bottom nothing is stale", () => {
  expect(stale(chain, [0, 1, 2, 3])).toEqual([]);
});

test("a cell that ran again makes stale what reads from it, and what reads from that", () => {
  expect(stale(chain, [0, 1, 2, 3, 0])).toEqual(["1", "2"]);
  expect(stale(chain, [0, 1, 2, 3, 0, 1])).toEqual(["2"]);
  expect(stale(chain, [0, 1, 2, 3, 0, 1, 2])).toEqual([]);
});

test("an edited cell is stale with all that reads from it; one that never ran is not", () => {
  expect(stale(chain, [0, 1, 2], [0])).toEqual(["0", "1", "2"]);
  expect(stale(chain, [0, 1], [])).toEqual([]);
});

test("counting up in one cell, or in two, is no circle", () => {
  expect(stale(["let n = 0;", "n += 1;", "n;"], [0, 1, 2])).toEqual([]);
  expect(stale(["let n = 0;", "n += 1;", "n += 2;", "n;"], [0, 1, 2, 3])).toEqual([]);
  expect(stale(["let n = 0;", "n += 1;", "n;"], [0, 1, 2, 1])).toEqual(["2"]);
});

test("cells that read each other in a circle are looked at once", () => {
  expect(stale(["var x = typeof y; ", "var y = x;"], [0, 1])).toEqual(["0", "1"]);
});

test("a name whose cell was deleted lives in the kernel only, and that is said", () => {
  const cells = notebook(["b * 2;"], [0]).map((cell) => ({
    ...cell,
    names: { reads: ["b"], writes: [], imports: [] },
  }));
  expect([...staleCells(cells, new Set(["b"]))]).toEqual([["0", { why: "deleted", name: "b" }]]);
  expect([...staleCells(cells)]).toEqual([]);
});

test("a name that is imported again means what it meant; an edited import may mean another", () => {
  const cells = ['import { f } from "x";\nlet a = 1;', "f(a);", "f(2);"];
  expect(namesOfCells(cells)[0]).toEqual({ reads: [], writes: ["f", "a"], imports: ["f"] });
  expect(stale(cells, [0, 1, 2, 0])).toEqual(["1"]);
  expect([...staleCells(notebook(cells, [0, 1, 2, 0])).values()]).toEqual([
    { why: "input", name: "a", by: "0" },
  ]);
  expect(stale(cells, [0, 1, 2], [0])).toEqual(["0", "1", "2"]);
});
