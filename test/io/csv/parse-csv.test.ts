import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fc } from "../../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { formatCsv, parseCsv, readCsvColumns, readLines } from "../../../src/io/csv/index.ts";
import { distinctLabels } from "../../../src/table/index.ts";
import type { Cell } from "../../../src/io/csv/index.ts";

const path = fileURLToPath(new URL("../../fixtures/csv/expected.json", import.meta.url));
const { cases } = JSON.parse(await readFile(path, "utf8")) as {
  cases: Record<string, { text: string; names: string[]; columns: Record<string, Cell[]> }>;
};
const bytes = (text: string) => new TextEncoder().encode(text);
const column = (text: string, name = "a") => parseCsv(text).columns.get(name);

describe("columns are those pandas reads", () => {
  test.each(Object.keys(cases))("%s", (name) => {
    const { text, names, columns } = cases[name];
    const found = parseCsv(text);
    expect(found.names).toEqual(names);
    const cell = (value: Cell) =>
      typeof value === "number" && !Number.isFinite(value)
        ? String(value).replace("Infinity", "inf")
        : value;
    for (const key of names) expect(found.columns.get(key)?.map(cell)).toEqual(columns[key]);
  });
});

describe("a label is never turned into a number", () => {
  test("zeros in front", () => expect(column("a\n001\n002\n")).toEqual(["001", "002"]));
  test("one of many", () => expect(column("a\n1\n02\n3\n")).toEqual(["1", "02", "3"]));
  test("digits beyond 2⁵³", () =>
    expect(column("a\n9007199254740993\n")).toEqual(["9007199254740993"]));
  test("hexadecimal", () => expect(column("a\n0x10\n")).toEqual(["0x10"]));
  test("beyond float64", () => expect(column("a\n1e999\n")).toEqual(["1e999"]));
  test("zero, and zero point something, are numbers", () =>
    expect(column("a\n0\n0.5\n-0.25\n")).toEqual([0, 0.5, -0.25]));
});

describe("options", () => {
  test("delimiter", () =>
    expect(parseCsv("a\tb\n1,5\tx\n", { delimiter: "\t" }).columns.get("a")).toEqual(["1,5"]));
  test("no header", () =>
    expect(parseCsv("1,x\n2,y\n", { header: false }).columns.get("1")).toEqual(["x", "y"]));
  test("missing values of one's own", () =>
    expect(parseCsv("a\nNA\n-\n", { missing: ["-"] }).columns.get("a")).toEqual(["NA", null]));
  test("encoding", async () => {
    const latin1 = new Uint8Array([0x61, 0x0a, 0xe4, 0x0a]);
    await expect(readCsvColumns(latin1)).rejects.toThrow(
      /expected utf-8, found other bytes.*latin1/,
    );
    const { columns } = await readCsvColumns(latin1, { encoding: "latin1" });
    expect(columns.get("a")).toEqual(["ä"]);
  });
});

describe("what cannot be right is refused, by line", () => {
  test.each([
    ["too many fields", "a,b\n1,2\n1,2,3\n", /line 3: expected 2 fields.* found 3/],
    ["too few fields", 'a,b\n"x\ny",2\n1\n', /line 4: expected 2 fields.* found 1/],
    ["an open quote", 'a,b\n1,"x\n2,y\n', /line 2: expected a closing quote/],
    ["text after a quote", 'a,b\n"x"y,1\n', /line 2: expected a delimiter/],
    ["a name twice", "a,a\n1,2\n", /"a" twice/],
    ["nothing", "", /line 1: expected a line of column names/],
  ])("%s", (_, text, message) => expect(() => parseCsv(text)).toThrow(message));
  test("a delimiter of two characters", () =>
    expect(() => parseCsv("a", { delimiter: ", " })).toThrow(/one character/));
  test("a file that is no text", async () =>
    expect(readCsvColumns(new Uint8Array([97, 0, 98]))).rejects.toThrow(/NUL/));
});

