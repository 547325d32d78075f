import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { gradeCommand, type Marked } from "../../cli/grade/grade-command.ts";
import { startConfined } from "../../cli/grade/confined.ts";
import { readHandIns } from "../../cli/grade/hand-ins.ts";
import { literalOf } from "../../cli/grade/literal.ts";
import { answersIn, neededCells } from "../../cli/grade/slice.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";

const folder = mkdtempSync(join(tmpdir(), "tsrsa-grade-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const published = `// %%
import { Rdm } from "tsrsa";
import { check } from "tsrsa/course";
const related = new Rdm([1, 2, 3, 4, 5, 6], { items: ["a", "b", "c", "d"] });

// %%
const figure = await new Promise((done) => setTimeout(done, 1e6));

// %% tags=["exercise:pairs"]
const nPairs = (related.nItems * (related.nItems - 1)) / 2; // blank: pairs
check("00/pairs", nPairs, { rdm: related });

// %% tags=["exercise:orders"]
const nOrders = 1001; // blank: orders
check("00/orders", nOrders, { level: 0.001 });
`;

const outside = join(folder, "outside");
const attacks = {
  "attacks.ts": `// %% tags=["exercise:pairs"]
const done: string[] = [];
const attempt = async (name: string, work: () => unknown) => {
  try { await work(); done.push(name); } catch {}
};
const fs = await import("node:fs");
await attempt("read", () => fs.readFileSync("/etc/passwd"));
await attempt("read the hand-ins", () => fs.readdirSync(${JSON.stringify(folder)}));
await attempt("write", () => fs.writeFileSync(${JSON.stringify(outside)}, "x"));
await attempt("write the package", () => fs.writeFileSync(${JSON.stringify(join(import.meta.dirname, "x"))}, "x"));
await attempt("program", async () => (await import("node:child_process")).execSync("true"));
const { Worker } = await import("node:worker_threads");
const inWorker = (made: any, options: object) => new Promise<void>((done, fail) => {
  const code = "const done = []; const attempt = (n, f) => { try { f(); done.push(n) } catch {} };" +
    "attempt('read', () => require('fs').readFileSync('/etc/passwd')); attempt('run', () => require('child_process').execSync('true'));" +
    "const { Worker, parentPort: p } = require('worker_threads');" +
    "const w = new Worker(\\"require('worker_threads').parentPort.postMessage(process.permission?.has('fs.read', '/etc/passwd') !== false)\\", { eval: true, execArgv: [], env: {} });" +
    "w.on('message', (m) => { if (m) done.push('nested'); p.postMessage(done.join()) });";
  const thread = new made(code, { eval: true, ...options });
  thread.once("error", fail);
  thread.once("message", (said: string) => (said === "" ? fail(new Error()) : done()));
});
await attempt("thread without options", () => inWorker(Worker, { execArgv: [] }));
await attempt("thread with variables", () => inWorker(Worker, { env: { NODE_OPTIONS: "" } }));
await attempt("thread by its prototype", () => inWorker(Worker.prototype.constructor, { execArgv: [] }));
await attempt("thread of a subclass", () => inWorker(class extends Worker {}, { execArgv: [] }));
await attempt("thread by inheritance", () => {
  let real: any;
  const base = Object.getPrototypeOf(Worker);
  Object.setPrototypeOf(Worker, function (...args: any[]) { real = new.target; return Reflect.construct(base, args, new.target); });
  try { new Worker("", { eval: true }); } finally { Object.setPrototypeOf(Worker, base); }
  return inWorker(real, { execArgv: [] });
});
await attempt("options of all objects", () => {
  (Object.prototype as any).execArgv = [];
  return inWorker(Worker, {});
});
await attempt("native code", () => {
  const file = process.env.HOME + "/x.node";
  fs.writeFileSync(file, "x");
  try { (process as any).dlopen({ exports: {} }, file); }
  catch (error: any) { if (!error.message.includes("too short")) throw error; }
});
await attempt("other variables", () => Object.defineProperty(process, "env", { get: () => ({}) }));
await attempt("hooks", async () => (await import("node:module")).register("data:text/javascript,1"));
await attempt("environment", () => { if (process.env.GRADE_SECRET === undefined) throw new Error(); });
if (done.length > 0) throw new Error(done.join());
check("00/pairs", done.length === 0 ? 6 : done.join(), { rdm: related });

// %% tags=["exercise:orders"]
const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
hook.display({ "application/vnd.tsrsa.check+json": { name: "00/orders", passed: true, words: "", answer: 5 }, "text/plain": "" });
`,
};
const endless = {
  "endless.ts": `// %% tags=["exercise:pairs"]
for (;;);
// %% tags=["exercise:orders"]
const nOrders = todo("orders");
`,
};
const handIns = {
  "broken.ipynb": '{"cells": [',
  "flood.ts": `// %% tags=["exercise:pairs"]
for (let i = 0; i < 400; i++) console.log("x".repeat(1e4));
check("00/pairs", 6, { rdm: related });
// %% tags=["exercise:orders"]
check("00/orders", 1001, { level: 0.001 });
`,
  "handed.json": JSON.stringify({
    format: "tsrsa-hand-in",
    text: '// %% tags=["exercise:pairs"]\nconst n = 6;\ncheck("00/pairs", n, { rdm: related });\n// %%\ncheck("00/orders", 1000, { level: 0.001 });\n',
  }),
};

async function grade(
  handIns: Readonly<Record<string, string>>,
  limitS: number,
  notebook = published,
): Promise<{ marked: Marked[]; table: string }> {
  const into = mkdtempSync(join(folder, "in-"));
  for (const [name, text] of Object.entries(handIns)) writeFileSync(join(into, name), text);
  writeFileSync(join(folder, "published.ts"), notebook);
  const out = join(folder, "marks.csv");
  const said: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void said.push(text));
  vi.stubEnv("GRADE_SECRET", "secret");
  try {
    const of = join(folder, "published.ts");
    await gradeCommand(into, { of, parameters: [], out, json: true, limitS });
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
  return { marked: JSON.parse(said.join("\n")) as Marked[], table: readFileSync(out, "utf8") };
}

function wordsOf(marked: readonly Marked[]): Record<string, string[]> {
  return Object.fromEntries(
    marked.map(({ file, marks }) => [file, marks.map(({ words }) => words)]),
  );
}

test("a hand-in reads, writes and starts nothing outside, also from a thread, and a forged verdict does not count", async () => {
  const { marked } = await grade(attacks, 100);
  // The first passes only where none of the attacks was done.
  expect(wordsOf(marked)).toEqual({
    "attacks.ts": ["passed", "? says passed, but its answer is not right"],
  });
  expect(existsSync(outside)).toBe(false);
}, 120_000);

const saying = (mistake: string): string => `// %% tags=["exercise:pairs"]
const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];
hook.display({ "application/vnd.tsrsa.check+json": { passed: false, mistake: ${mistake} } });
`;

test("no hand-in ends the marking of the others, names its mistake passed, or puts a formula into the table", async () => {
  const lies = {
    "=1+1.ts": saying('"passed"'),
    "bigint.ts": saying("1n"),
    "bytes.ts": `// %% tags=["exercise:pairs"]
const fs = await import("node:fs");
for (const fd of [4, 5]) try { fs.writeSync(fd, Buffer.from([9, 0, 0, 0, 1, 0, 0, 0, 123, 123, 123, 123, 123, 123, 123, 123, 123, 10])); } catch {}
await new Promise((done) => setTimeout(done, 1000));
`,
    "formula.ts": saying(`'=HYPERLINK("x")'`),
    "no-text.ts": saying("{ toString: null, valueOf: null }"),
    "true.ts": '// %% tags=["exercise:pairs"]\ncheck("00/pairs", 6, { rdm: related });\n',
  };
  const { marked, table } = await grade(lies, 100);
  const words = Object.values(wordsOf(marked)).map(([first]) => first);
  expect([words[0], words[3], words[4], words[5]]).toEqual(["other", "other", "other", "passed"]);
  expect(marked.map(({ passed }) => passed)).toEqual([0, 0, 0, 0, 0, 1]);
  expect(table).toContain("'=1+1.ts,0,other");
}, 120_000);

test("no answer stops the teacher's process, and no error writes or hides a line of its own", async () => {
  const hook = 'const hook = (globalThis as any)[Symbol.for("Jupyter.hook")];';
  const verdict = (name: string, answer: string): string =>
    `hook.display({ "application/vnd.tsrsa.check+json": { name: "00/${name}", passed: true, words: "", answer: ${answer} }, "text/plain": "" });`;
  const hanging = {
    "asleep.ts": `// %% tags=["exercise:pairs"]\n${hook}\n${verdict("pairs", "1e9")}\n`,
    "erased.ts": `// %% tags=["exercise:pairs"]
const error = new Error("\\u001b[2K\\r  pairs            passed" + "x".repeat(1e4));
error.name = "Error\\n  pairs            passed";
throw error;
`,
    "right.ts": '// %% tags=["exercise:pairs"]\ncheck("00/pairs", 6, { rdm: related });\n',
  };
  const waiting = published.replace(
    'check("00/pairs"',
    'if (nPairs > 1e6) await new Promise((done) => setTimeout(done, nPairs));\ncheck("00/pairs"',
  );
  const { marked } = await grade(hanging, 100, waiting);
  const words = Object.values(wordsOf(marked)).map(([first]) => first);
  const notRight = "? says passed, but its answer is not right";
  expect([words[0], words[2]]).toEqual([notRight, "passed"]);
  expect(words[1]).toHaveLength(200);
  expect(words[1]).not.toMatch(/\p{Cc}/u);
}, 120_000);

