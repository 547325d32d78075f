import type { CsvColumns } from "../../../src/io/csv/index.ts";
import type { NotebookCell } from "../../../kernel/notebook/cell.ts";
import { joined, refusedCases, text, type CorpusCase, type Refused } from "../corpus-case.ts";

const csvs: Refused[] = [
  ["nothing", new Uint8Array(0), /line 1: expected a line of column names/],
  ["line ends alone", text("\n\r\n\n"), /line 1/],
  ["a row with a field too many", text("a,b\n1,2\n1,2,3\n"), /line 3: expected 2 fields.*found 3/],
  ["a row with a field too few", text("a,b\n1\n"), /line 2: expected 2 fields.*found 1/],
  ["an open quote", text('a,b\n1,"2\n3,4\n'), /line 2: expected a closing quote/],
  ["letters behind a quote", text('a,b\n"1"x,2\n'), /line 2: expected a delimiter/],
  ["a column twice", text("a,b,a\n1,2,3\n"), /"a" twice/],
  ["two columns without names, called the same", text("Unnamed: 1,\n1,2\n"), /"Unnamed: 1" twice/],
  ["a semicolon between fields, a comma in one", text("a;b\n1,5;2\n"), /line 2/],
  ["Latin-1", Uint8Array.of(0x6e, 0x0a, 0xe9, 0x0a), /text: expected utf-8/],
  ["UTF-16", joined("\xff\xfea\0\n\x001\0\n\0"), /text: expected utf-8|NUL/],
  ["half a character at the end", joined("a\n\xe2\x82"), /text: expected utf-8/],
  ["half a pair of surrogates", joined("a\n\xed\xa0\x80\n"), /text: expected utf-8/],
  ["a NUL", text("a\n\0\n"), /character 2: expected text, found a NUL/],
  ["a zip file", joined("PK\x03\x04\x14\0\0\0"), /NUL/],
  ["a spreadsheet", joined("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), /text: expected utf-8/],
];

/** The cells of a column, in JSON. */
const column = (name: string, cells: string) => (found: CsvColumns) =>
  JSON.stringify(found.columns.get(name)) === cells;
const odd: readonly (readonly [string, string, (found: CsvColumns) => boolean])[] = [
  ["labels with zeros in front stay text", "a\n001\n002\n", column("a", '["001","002"]')],
  [
    "an integer that float64 cannot hold",
    "a\n9007199254740993\n1\n",
    column("a", '["9007199254740993","1"]'),
  ],
  ["a number beyond float64", "a\n1e999\n1\n", column("a", '["1e999","1"]')],
  ["hexadecimal stays text", "a\n0x10\n1\n", column("a", '["0x10","1"]')],
  ["a decimal comma stays text", 'a\n"1,5"\n"2,5"\n', column("a", '["1,5","2,5"]')],
  ["missing values", 'a\n1\nNA\n""\n', column("a", "[1,null,null]")],
  ["a byte order mark", "\uFEFFa\n1\n", column("a", "[1]")],
  ["a name of JavaScript's own", "__proto__,constructor\n1,2\n", column("__proto__", "[1]")],
  ["line ends of old Macs", "a,b\r1,2\r3,4\r", column("b", "[2,4]")],
  ["no line end at the end", "a,b\n1,2", column("b", "[2]")],
  ["a header alone", "a,b\n", column("a", "[]")],
  ["line ends in quotes", 'a,b\n"x\r\ny",2\n', column("a", '["x\\r\\ny"]')],
  ["doubled quotes", 'a\n"say ""no"""\n', column("a", '["say \\"no\\""]')],
  [
    "letters that are written in two ways",
    "a\n\u00e9\ne\u0301\n",
    column("a", '["\u00e9","e\u0301"]'),
  ],
];

const cell = (fields: object) => ({
  cell_type: "code",
  metadata: {},
  source: "1 + 1",
  outputs: [],
  execution_count: null,
  ...fields,
});
const notebook = (fields: object, ...cells: unknown[]) =>
  text(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells, ...fields }));