describe("formatCsv", () => {
  test("missing values, infinities and zeros", () => {
    const columns = new Map<string, Cell[]>([["a", [1.5, NaN, null, -Infinity, -0, 1e-7]]]);
    expect(formatCsv(["a"], columns)).toBe('a\n1.5\n""\n""\n-inf\n-0\n1e-7\n');
  });
  test("columns of different lengths are refused", () => {
    const columns = new Map<string, Cell[]>([
      ["a", [1]],
      ["b", [1, 2]],
    ]);
    expect(() => formatCsv(["a", "b"], columns)).toThrow(/expected 1 cells in column b, found 2/);
    expect(() => formatCsv(["c"], columns)).toThrow(/"c"/);
  });
  test("any numbers and any text come back", () => {
    const label = fc.string({ unit: "grapheme" }).map((text) => `x${text}`);
    const row = fc.tuple(label, fc.option(fc.double({ noNaN: true })));
    const law = fc.property(fc.array(row), fc.constantFrom(",", ";", "\t"), (rows, delimiter) => {
      const columns = new Map<string, Cell[]>([
        ['the "label"\n', rows.map(([text]) => text)],
        ["n", rows.map(([, number]) => number)],
      ]);
      const names = [...columns.keys()];
      expect(parseCsv(formatCsv(names, columns, { delimiter }), { delimiter })).toEqual({
        names,
        columns,
      });
    });
    fc.assert(law, { seed: 3, numRuns: 500 });
  });
});

describe("readLines", () => {
  test("white space and the last line end go", async () =>
    expect(await readLines(bytes("\uFEFFf001 \r\nf002\r\n\r\n"))).toEqual(["f001", "f002"]));
  test("an empty file is an empty list", async () =>
    expect(await readLines(new Uint8Array())).toEqual([]));
  test("an empty line between items is refused", async () =>
    expect(readLines(bytes("a\n\nb\n"))).rejects.toThrow(/line 2: expected an item/));
});

test("2,000 texts with random changes give columns of one length, or a typed error", () => {
  const text = 'item,onset,label\n001,0.5,"face, left"\n002,NA,"a\n""b"""\r\n003,1e3,x\n';
  const change = fc.tuple(
    fc.nat(text.length),
    fc.constantFrom('"', ",", "\n", "\r", "0", "\0", "é", ""),
  );
  const law = fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
    let changed = text;
    for (const [at, put] of changes) changed = changed.slice(0, at) + put + changed.slice(at + 1);
    try {
      const { names, columns } = parseCsv(changed);
      expect(new Set([...columns.values()].map((cells) => cells.length)).size).toBe(1);
      expect([...columns.keys()]).toEqual(names);
    } catch (error) {
      expect(error).toMatchObject({ code: "FILE_FORMAT", file: "(text)" });
    }
  });
  fc.assert(law, { seed: 5, numRuns: 2000 });
});

describe("texts that are told apart stay apart", () => {
  test.each([
    ["1.10", "1.1"],
    ["1e3", "1000"],
    ["0.12345678901234567890", "0.12345678901234567891"],
    ["1", "1.0"],
    ["+1", "1"],
    ["1E5", "1e5"],
  ])("%s and %s", (one, two) => {
    expect(column(`a\n${one}\n${two}\n`)).toEqual([one, two]);
    expect(distinctLabels(column(`a\n${one}\n${two}\n${one}\n`) ?? [])).toHaveLength(2);
  });

  test.each([
    ["0.50\n1.00\n0.50\n", [0.5, 1, 0.5]],
    ["1.000000000000000056e-01\n2.0\n", [0.1, 2]],
    ["-0.00\n0.00\n", [-0, 0]],
    [" 1\n1\n", [1, 1]],
    ["1.10\nNA\n1.20\n", [1.1, null, 1.2]],
  ])("numbers are still numbers: %j", (rows, expected) => {
    expect(column(`a\n${rows}`)).toEqual(expected);
  });

  test("a column is numbers, or text, where the caller says so", () => {
    const text = "onset,item\n1,1.10\n1.0,1.20\n";
    const { columns } = parseCsv(text, { numbers: ["onset"], text: ["item"] });
    expect(columns.get("onset")).toEqual([1, 1]);
    expect(columns.get("item")).toEqual(["1.10", "1.20"]);
    expect(() => parseCsv("a\nx\n", { numbers: ["a"] })).toThrow(/row 0.*a number.*"x"/);
    expect(() => parseCsv(text, { numbers: ["onse"] })).toThrow(/did you mean "onset"/);
  });
});

