import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "everyday-"));
let notebook: TestNotebook;

/** `export function add(a, b)` of two whole numbers. */
const addWasm =
  "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b";

beforeAll(async () => {
  const files = {
    "add.wasm": Buffer.from(addWasm, "hex"),
    "bad.mjs": "\nexport const a = ;\n",
    "bad.cjs": "\nconst a = ;\n",
    "throws.mjs": "\n\nthrow new Error('at load');\n",
    "fails.cjs": "exports.f = () => {\n  throw new Error('in a file');\n};\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, "node_modules"));
  notebook = await openNotebook(folder, join(import.meta.dirname, "../../package.json"));
});

afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

const value = (code: string): Promise<string | undefined> => notebook.value(code);
const error = (code: string): Promise<string> => notebook.error(code);
const flat = async (code: string): Promise<unknown> => (await value(code))?.replace(/\s+/g, " ");

describe("namespaces in parts", () => {
  test.each([
    [
      "namespace M { export const a = 1 } namespace M { export const b = a + 1 } M",
      "{ a: 1, b: 2 }",
    ],
    ["namespace M { export const c = 3 } M", "{ c: 3 }"],
    ["namespace X { export let v = 1 } namespace X { v++; export const o = { v } } X.v", "2"],
    ["namespace X { export let w = 1 } X", "{ w: 1 }"],
    ["namespace A.B { export const x = 1 } namespace A.B { export const y = x } A.B.y", "1"],
  ])(
    "a later part uses what an earlier one exports, and each run starts anew: %s",
    async (cell, shown) => {
      expect(await flat(cell)).toBe(shown);
    },
  );

  test("an enum beside one starts anew too", async () => {
    await value("enum E { a, b } namespace N { export let z = 1 } E.a");
    expect(await flat("enum E { c } namespace N { export let y = 1 } [E, N]")).toBe(
      "[ { '0': 'c', c: 0 }, { y: 1 } ]",
    );
  });
});

describe("using", () => {
  test("an error of the disposal hides none of the body", async () => {
    const told = await error(
      "using r = { [Symbol.dispose]() { throw new Error('disposal') } }; throw new Error('body')",
    );
    expect(told).toMatch(/^SuppressedError: An error was suppressed during disposal\./);
    expect(told).toMatch(/error 1: Error: disposal[\s\S]*error 2: Error: body/);
    expect(
      await error("await using q = { async [Symbol.asyncDispose]() { throw 1 } }; throw 2"),
    ).toMatch(/error 1: Thrown: 1[\s\S]*error 2: Thrown: 2/);
  });

  test("a `let` without a value starts anew beside one", async () => {
    await value("using r = null; let fresh; fresh = 5");
    expect(await value("using r = null; let fresh; [fresh]")).toBe("[ undefined ]");
  });
});

describe("errors", () => {
  test.each([
    ["1;\nawait import('not-installed')", /installs it\n {2}at cell \d+, line 2\n/],
    ["import n from 'not-installed'", /installs it\n {2}at cell \d+, line 1\n/],
    ["await import('./throws.mjs')", /throws\.mjs:3\n[\s\S]*called from cell/],
    ["require('./fails.cjs').f()", /fails\.cjs:2 in exports\.f\n/],
    ["require('./bad.cjs')", /SyntaxError: [\s\S]*bad\.cjs:2\n[\s\S]*called from cell/],
    ["await import('./bad.mjs')", /SyntaxError: .*bad\.mjs[\s\S]*bad\.mjs:2:18/],
    ["eval('null.x')", /^TypeError: Cannot read[^\n]*\n {2}at cell \d+, line 1/],
    [
      "new Function('a', 'return a.b.c')({})",
      /^TypeError: Cannot read[^\n]*\n {2}at cell \d+, line 1/,
    ],
  ])("are placed in the user's files and cells: %s", async (cell, told) => {
    expect(await error(cell)).toMatch(told);
  });

  test("of evaluated text have a stack that can be read", async () => {
    const stack = await notebook.printed(
      "try { eval('null.x') } catch (e) { console.log((e as Error).stack) }",
    );
    expect(stack).toMatch(/at eval \(eval at .*, <anonymous>:1:6\)\n.*cell-\d+\.ts:1:7\n/);
  });

  test("that are their own cause are told once", async () => {
    const told = await error("const loop: any = new Error('round'); loop.cause = loop; throw loop");
    expect(told.match(/round/g)).toHaveLength(2);
    expect(told).not.toContain("caused by");
  });

  test("keep their places after a program took the stacks and gave them back", async () => {
    await value("Error.prepareStackTrace = () => 'mine'; 1");
    expect(await value("new Error('x').stack")).toBe("'mine'");
    await value("Error.prepareStackTrace = undefined; 1");
    expect(await error("\n\nnull.x")).toMatch(/line 3/);
  });

  test("a package that is missing is told with how to install it", async () => {
    expect(await error("import deep from '@scope/not-there/deep'")).toMatch(
      /notebook\.ts; a cell with %npm install @scope\/not-there installs it\n {2}at cell/,
    );
    expect(await error("require('not-there-either')")).toContain("%npm install not-there-either");
  });
});

describe("a program's own listeners", () => {
  const late =
    "setTimeout(() => { throw new Error('late') }, 1); await new Promise((r) => setTimeout(r, 30)); 'on'";

  test("hear of errors instead of the kernel, as in Node, and the kernel again after them", async () => {
    const hears = "process.on('uncaughtException', (e) => console.log('heard', e.message));";
    expect(await notebook.printed(hears + late)).toBe("heard late\n");
    await value("process.removeAllListeners('uncaughtException'); 1");
    expect(await error(late)).toContain("Error: late");
    const rejects =
      "process.once('unhandledRejection', (e: any) => console.log('lost', e.message));";
    expect(await notebook.printed(`${rejects} Promise.reject(new Error('p')); 1`)).toBe("lost p\n");
    expect(await error("Promise.reject(new Error('p2')); 1")).toContain("Error: p2");
  });

  test("that throw, as those of compiled C do, cost no variables", async () => {
    await value(
      "const kept = 7; for (const e of ['uncaughtException', 'unhandledRejection']) process.on(e, (reason) => { throw reason }); 1",
    );
    expect(await error(late)).toContain("Error: late");
    expect(await error("Promise.reject(new Error('p3')); 1")).toContain("Error: p3");
    expect(await value("process.removeAllListeners(); kept")).toBe("7");
  });

  test("hear no message of the kernel, and nobody is there to send one to", async () => {
    await value("process.on('message', () => console.log('a message')); 1");
    expect(await notebook.printed("1")).toBe("");
    expect(await value("typeof process.send")).toBe("'undefined'");
  });
});

test("a WebAssembly file is a module", async () => {
  expect(await value('import { add } from "./add.wasm"; add(2, 3)')).toBe("5");
  expect(await value('Object.keys(await import("./add.wasm"))')).toBe("[ 'add' ]");
});

test("standard output stays open for children and later cells", async () => {
  expect(await notebook.printed("void process.stdout.end('bye\\n')")).toBe("bye\n");
  expect(await notebook.printed("void require('fs').writeSync(1, 'by number\\n')")).toBe(
    "by number\n",
  );
});

test("nothing is assigned to a name that a cell imported, in that cell and in a later one", async () => {
  const refused = "Assignment to constant variable.";
  expect(await error('import { sep } from "node:path"; sep = 1 as any')).toContain(refused);
  expect(await error("sep += 1")).toContain(refused);
  expect(await value("sep")).toBe("'/'");
});

test("a name of the kernel's own may be the user's", async () => {
  await value("const __k = 4; let n = 0");
  expect(await value("n = await 3; __k + n")).toBe("7");
});

test("a proxy that was revoked is told so", async () => {
  expect(await value("const p = Proxy.revocable({}, {}); p.revoke(); p.proxy")).toBe(
    "<Revoked Proxy>",
  );
});

test("%timeit takes the runs and rounds of its options, before an expression and before a cell", async () => {
  expect(await notebook.printed("%timeit -n 3 -r2 1 + 1")).toMatch(/of 2 runs, 3 loops each/);
  expect(await notebook.printed("%timeit -n4\nlet t = 1; t + 1")).toMatch(
    /of 7 runs, 4 loops each/,
  );
});
