import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome, Output } from "../../kernel/executor/protocol.ts";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";
import { renderTraceback } from "../../kernel/session/traceback.ts";

const folder = mkdtempSync(join(tmpdir(), "executor-"));
let executor: Executor;

beforeAll(async () => {
  writeFileSync(
    join(folder, "helper.ts"),
    "export enum Kind {\n  A = 'a',\n}\n\nexport function fail(x: number): never {\n  throw new RangeError(`bad ${x}`);\n}\n",
  );
  writeFileSync(join(folder, "data.json"), '{"answer": 42}');
  executor = await startExecutor({ cwd: folder });
});

afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(code: string, on = executor): Promise<{ outcome: Outcome; outputs: Output[] }> {
  const outputs: Output[] = [];
  const outcome = await on.execute(code, { onOutput: (output) => outputs.push(output) });
  return { outcome, outputs };
}

/** The plain text of a cell's value. */
async function valueOf(code: string): Promise<unknown> {
  const { outcome, outputs } = await run(code);
  if (outcome.status === "error") throw new Error(renderTraceback(outcome.error).join("\n"));
  const last = outputs.at(-1);
  return last?.type === "result" ? last.bundle["text/plain"] : undefined;
}

/** What a cell printed to a stream. */
function printed(outputs: readonly Output[], name: "stdout" | "stderr"): string {
  return outputs.map((o) => (o.type === "stream" && o.name === name ? o.text : "")).join("");
}

/** True while something adds to the file; a process id may outlive its process. */
async function isBeating(file: string): Promise<boolean> {
  const before = statSync(file).size;
  await new Promise((done) => setTimeout(done, 200));
  return statSync(file).size > before;
}

async function traceback(code: string): Promise<string[]> {
  const { outcome } = await run(code);
  return outcome.status === "error" ? renderTraceback(outcome.error) : [];
}

describe("output", () => {
  test("a cell waits for what a library shows later, awaited or not; its errors stay the library's", async () => {
    const { outcome, outputs } = await run(`
      const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
      const later = async (text: string) => {
        await new Promise((done) => setTimeout(done, 30));
        if (text === "") throw new Error("none");
        hook.display({ "text/plain": text });
      };
      for (const text of ["a", ""]) { const work = later(text); work.catch(() => {}); hook.later(work); }
      7`);
    expect(outcome.status).toBe("ok");
    const shown = outputs.filter((output) => output.type === "display");
    expect(shown.map(({ bundle }) => bundle["text/plain"])).toEqual(["a"]);
  });

  test.each([1000, 100_000])("%i printed lines are all kept, in order", async (n) => {
    const { outputs } = await run(`for (let i = 0; i < ${n}; i++) console.log(i)`);
    const expected = Array.from({ length: n }, (_, i) => `${i}\n`).join("");
    expect(printed(outputs, "stdout") === expected).toBe(true);
    // One message a line would make a notebook of this slow to read.
    expect(outputs.length).toBeLessThan(n / 10);
  });

  test("streams and displays keep their order", async () => {
    const { outputs } = await run(`
      const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
      console.log("a");
      hook.display({ "text/plain": "b", "image/png": new Uint8Array([1, 2, 3]) });
      process.stderr.write("c");
      process.stdout.write(new Uint8Array([0xc3]));
      process.stdout.write(new Uint8Array([0xa9]));
      hook.display({ "text/plain": "e" }, { displayId: "x", update: true });
      "f"`);
    expect(outputs).toEqual([
      { type: "stream", name: "stdout", text: "a\n" },
      { type: "display", bundle: { "text/plain": "b", "image/png": "AQID" } },
      { type: "stream", name: "stderr", text: "c" },
      { type: "stream", name: "stdout", text: "é" },
      { type: "display", bundle: { "text/plain": "e" }, displayId: "x", update: true },
      { type: "result", bundle: { "text/plain": "'f'" } },
    ]);
  });

  test("what a busy cell prints is shown before it ends", async () => {
    let seen = 0;
    const started = performance.now();
    await executor.execute(
      'console.log("early"); const t = Date.now(); while (Date.now() < t + 600) console.log("x")',
      {
        onOutput: () => (seen ||= performance.now() - started),
      },
    );
    expect(performance.now() - started - seen).toBeGreaterThan(300);
  });

  test("a child process that inherits the streams is heard", async () => {
    const { outputs } = await run(
      'import { spawnSync } from "node:child_process"; spawnSync(process.execPath, ["-e", "console.log(123)"], { stdio: "inherit" }).status',
    );
    expect(printed(outputs, "stdout")).toBe("123\n");
  });

  test("what cannot be sent to another process is left out of a bundle", async () => {
    const { outputs } = await run(
      'hook.display({ "text/plain": "t", "application/json": { a: 1, f: () => 1 } })',
    );
    expect(outputs).toEqual([
      { type: "display", bundle: { "text/plain": "t", "application/json": { a: 1 } } },
    ]);
  });
});

