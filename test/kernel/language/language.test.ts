import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLanguageService } from "../../../kernel/language/language.ts";
import type { Completion, LanguageService } from "../../../kernel/server/language.ts";

const folder = mkdtempSync(join(tmpdir(), "language-"));
const packagesFrom = join(import.meta.dirname, "../../../package.json");
const services: LanguageService[] = [];

beforeAll(() => {
  writeFileSync(
    join(folder, "helper.ts"),
    "/** Doubles. */\nexport function double(x: number): number {\n  return 2 * x;\n}\n",
  );
  const home = join(folder, "node_modules", "with-exports");
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({
      name: "with-exports",
      exports: { "./sub": { types: "./inner.d.ts", default: "./inner.js" } },
    }),
  );
  writeFileSync(join(home, "inner.d.ts"), "export declare const inside: { depth: number };");
});

afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
  rmSync(folder, { recursive: true, force: true });
});

function start(...cells: string[]): LanguageService {
  const service = startLanguageService({ cwd: folder, packagesFrom, timeoutMs: 60_000 });
  services.push(service);
  cells.forEach((code) => service.cellExecuted(code));
  return service;
}

/** One service for the questions that leave nothing behind. */
const shared = start(
  "/** How many. */\nconst count: number = 3; let total = 0; interface Person { name: string; age: number }",
  'import * as path from "node:path";',
  "const count = 'three'; function greet(person: Person): string { return person.name }",
);

/** Completes at the bar in the text. */
async function complete(text: string, service = shared): Promise<Completion> {
  const cursor = Array.from(text.slice(0, text.indexOf("|"))).length;
  return service.complete(text.replace("|", ""), cursor);
}

async function messages(code: string, service = shared): Promise<[number, number, number][]> {
  return ((await service.diagnose(code)) ?? []).map(({ code, line, column }) => [
    code,
    line,
    column,
  ]);
}

describe("completion", () => {
  test.each([
    ["Math.hyp|", ["hypot"], 5, 8],
    ["const 😀 = 1; 'é😀'; Math.hyp|", ["hypot"], 24, 27],
    ["path.joi|", ["join"], 5, 8],
    ["greet({ na|", ["name"], 8, 10],
    ["count.toUpp|", ["toUpperCase"], 6, 11],
    ["await Promise.allS|", ["allSettled"], 14, 18],
    ['import { dou| } from "./helper.ts"', ["double"], 9, 12],
    ['import { ins| } from "with-exports/sub"', ["inside"], 9, 12],
    ['import fs from "node:fs/pro|', ["promises"], 24, 27],
  ])("%s", async (text, matches, cursorStart, cursorEnd) => {
    const found = await complete(text);
    expect(found.matches.slice(0, matches.length)).toEqual(matches);
    expect([found.cursorStart, found.cursorEnd]).toEqual([cursorStart, cursorEnd]);
    expect(found.kinds.length).toBe(found.matches.length);
  });

  test("an import names the files beside the notebook and its packages", async () => {
    expect((await complete('import {} from "./|"')).matches).toContain("helper.ts");
    expect((await complete('import {} from "with|"')).matches).toContain("with-exports");
    expect((await complete('import {} from "node:f|"')).matches).toContain("node:fs");
  });

  test("the user's own names come first", async () => {
    expect((await complete("const z: Per|")).matches[0]).toBe("Person");
    expect((await complete("const processed = 1; proc|")).matches.slice(0, 2)).toEqual([
      "processed",
      "process",
    ]);
    expect((await complete("cou|")).matches[0]).toBe("count");
  });

  test("what is in the letters typed comes before what is in other letters", async () => {
    const { matches } = await complete("const ab = 1, AB = 2; A|");
    expect(matches[0]).toBe("AB");
    expect(matches).toContain("ab");
  });

  test("names that a library hides come last", async () => {
    const { matches } = await complete("const o = { $hidden: 1, _own: 2, shown: 3 }; o.|");
    expect(matches.slice(0, 3)).toEqual(["shown", "$hidden", "_own"]);
  });

  test("a browser's globals are not offered, and the kernel's own are", async () => {
    expect((await complete("docum|")).matches).toEqual([]);
    expect((await complete("setTime|")).matches).toEqual(["setTimeout"]);
  });

  test("a member of what may be missing is reached by ?.", async () => {
    const found = await complete("const p = [1].find(Boolean); p.toF|");
    expect(found.matches).toEqual(["?.toFixed"]);
    expect(found.cursorStart).toBe(30);
  });

  test("nothing in text that is no code, and no crash on anything", async () => {
    expect((await complete("`${|")).matches.length).toBeGreaterThan(0);
    for (const text of ["|", "'abc|'", "// com|", "import |", "}}}} )|", "\u{d800}|", "((((|"])
      expect(Array.isArray((await complete(text)).matches)).toBe(true);
  });
});

