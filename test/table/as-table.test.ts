import * as aq from "arquero";
import { describe, expect, test } from "vitest";
import { asTable, Table, toDataFrame, type TableLike } from "../../src/table/index.ts";
import { jupyterDisplay } from "../../src/core/display.ts";

const columns = {
  file: ["f002.bmp", "s001.bmp", "f001.bmp"],
  trigger: [5, 17, 6],
  rt: [0.5, NaN, 0.7],
};

describe("every kind of table gives the same columns in the same order", () => {
  test.each([
    ["an object of columns", columns],
    [
      "row objects",
      columns.file.map((file, i) => ({ file, trigger: columns.trigger[i], rt: columns.rt[i] })),
    ],
    ["an Arquero table", aq.table(columns)],
  ])("%s", (_, input) => {
    const table = asTable(input);
    expect(table.names).toEqual(["file", "trigger", "rt"]);
    expect(table.column("file")).toEqual(columns.file);
    expect(table.column("trigger")).toEqual(columns.trigger);
    expect(table.column("rt")).toEqual(columns.rt);
  });

  test("a danfojs DataFrame, there and back", async () => {
    const frame = await toDataFrame(columns);
    expect(frame.shape).toEqual([3, 3]);
    expect(asTable(frame).rows()).toEqual(new Table(columns).rows());
  });

  test("a danfojs DataFrame that was filtered keeps its rows", async () => {
    const frame = await toDataFrame(columns);
    const faces = frame.query(frame.column("trigger").lt(10));
    expect(asTable(faces).column("file")).toEqual(["f002.bmp", "f001.bmp"]);
  });
});

test("columns of different length are refused by name", () => {
  expect(() => new Table({ a: [1], b: [1, 2] })).toThrow(/1 values in column "b", found 2/);
});

test("a misspelled column is met with the right one", () => {
  expect(() => new Table(columns).column("triger")).toThrow(
    /unknown column "triger"; did you mean "trigger"/,
  );
});

test("what is no table is refused", () => {
  expect(() => asTable({ a: 1 } as never)).toThrow(/invalid column a: 1/);
  expect(() => asTable(null as never)).toThrow(/invalid table/);
});

test("rows can be taken, filtered and extended without touching the table", () => {
  const table = new Table(columns);
  expect(table.take([2, 0]).column("file")).toEqual(["f001.bmp", "f002.bmp"]);
  expect(table.where((row) => row.trigger === 17).length).toBe(1);
  expect(table.with("n", [1, 2, 3]).names).toEqual(["file", "trigger", "rt", "n"]);
  expect(table.names).toHaveLength(3);
});

test("it shows itself as HTML and text, with its shape, and escapes what it shows", () => {
  const bundle = new Table({ "<b>": ["a & b", null], n: [1.23456789, 2] })[jupyterDisplay]();
  expect(bundle["text/html"]).toContain("&lt;b&gt;");
  expect(bundle["text/html"]).toContain("a &amp; b");
  expect(bundle["text/plain"]).toBe(
    "   <b>        n\n0  a & b  1.235\n1  –          2\n2 rows × 2 columns",
  );
});

test("every cell says how it is aligned, and one row is no rows: JupyterLab aligns to the right", () => {
  const bundle = new Table({ name: ["a"], n: [1] })[jupyterDisplay]();
  const html = String(bundle["text/html"]);
  expect(html).toContain('<td style="text-align:left">a</td><td style="text-align:right">1</td>');
  expect(html).toMatch(/<th [^>]*text-align:right">n</);
  expect(bundle["text/plain"]).toMatch(/\n1 row × 2 columns$/);
});

test("long tables show their first rows and say so", () => {
  const text = String(
    new Table({ n: Array.from({ length: 879 }, (_, i) => i) })[jupyterDisplay]()["text/plain"],
  );
  expect(text.split("\n")).toHaveLength(12);
  expect(text).toContain("first 10 of 879 rows × 1 column");
});

describe("columns called as what every object inherits", () => {
  const names = ["constructor", "toString", "__proto__", "hasOwnProperty"];

  test.each(names)("%s: rows without it have it missing, rows with it keep it", (name) => {
    const rows = [JSON.parse(`{"${name}": "x", "b": 1}`), { b: 2 }] as Record<string, unknown>[];
    const table = asTable(rows);
    expect(table.column(name)).toEqual(["x", null]);
    expect(asTable(table.rows()).column(name)).toEqual(["x", null]);
    expect(Object.hasOwn(table.row(0), name)).toBe(true);
  });

  test.each(names)("%s: as columns, and as a DataFrame", async (name) => {
    const table = asTable(JSON.parse(`{"${name}": ["x", "y"], "b": [1, 2]}`) as TableLike);
    expect(table.column(name)).toEqual(["x", "y"]);
    const frame = await toDataFrame(table);
    expect(frame.columns).toEqual([name, "b"]);
    expect(frame.column(name).values).toEqual(["x", "y"]);
  });

  test("names that danfojs cannot hold are refused by a typed error", async () => {
    await expect(toDataFrame({ shape: [1], values: [2] })).rejects.toMatchObject({
      code: "UNSUPPORTED",
    });
  });

  test("columns called by numbers keep their order in a DataFrame", async () => {
    const frame = await toDataFrame(
      new Table(
        new Map([
          ["b", ["x"]],
          ["1", ["y"]],
          ["0", ["z"]],
        ]),
      ),
    );
    expect(frame.columns).toEqual(["b", "1", "0"]);
    expect(frame.values).toEqual([["x", "y", "z"]]);
  });
});

test("a date that is none is missing", () => {
  expect(asTable([{ at: new Date(NaN) }]).column("at")).toEqual([null]);
});

test("rows without any name are no table of no rows", () => {
  expect(() => asTable([{}])).toThrow("invalid table");
  expect(() => asTable([{}, {}])).toThrow("rows");
  expect(asTable([{}, { a: 1 }]).column("a")).toEqual([null, 1]);
  expect(asTable([]).length).toBe(0);
});

test("a table of few rows more than are shown at first is shown whole", () => {
  const rowsOf = (n: number) =>
    String(
      new Table({ n: Array.from({ length: n }, () => 1) })[jupyterDisplay]()["text/plain"],
    ).split("\n");
  expect(rowsOf(20)).toHaveLength(22);
  expect(rowsOf(20).at(-1)).toBe("20 rows × 1 column");
  expect(rowsOf(21)).toHaveLength(12);
});

test("an object that gives its columns by name is a table; columns called names and column are columns", () => {
  const giver = { names: ["a"], column: (name: string) => [`${name}0`, `${name}1`], nRows: 2 };
  expect(asTable(giver as unknown as TableLike).column("a")).toEqual(["a0", "a1"]);
  expect(asTable({ names: ["Ann", "Bo"], column: [1, 2] }).names).toEqual(["names", "column"]);
});