describe("values", () => {
  test.each([
    ["undefined", undefined],
    ["null", "null"],
    ["[1, 'a']", "[ 1, 'a' ]"],
    ["new Map([['k', 1]])", "Map(1) { 'k' => 1 }"],
    ["new Float64Array([1, 2.5])", "Float64Array(2) [1, 2.5]"],
    [
      "Float64Array.from({ length: 20 }, (_, i) => (i === 3 ? NaN : i / 2))",
      "Float64Array(20) [0, 0.5, 1, NaN, 2, 2.5, 3, 3.5, 4, 4.5, … ] from 0 to 9.5, 1 NaN",
    ],
    ["Promise.resolve(7)", "7"],
  ])("%s", async (code, text) => {
    expect(await valueOf(code)).toEqual(text);
  });

  test.each([
    [
      '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>x</b>" }) })',
      { "text/html": "<b>x</b>" },
    ],
    [
      '({ async [Symbol.for("Jupyter.display")]() { return { "text/plain": "late" } } })',
      { "text/plain": "late" },
    ],
    [
      '({ tagName: "svg", outerHTML: "<svg><g/></svg>" })',
      {
        "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
        "text/plain": "<svg>",
      },
    ],
    [
      '({ tagName: "DIV", outerHTML: "<div>1</div>" })',
      { "text/html": "<div>1</div>", "text/plain": "<div>" },
    ],
  ])("%s shows itself", async (code, bundle) => {
    const { outputs } = await run(code);
    expect(outputs).toEqual([{ type: "result", bundle }]);
  });

  test("a data frame is a table with types, first rows and its shape", async () => {
    const { outputs } = await run(`({
      $data: [], columns: ["<item>", "r"], dtypes: ["string", "float32"], shape: [22, 2],
      index: Array.from({ length: 22 }, (_, i) => i + 100),
      values: Array.from({ length: 22 }, (_, i) => ["f" + i, i / 3]),
    })`);
    const bundle = outputs[0].type === "result" ? outputs[0].bundle : {};
    expect(bundle["text/html"]).toContain(
      '<th title="string" style="text-align: left">&#60;item&#62;</th>',
    );
    expect(bundle["text/html"]).toContain('<td style="text-align: right">0.3333</td>');
    expect(bundle["text/plain"]).toMatch(
      /^ {5}<item> +r\n100 +f0 +0\n[\s\S]*109[^\n]*3\nfirst 10 of 22 rows × 2 columns$/,
    );
  });
});

describe("state and modules", () => {
  test("names live on, may be declared again, and may hide a global of Node", async () => {
    await run("const a = 1; let crypto = 2; const performance = 3;");
    await run("const a = 10; function twice(x: number) { return 2 * x }");
    expect(await valueOf("twice(a) + crypto + performance")).toBe("25");
  });

  test("a loop over a top-level name ends with the right number", async () => {
    expect(await valueOf("let s = 0; for (let i = 0; i < 20_000_000; i++) s += i % 7; s")).toBe(
      "59999997",
    );
  });

  test("TypeScript files beside the notebook can be imported, with and without extension", async () => {
    expect(await valueOf('import { Kind } from "./helper.ts"; Kind.A')).toBe("'a'");
    expect(await valueOf('import * as again from "./helper.js"; again.Kind.A')).toBe("'a'");
    expect(await valueOf('(await import("./helper")).Kind.A')).toBe("'a'");
    expect(await valueOf('import data from "./data.json" with { type: "json" }; data.answer')).toBe(
      "42",
    );
  });

  test("the working folder, require and import.meta are the notebook's", async () => {
    expect(await valueOf("process.cwd() === import.meta.dirname")).toBe("true");
    expect(await valueOf('require("./data.json").answer')).toBe("42");
  });

  test("a package missing here is found beside packagesFrom", async () => {
    const home = join(folder, "elsewhere", "node_modules", "only-there");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "index.js"), "exports.found = 'there';");
    const packagesFrom = join(folder, "elsewhere", "main.js");
    const other = await startExecutor({ cwd: folder, packagesFrom });
    const { outputs } = await run('import { found } from "only-there"; found', other);
    await other.close();
    expect(outputs).toEqual([{ type: "result", bundle: { "text/plain": "'there'" } }]);
    expect((await traceback('import "only-there"'))[0]).toMatch(/Cannot find package/);
  });

  test("a name a module lacks is said at once", async () => {
    expect((await traceback('import { joinn } from "node:path"'))[0]).toBe(
      'SyntaxError: "node:path" has no export named joinn; if it is a type, write import { type joinn }',
    );
  });

  test("using declarations are disposed at the end of the cell, for await iterates", async () => {
    const { outputs } = await run(`
      const make = (name: string) => ({ [Symbol.dispose]: () => console.log("closed", name) });
      using one = make("one"); using two = make("two");
      for await (const x of [Promise.resolve(1), 2]) console.log(x);`);
    expect(printed(outputs, "stdout")).toBe("1\n2\nclosed two\nclosed one\n");
  });
});