describe("knowledge of earlier cells", () => {
  test("a name declared again has its newest meaning, and earlier cells keep theirs", async () => {
    const service = start(
      "const a = 1; const readA = () => a;",
      "const a = 'text'; export const b = a;",
    );
    expect((await service.inspect("a", 0, 0)).bundle["text/plain"]).toContain('"text"');
    expect((await service.inspect("readA", 0, 0)).bundle["text/plain"]).toContain("() => number");
    expect(await messages("b.length; readA().toFixed()", service)).toEqual([]);
    expect(await messages("const a = { x: 1 }; a.x", service)).toEqual([]);
  });

  test("a variable may be assigned to, with its type; a constant may not", async () => {
    expect(await messages("total += 1;")).toEqual([]);
    expect(await messages("total = 'x';")).toEqual([[2322, 1, 1]]);
    expect((await messages("path = 1;")).length).toBe(1);
  });

  test("types, classes, enums and imports live on", async () => {
    const service = start(
      "enum Side { Left } class Box<T> { constructor(readonly value: T) {} } type Pair = [number, string]",
      'import { double } from "./helper.ts"',
    );
    expect(
      await messages("const p: Pair = [Side.Left, 'b']; double(new Box(2).value)", service),
    ).toEqual([]);
    expect((await messages("double(new Box('x').value)", service)).map(([code]) => code)).toEqual([
      2345,
    ]);
  });

  test("names are forgotten when the process that had them ended", async () => {
    const service = start("const gone = 1");
    expect(await messages("gone", service)).toEqual([]);
    service.reset();
    expect(await messages("gone", service)).toEqual([[2304, 1, 1]]);
    service.cellExecuted("const gone = 'again'");
    expect(await messages("gone.length", service)).toEqual([]);
  });

  test("a file beside the notebook is read again when it changed", async () => {
    const service = start();
    const path = join(folder, "changing.ts");
    writeFileSync(path, "export const before = 1;");
    expect(await messages('import { before } from "./changing.ts"', service)).toEqual([]);
    await new Promise((done) => setTimeout(done, 20));
    writeFileSync(path, "export const after = 1;");
    expect(await messages('import { after } from "./changing.ts"', service)).toEqual([]);
  });
});

describe("type errors", () => {
  test.each([
    ["const x: number = 'a'", [[2322, 1, 7]]],
    ["1;\nfoo(2)", [[2304, 2, 1]]],
    ["function f(x) {}", [[7006, 1, 12]]],
    ["const x: string | undefined = [''][0]?.at(0); x.length", [[18048, 1, 47]]],
    ["await Promise.resolve(1); for await (const x of [1]) console.log(x)", []],
    ["%strict\nconst y: number = ''", [[2322, 2, 7]]],
    ["{ a: 1, b: [2] }", []],
    ["const x = ;", [[1109, 1, 11]]],
    ["using d = { [Symbol.dispose]() {} }", []],
    ["document.title", [[2584, 1, 1]]],
    ['import { inside } from "with-exports/sub"; inside.depth.toFixed()', []],
    ['import { nope } from "./nowhere.ts"', [[2307, 1, 22]]],
    ["const React = { createElement: (tag: string) => tag }; const el = <b>{1}</b>; el", []],
    ["const el2 = <b>{missing}</b>", [[2304, 1, 17]]],
    ['import text from "./notes.txt"; text.length', []],
    ["const cast = <number>(3 as unknown); cast.toFixed()", []],
  ])("%s", async (code, expected) => {
    expect(await messages(code)).toEqual(expected);
  });

  test("the packages our notebooks use have their types", async () => {
    const code =
      'import * as Plot from "@observablehq/plot"; import h5wasm from "h5wasm/node"; import * as nifti from "nifti-reader-js"; import sharp from "sharp"; Plot.plot({ marks: [] }).outerHTML.length + nifti.NIFTI1.name.length; sharp(""); h5wasm.ready';
    expect(await messages(code)).toEqual([]);
  });
});

