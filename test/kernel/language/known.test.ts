import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CellLanguage } from "../../../kernel/language/cell-language.ts";
import { cellLanguage } from "../../../kernel/language/cell-language.ts";
import type { Completion, Inspection } from "../../../kernel/server/language.ts";

const folder = mkdtempSync(join(tmpdir(), "known-"));
const packagesFrom = join(import.meta.dirname, "../../../package.json");
const language = cellLanguage({ folder, packagesFrom });
language.cellExecuted(`
  import * as fs from "node:fs";
  import { join as joined } from "node:path";
  const data = [{ alpha: 1, beta: "x", nested: { deep: [1, 2], "odd key": 3 } }];
  let total = 3;
  const pair: [string, number] = ["a", 1];
  const maybe: { inner: string } | undefined = Math.random() > 2 ? undefined : { inner: "" };
  const untyped: any = 1;
  enum Side { Left, Right }
  class Subject {
    static count = 0;
    private secret = 1; protected hidden = 2; readonly name = "s";
    constructor(readonly n: number) {}
    mean(k: number): number { return k; }
    /** Itself. */ self(): this { return this; }
    pick<T>(value: T): T { return value; }
    get half(): number { return 1; }
    over(a: string): string; over(a: number): number; over(a: any): any { return a; }
  }
  const subject = new Subject(1);
  interface Shape { kind: string } interface Circle extends Shape { radius: number }
  const shape: Shape = { kind: "c" };
  const box = { shape };
  function isCircle(s: Shape): s is Circle { return s.kind === "c"; }
`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function complete(code: string, of: CellLanguage = language): Completion {
  return of.answer({ type: "complete", code, cursor: [...code].length }) as Completion;
}

// A name in a block, and one that stands elsewhere in the cell too, are left to the whole language service.
const members = [
  "data.",
  "data[0].",
  "data[0].al",
  "data[0].nested.",
  "data[0]['nested'].deep.",
  "data[0].nested.deep[0].to",
  "(data)[0]!.",
  "total.",
  "total.toFixed(2).",
  "pair.",
  "maybe.",
  "untyped.",
  "Side.",
  "Subject.",
  "subject.",
  "subject.mean(1).",
  "subject.self().self().",
  "subject.pick('a').",
  "subject.over(1).",
  "subject.half.",
  "shape.",
  "fs.",
  "fs.promises.re",
  "joined('a').",
  "Math.",
  "JSON.pa",
  "process.env.",
  "process.",
  "console.log(data[0].",
  "nobody.",
];

test.each(members)("without a new program the members are the same: %s", (code) => {
  const root = /\b(?!console\b|log\b)\w+/.exec(code)?.[0] ?? "";
  const before = `void ${root}; `;
  const whole = complete(before + code);
  const { matches, kinds } = complete(code);
  expect(matches).toEqual(whole.matches);
  expect(kinds).toEqual(whole.kinds);
});

test.each([
  "to",
  "tot",
  "subj",
  "da",
  "Mat",
  "console.log(to",
  "1 + sub",
  "x",
  "fun",
  "enc",
  "isC",
])("without a new program the names are the same: %s", (code) => {
  const whole = complete(`{ ${code}`);
  expect(new Set(complete(code).matches)).toEqual(new Set(whole.matches));
});

test("what the cell that is written tells of a value counts", () => {
  expect(complete("const data = 'text'; data.").matches).toContain("charAt");
  expect(complete("if (isCircle(shape)) shape.").matches).toContain("radius");
  expect(complete("if (isCircle(box.shape)) box.shape.").matches).toContain("radius");
  expect(complete("if (maybe !== undefined) maybe.").matches).toEqual(["inner"]);
  expect(complete("const own = { mine: 1 }; own.").matches).toEqual(["mine"]);
  expect(complete("function f(subject: string) { return subject.").matches).toContain("charAt");
  expect(complete("interface Own { a: 1 } const ownOne = 1; Ow").matches).not.toContain("Own");
});

test("a name of an earlier cell says what it is", () => {
  expect(complete("subj").kinds).toEqual(["variable", "class"]);
  expect(complete("isC").kinds).toEqual(["function"]);
  expect(complete("const one = pair;\npair.").matches).toContain("concat");
});

test("the newest cell counts, and so does one that was forgotten", () => {
  const own = cellLanguage({ folder, packagesFrom });
  own.cellExecuted("const thing = { first: 1 };");
  expect(complete("thing.", own).matches).toEqual(["first"]);
  own.cellExecuted("const thing = { second: 1 };");
  expect(complete("thing.", own).matches).toEqual(["second"]);
  own.reset();
  expect(complete("thing.", own).matches).toEqual([]);
});

test.each(["data", "subject.mean", "total", "Math.hypot", "Subject", "data.map", "Math", "joined"])(
  "without a new program help is the same: %s",
  (code) => {
    const help = (text: string): Inspection =>
      language.answer({
        type: "inspect",
        code: text,
        cursor: text.length,
        detail: 0,
      }) as Inspection;
    expect(help(code).bundle).toEqual(help(`void ${code.split(".")[0]}; ${code}`).bundle);
  },
);