describe("errors name the TypeScript line", () => {
  test("in a cell, with a caret and the way there", async () => {
    const code =
      "interface A { x: 1 }\n\nfunction deep(a?: A): number {\n  return a!.x;\n}\ndeep();";
    expect((await traceback(code)).map((line) => line.replace(/cell \d+/, "cell N"))).toEqual([
      "TypeError: Cannot read properties of undefined (reading 'x')",
      "  at cell N, line 4 in deep",
      "      return a!.x;",
      "                ^",
      "  called from cell N, line 6",
    ]);
  });

  test.each([
    ["a syntax error", "const a = 1;\nconst = 3;", /^SyntaxError: Unexpected token$/, "line 2"],
    ["after an await", "await 0;\n\nthrow new Error('late')", /^Error: late$/, "line 3"],
    [
      "in a timer",
      "await new Promise(() => {\n setTimeout(() => { throw new Error('tick') })})",
      /^Error: tick$/,
      "line 2",
    ],
    ["a promise nobody awaits", "Promise.reject(new Error('lost'));\n1", /^Error: lost$/, "line 1"],
    [
      "found by V8 alone",
      "1;\nlet x = /(?<n>a)(?<n>b)/;",
      /^SyntaxError: .*egular expression/,
      "line 2",
    ],
  ])("%s", async (_, code, first, line) => {
    const lines = await traceback(code);
    expect(lines[0]).toMatch(first);
    expect(lines[1]).toContain(line);
  });

  test("in a file beside the notebook, at its own line", async () => {
    const lines = await traceback('import { fail } from "./helper.ts"; fail(3)');
    expect(lines[0]).toBe("RangeError: bad 3");
    expect(lines[1]).toContain(`${join(folder, "helper.ts")}:6`);
  });

  test("the await that failed is named when the stack does not reach it", async () => {
    const code =
      'import { setTimeout as sleep } from "node:timers/promises";\n\nawait sleep(1);\nawait sleep(1, 0, { signal: AbortSignal.abort() });';
    const lines = await traceback(code);
    expect(lines[0]).toMatch(/^AbortError/);
    expect(lines[1]).toMatch(/line 4$/);
    expect(
      (await traceback("1;\nawait new Promise((_, no) => setTimeout(no, 1, 'no'))"))[1],
    ).toMatch(/line 2$/);
    expect(await traceback("await Promise.resolve(1);\nthrow 'text'")).toEqual(["Thrown: 'text'"]);
  });

  test("causes, and values that are no errors", async () => {
    const lines = await traceback("throw new Error('outer', { cause: new TypeError('inner') })");
    expect(lines).toContain("caused by TypeError: inner");
    expect((await traceback("throw { a: 1 }"))[0]).toBe("Thrown: { a: 1 }");
  });
});