describe("what every cell has without an import", () => {
  test("is known, with its documentation", async () => {
    expect((await complete("display.ht|")).matches).toEqual(["html"]);
    const { bundle } = await shared.inspect("display.update", 12, 0);
    expect(bundle["text/plain"]).toContain("Replaces the output named");
    expect(
      await messages(
        "const name: string = await input('?'); display(name, { id: 'a' }); widget.slider().get('value').toFixed(); comm.open('t').close(); confirm('?') && prompt()",
      ),
    ).toEqual([]);
    expect((await messages("display.html(1)")).map(([code]) => code)).toEqual([2345]);
  });

  test("may be declared by the notebook, in this cell and later", async () => {
    const service = start("const display = 1, input = 'x';");
    expect(await messages("display.toFixed() + input.length", service)).toEqual([]);
    expect(await messages("function widget() { return 1 } widget().toFixed()", service)).toEqual(
      [],
    );
  });

  test("tslab is ours", async () => {
    const code = 'import * as tslab from "tslab"; tslab.newDisplay().html("x"); tslab.display.no()';
    expect((await messages(code)).map(([number]) => number)).toEqual([2339]);
  });
});

describe("help", () => {
  test("signature, summary, parameters and example, as text and as Markdown", async () => {
    const service = start(`/**
 * Mean of the numbers, see {@link Math}.
 *
 * @param values - what to average
 * @returns their mean
 * @example
 * mean([1, 3]); // 2
 */
function mean(values: readonly number[]): number { return values[0] }`);
    const { found, bundle } = await service.inspect("mean([1])", 4, 0);
    expect(found).toBe(true);
    expect(bundle["text/markdown"]).toBe(
      "```typescript\nfunction mean(values: readonly number[]): number\n```\n\nMean of the numbers, see `Math`.\n\n**Parameters**\n\n- `values` — what to average\n\n**Returns**\n\ntheir mean\n\n**Example**\n\n```typescript\nmean([1, 3]); // 2\n```",
    );
    expect(bundle["text/plain"]).toBe(
      "function mean(values: readonly number[]): number\n\nMean of the numbers, see `Math`.\n\nParameters:\n  values — what to average\n\nReturns:\n  their mean\n\nExample:\n  mean([1, 3]); // 2",
    );
  });

  test.each([
    ["Math.hypot", 10, "hypot(...values: number[]): number"],
    ["Math.hypot", 6, "hypot(...values: number[]): number"],
    ["Math.hypot(1, )", 14, "hypot(...values: number[]): number"],
    ["'😀'; total", 6, "let total: number"],
    ["Person", 2, "interface Person"],
    ["greet", 5, "function greet(person: Person): string"],
  ])("%s at %i", async (code, cursor, signature) => {
    expect((await shared.inspect(code, cursor, 0)).bundle["text/plain"]).toContain(signature);
  });

  test("nothing is found where nothing stands", async () => {
    expect(await shared.inspect("   ", 2, 1)).toEqual({ found: false, bundle: {} });
    expect(await shared.inspect("", 0, 0)).toEqual({ found: false, bundle: {} });
  });
});

test("types that could not be found out are not taken for right", async () => {
  const service = startLanguageService({ cwd: folder, timeoutMs: 1 });
  services.push(service);
  expect(await service.diagnose("const n: string = 3")).toBeUndefined();
});

test("of a long explanation by types within types the beginning is told", async () => {
  const long =
    "type Held = { data: Uint8Array | Float64Array }; const take = (m: Held) => m; const b = { data: new BigInt64Array(1) }; take(b);";
  const [{ message }] = (await shared.diagnose(long)) ?? [];
  expect(message.split("\n")).toHaveLength(3);
  expect(message).toMatch(/^Argument of type '.*\n {2}Type.*\n {2}…$/);
  const [short] = (await shared.diagnose("const n: string = 3;")) ?? [];
  expect(short.message).toBe("Type 'number' is not assignable to type 'string'.");
});

test("a worker that is lost in a question answers with nothing, and the next question starts anew", async () => {
  const service = startLanguageService({ cwd: folder, timeoutMs: 1 });
  services.push(service);
  service.cellExecuted("const kept = 1");
  expect(await service.complete("kep", 3)).toMatchObject({ matches: [] });
  expect(await service.inspect("kept", 0, 0)).toMatchObject({ found: false });
});