test("an endless hand-in is stopped at the limit", async () => {
  const [first, second] = wordsOf((await grade(endless, 4)).marked)["endless.ts"];
  // On a busy machine it may not have come so far.
  expect(first).toMatch(/limit of time$/);
  expect(second).toMatch(/not reached|not done/);
}, 120_000);

test("a hand-in that cannot be read or says too much is told so, and the others are marked", async () => {
  const { marked, table } = await grade(handIns, 100);
  expect(wordsOf(marked)).toEqual({
    "broken.ipynb": [expect.stringMatching(/^cannot be read/), expect.anything()],
    "flood.ts": ["stopped at the limit of output", "passed"],
    "handed.json": ["passed", "equal"],
  });
  expect(table.split("\n")[0]).toBe("file,passed,pairs,orders");
  expect(table).toContain("handed.json,1,passed,equal");
}, 120_000);

test("a link, a folder and a file too large have a row that says so, and are not read", () => {
  const into = mkdtempSync(join(folder, "odd-"));
  writeFileSync(join(folder, "solved.ts"), '// %% tags=["exercise:pairs"]\n6;\n');
  symlinkSync(join(folder, "solved.ts"), join(into, "link.ts"));
  symlinkSync(join(folder, "gone.ts"), join(into, "nowhere.ipynb"));
  mkdirSync(join(into, "folder.ts"));
  writeFileSync(join(into, "large.ts"), "");
  truncateSync(join(into, "large.ts"), 50e6 + 1);
  writeFileSync(join(into, "notes.txt"), "");
  const linked = "a link to another file, which is not followed";
  expect(readHandIns(into)).toEqual([
    { name: "folder.ts", cells: [], fault: "no file" },
    { name: "large.ts", cells: [], fault: "larger than 50 MB" },
    { name: "link.ts", cells: [], fault: linked },
    { name: "nowhere.ipynb", cells: [], fault: linked },
  ]);
});