test("a .tsv is separated by tabs without being told", async () => {
  const file = new File(["onset\ttrial_type\n0.5\tface, upright\n"], "sub-01_events.tsv");
  const { names, columns } = await readCsvColumns(file);
  expect(names).toEqual(["onset", "trial_type"]);
  expect(columns.get("trial_type")).toEqual(["face, upright"]);
});

test("cells are drawn from the budget of the text", () => {
  const text = `a,b\n${"1,2\n".repeat(1000)}`;
  expect(parseCsv(text).columns.get("b")).toHaveLength(1000);
  expect(() => parseCsv(text, { maxBytes: 50_000 })).toThrow(/line 4\d\d.*raise maxBytes/);
  expect(() => parseCsv(",".repeat(3_000_000))).toThrow(/columns: expected at most .*memory/);
  expect(parseCsv(text, { maxBytes: 200_000 }).columns.get("b")).toHaveLength(1000);
});

describe("numbers with a decimal comma", () => {
  const read = (text: string, options = {}) =>
    parseCsv(text, { delimiter: ";", decimal: ",", ...options }).columns;

  test("are those of pandas' decimal=','; a point makes text, not a number", () => {
    // pandas 3.1: read_csv(sep=";", decimal=",") gives 7.5, 0.25, 1e-7, -inf; and the text of "1.500".
    const columns = read("a;b;c\n7,5;1.500;f,1\n-0,25;2,5;f,2\n1,0e-07;;f,3\n-inf;4;NA\n");
    expect(columns.get("a")).toEqual([7.5, -0.25, 1e-7, -Infinity]);
    expect(columns.get("b")).toEqual(["1.500", "2,5", null, "4"]);
    expect(columns.get("c")).toEqual(["f,1", "f,2", "f,3", null]);
  });

  test("keep labels as they are, and the options of columns and of missing values", () => {
    expect(read("a\n1,10\n1,1\n").get("a")).toEqual(["1,10", "1,1"]);
    expect(read("a\n1,10\n1,1\n", { numbers: ["a"] }).get("a")).toEqual([1.1, 1.1]);
    expect(read("a\n1,5\n2,5\n", { text: ["a"] }).get("a")).toEqual(["1,5", "2,5"]);
    expect(read("a\n1,5\n99,9\n", { missing: ["99,9"] }).get("a")).toEqual([1.5, null]);
    expect(() => read("a\n1.5\n", { numbers: ["a"] })).toThrow(
      'column a, row 0: expected a number, found ""1.5""'.replaceAll('""', '"'),
    );
  });

  test("need another delimiter; what the first line has is told", () => {
    expect(() => parseCsv("a\n1,5\n", { decimal: "," })).toThrow('pass delimiter: ";" with it');
    expect(() => parseCsv("a\n1\n", { decimal: ";" as "," })).toThrow('give "." or ","');
    expect(() => parseCsv("a;b\n1,5;2\n")).toThrow(
      'pass delimiter: ";", as the first line has it, and decimal: ","',
    );
    expect(() => parseCsv("a\tb\n1,5\t2\n")).toThrow('pass delimiter: "\\t"');
    expect(() => parseCsv("a,b;c\n1\n")).toThrow("check the delimiter");
  });
});