const good = notebook({}, cell({ id: "a" }), {
  cell_type: "markdown",
  id: "b",
  metadata: {},
  source: ["# A\n", "b"],
});

const notebooks: Refused[] = [
  ["nothing", new Uint8Array(0), /JSON/],
  ["text", text("# %% a percent script\n1 + 1\n"), /JSON/],
  ["cut in the middle", good.subarray(0, good.length >> 1), /JSON/],
  ["the last byte missing", good.subarray(0, -1), /JSON/],
  ["a web page", text("<!doctype html><title>Sign in</title>"), /JSON/],
  ["UTF-16", joined("\xff\xfe{\0}\0"), /utf-8|JSON/i],
  [
    "Latin-1 within",
    joined(
      '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "raw", "metadata": {}, "source": "\xe9"}]}',
    ),
    /utf-8/i,
  ],
  ["null", text("null"), /expected .*object/],
  ["a list", text("[]"), /expected .*object/],
  ["a number", text("4"), /expected .*object/],
  [
    "format 3",
    text('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}'),
    /nbformat/,
  ],
  ["format 5", notebook({ nbformat: 5 }), /nbformat/],
  ["a format that is text", notebook({ nbformat: "4" }), /nbformat/],
  ["no cells", text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}'), /cells/],
  ["cells that are no list", notebook({ cells: { 0: cell({}) } }), /cells/],
  ["a cell that is null", notebook({}, cell({}), null), /cell 2/],
  ["a cell that is text", notebook({}, "1 + 1"), /cell 1/],
  ["a cell of no kind", notebook({}, cell({ cell_type: undefined })), /cell 1.*cell_type/],
  ["a cell of unknown kind", notebook({}, cell({ cell_type: "heading" })), /cell 1.*cell_type/],
  ["a cell without source", notebook({}, cell({ source: undefined })), /cell 1.*source/],
  ["a source that is a number", notebook({}, cell({ source: 7 })), /cell 1.*source/],
  ["a source of numbers", notebook({}, cell({ source: ["1", 2] })), /cell 1.*source/],
  ["a source that is an object", notebook({}, cell({ source: { join: 1 } })), /cell 1.*source/],
  ["metadata that are null", notebook({}, cell({ metadata: null })), /cell 1.*metadata/],
  [
    "tags that are no list",
    notebook({}, cell({ metadata: { tags: "parameters" } })),
    /cell 1.*tags/,
  ],
  ["tags that are numbers", notebook({}, cell({ metadata: { tags: [1] } })), /cell 1.*tags/],
  ["brackets in one another without end", text("[".repeat(200_000)), /JSON/],
];

const sources =
  (...wanted: string[]) =>
  (cells: readonly NotebookCell[]) =>
    cells.map(({ source }) => source).join("|") === wanted.join("|");
const oddNotebooks: readonly (readonly [
  string,
  Uint8Array,
  (cells: readonly NotebookCell[]) => boolean,
])[] = [
  ["a good one", good, sources("1 + 1", "# A\nb")],
  ["no cells at all", notebook({}), sources()],
  ["format 4.0, without ids", notebook({ nbformat_minor: 0 }, cell({})), sources("1 + 1")],
  ["a byte order mark", joined("\xef\xbb\xbf", good), sources("1 + 1", "# A\nb")],
  ["more keys than there should be", notebook({ more: 1 }, cell({ more: [1] })), sources("1 + 1")],
  [
    "a key of JavaScript's own",
    text('{"__proto__": {"nbformat": 3}, "nbformat": 4, "metadata": {}, "cells": []}'),
    sources(),
  ],
];

export const textCases: readonly CorpusCase[] = [
  ...refusedCases("csv", ".csv", csvs),
  ...odd.map(([name, content, gives]): CorpusCase => ({
    format: "csv",
    name,
    ending: ".csv",
    bytes: text(content),
    gives,
  })),
  ...refusedCases("notebook", ".ipynb", notebooks),
  ...oddNotebooks.map(([name, bytes, gives]): CorpusCase => ({
    format: "notebook",
    name,
    ending: ".ipynb",
    bytes,
    gives,
  })),
];