test("what a learner's cell left running is not heard during a published cell, however much it says", async () => {
  const running = await startConfined({ seconds: 100, outputBytes: 1e6, memoryMb: 512 });
  try {
    // It begins when the published cell lets it, so that no part of it belongs to the learner's own time.
    const flood = `let flood: ReturnType<typeof setInterval>;
let go = () => {};
const begun = new Promise<void>((resolve) => { go = resolve; }).then(() => {
  flood = setInterval(() => console.log("x".repeat(3e5)), 1);
});`;
    expect((await running.run(flood, false)).error).toBeUndefined();
    const published = await running.run(
      "go(); await new Promise((done) => setTimeout(done, 300)); clearInterval(flood);",
      true,
    );
    expect(published).toEqual({ outputs: [], error: undefined, isLast: false });
  } finally {
    await running.close();
  }
}, 120_000);

test("only what exercises need is run", () => {
  const cells = neededCells(parsePercent(published));
  expect(cells.map(({ exercise }) => exercise)).toEqual([undefined, "pairs", "orders"]);
  expect(cells[0].source).toContain("new Rdm");
  // An explanation comes after what it explains, also where it declares a name that is used below.
  const explained = published.replace(
    '// %% tags=["exercise:orders"]',
    '// %% tags=["explanation:pairs"]\nconst nOrders0 = 1;\n\n// %% tags=["exercise:orders"]\nnOrders0;',
  );
  expect(neededCells(parsePercent(explained))).toHaveLength(3);
});

test("exercises are found by their tag, and by what they check where tags were lost", () => {
  const cells = parsePercent(
    '// %% tags=["exercise:a"]\n1\n// %%\ncheck("00/b", 2, {});\n// %%\n3\n',
  );
  expect([...answersIn(cells)]).toEqual([
    ["a", "1"],
    ["b", 'check("00/b", 2, {});'],
  ]);
});

test("an answer becomes code that holds numbers and words alone", () => {
  expect(literalOf(0.5)).toBe("0.5");
  expect(literalOf('a"); process.exit(')).toBe('"a\\"); process.exit("');
  expect(literalOf([1, null])).toBe("[1, NaN]");
  expect(literalOf({ rdm: { items: ["a", "b"], condensed: [1] } })).toBe(
    'new (await import("tsrsa")).Rdm([1], { items: ["a","b"] })',
  );
  for (const odd of [undefined, null, {}, [["x"]], ["x"], { rdm: { items: "x", condensed: [1] } }])
    expect(literalOf(odd)).toBeUndefined();
});