describe("interrupts keep variables", () => {
  test.each([
    ["a busy loop", "while (true) n++"],
    ["a busy loop in try/finally", "try { while (true) n++ } finally { n++ }"],
    ["a busy loop after an await", "await 0; while (true) n++"],
    [
      "a busy loop after a timer",
      "await new Promise((done) => setTimeout(done, 5)); while (true) n++",
    ],
    ["a promise that never settles", "await new Promise(() => {})"],
    ["an async loop", "for (;;) { await new Promise((done) => setTimeout(done, 1)); n++ }"],
    ["a runaway timer", "setTimeout(() => { while (true) n++ }); await new Promise(() => {})"],
    ["a runaway tick", "process.nextTick(() => { while (true) n++ }); await new Promise(() => {})"],
    ["a sort comparator", "[3, 2, 1].sort(() => { while (true) n++ })"],
    ["a regular expression", "/^(a+)+$/.test('a'.repeat(60) + 'b')"],
    ["a sleeping thread", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
    ["endless printing", "while (true) console.log('x')"],
    [
      "an async iterator that never ends",
      "for await (const x of { async *[Symbol.asyncIterator]() { await new Promise(() => {}); yield 1 } }) n++",
    ],
    [
      "a value that never shows itself",
      '({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })',
    ],
  ])("%s", async (_, code) => {
    await run("let n = 1; let kept = 'kept'");
    const timer = setTimeout(() => executor.interrupt(), 150);
    const { outcome } = await run(code);
    clearTimeout(timer);
    expect(outcome).toMatchObject({ status: "error", error: { ename: "KeyboardInterrupt" } });
    expect(await valueOf("await new Promise((done) => setTimeout(done, 1)); n > 0 && kept")).toBe(
      "'kept'",
    );
  });

  test("finally runs when the cell was waiting", async () => {
    setTimeout(() => executor.interrupt(), 100);
    const { outputs } = await run(
      "try { await new Promise(() => {}) } finally { console.log('closed') }",
    );
    expect(printed(outputs, "stdout")).toBe("closed\n");
  });

  test("many in a row, and one when nothing runs", async () => {
    await run("let rounds = 0");
    for (let i = 0; i < 30; i++) {
      // Once it prints it runs; a timer could fire before that on a busy machine.
      const onOutput = (): void => executor.interrupt();
      await executor.execute("rounds++; console.log(rounds); while (true);", { onOutput });
    }
    executor.interrupt();
    await new Promise((done) => setTimeout(done, 50));
    expect(await valueOf("rounds")).toBe("30");
  });
});

describe("the process may end", () => {
  test("process.exit is reported, with what was printed before it", async () => {
    const other = await startExecutor({ cwd: folder });
    const { outcome, outputs } = await run("console.log('last words'); process.exit(3)", other);
    expect(printed(outputs, "stdout")).toBe("last words\n");
    expect(outcome).toMatchObject({
      status: "error",
      exited: true,
      error: {
        ename: "ExecutorExit",
        evalue: "the execution process exited (code 3) and its variables are lost",
      },
    });
    expect((await run("1", other)).outcome).toMatchObject({ exited: true });
    await other.close();
  });

  test("a busy process ends when its parent is killed", async () => {
    const session = join(import.meta.dirname, "../../dist/kernel/session/executor-process.js");
    const beat = join(folder, "beat");
    const cell = `import { appendFileSync } from "node:fs"; while (true) appendFileSync(${JSON.stringify(beat)}, ".");`;
    const script = `
      const { startExecutor } = await import(${JSON.stringify(pathToFileURL(session).href)});
      const executor = await startExecutor({ cwd: process.cwd() });
      await executor.execute(${JSON.stringify(cell)});`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
    await expect.poll(() => existsSync(beat), { timeout: 20_000 }).toBe(true);
    expect(await isBeating(beat)).toBe(true);
    parent.kill("SIGKILL");
    await expect.poll(() => isBeating(beat), { timeout: 10_000 }).toBe(false);
  });

  test("running out of memory says what to do", async () => {
    const other = await startExecutor({ cwd: folder, nodeOptions: ["--max-old-space-size=40"] });
    const { outcome } = await run(
      "const hoard: unknown[] = []; for (;;) hoard.push(new Array(1000).fill({}))",
      other,
    );
    await other.close();
    expect(outcome.status === "error" && outcome.error.evalue).toMatch(
      /ran out of memory.*max-old-space-size/,
    );
  });
});

test("a notebook may name its variables like globals of Node", async () => {
  const other = await startExecutor({ cwd: folder });
  await run(
    "const process = 1, Buffer = 2, setTimeout = 3, setImmediate = 4, queueMicrotask = 5;",
    other,
  );
  const { outcome, outputs } = await run(
    "console.log(process + Buffer + setTimeout + setImmediate)",
    other,
  );
  await other.close();
  expect(outcome.status).toBe("ok");
  expect(printed(outputs, "stdout")).toBe("10\n");
});
