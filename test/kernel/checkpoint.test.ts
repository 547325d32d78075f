import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, afterEach, expect, test } from "vitest";
import { restore, save } from "../../kernel/checkpoint/checkpoint.ts";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const packagesFrom = join(import.meta.dirname, "../../package.json");
const folders: string[] = [];
let folder = "";
let notebook: TestNotebook;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "checkpoint-"));
  folders.push(folder);
  notebook = await openNotebook(folder, packagesFrom);
});
afterEach(() => notebook.close());
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })));

/** Another process, as after a crash. */
async function again(): Promise<void> {
  await notebook.close();
  notebook = await openNotebook(folder, packagesFrom);
}

test("plain data come back in another process as they were", async () => {
  await notebook.value(`%checkpoint
    const count = 3, text = "a\\u{1F600}\\ud800", big = -(2n ** 70n), nothing = undefined, none = null, flag = true;
    const odd = [NaN, -0, Infinity, -Infinity, , 7];
    const shared = { deep: [1, 2] };
    const loop: any = { shared, again: shared, key: Symbol.for("k") }; loop.self = loop;
    const map = new Map<unknown, unknown>([[shared, "x"], ["n", new Set([1, loop])]]);
    const when = new Date(5), never = new Date(NaN), pattern = /a+/giu, address = new URL("http://a.b/c?d#e");
    const bare = Object.assign(Object.create(null), { ["__proto__"]: 1 });
    const still = Object.freeze({ a: Object.freeze([1]) });
    const wrong = Object.assign(new TypeError("bad", { cause: new Error("why") }), { code: "E" });
    const rows: any = [1, 2]; rows.columns = ["a"];
    const many = Array.from({ length: 5000 }, (_, i) => i / 3);
    const floats = new Float32Array([1, 2, 3, 4]), tail = floats.subarray(2), view = new DataView(floats.buffer, 4, 8);
    const text8 = Buffer.from("hello"), ints = new BigInt64Array([1n, -1n]), atomic = new Int32Array(new SharedArrayBuffer(8));
    let chain: any = null; for (let i = 0; i < 20000; i++) chain = { next: chain };
    const table = { data: new Float64Array([1, 2, 3, 4]), shape: [2, 2] };`);
  await again();
  expect(await notebook.printed("%restore")).toMatch(
    /^27 names brought back from notebook.ts.checkpoint\n$/,
  );
  expect(
    await notebook.value(`import assert from "node:assert/strict";
      assert.deepEqual([count, text, big, nothing, none, flag], [3, "a\\u{1F600}\\ud800", -(2n ** 70n), undefined, null, true]);
      assert.deepEqual(odd, [NaN, -0, Infinity, -Infinity, , 7]);
      assert.equal(4 in odd, false);
      assert.ok(loop.shared === shared && loop.again === shared && loop.self === loop && loop.key === Symbol.for("k"));
      assert.ok(map.get(shared) === "x" && (map.get("n") as Set<unknown>).has(loop));
      assert.deepEqual([+when, +never, pattern.source, pattern.flags, address.href], [5, NaN, "a+", "giu", "http://a.b/c?d#e"]);
      assert.ok(Object.getPrototypeOf(bare) === null && bare["__proto__"] === 1);
      assert.ok(Object.isFrozen(still) && Object.isFrozen(still.a));
      assert.ok(wrong instanceof TypeError && wrong.message === "bad" && wrong.cause.message === "why" && wrong.code === "E");
      assert.equal(Object.keys(wrong).includes("message"), false);
      assert.deepEqual([...rows, rows.columns], [1, 2, ["a"]]);
      assert.equal(many[4999], 4999 / 3);
      floats[2] = 9; assert.deepEqual([tail[0], view.getFloat32(4, true)], [9, 9]);
      assert.ok(Buffer.isBuffer(text8) && text8.toString() === "hello" && text8.buffer.byteLength < 64);
      assert.deepEqual([ints[1], atomic.buffer instanceof SharedArrayBuffer], [-1n, true]);
      let depth = 0; for (let at = chain; at !== null; at = at.next) depth += 1;
      assert.deepEqual([depth, table.data[3], table.shape], [20000, 4, [2, 2]]);
      chain = 1; "right"`),
  ).toBe("'right'");
});

test("what is no data is named with the reason, and the rest is kept", async () => {
  const told = await notebook.printed(`%checkpoint
    const good = 1; function f() {} class C { x = 1 } const c = new C(); const later = Promise.resolve(1);
    import * as fs from "node:fs";
    const inside = { layers: [{ run() {} }] }; const computed = { get a() { throw new Error("ran") } };
    const watched = new Proxy({}, {}); const weak = new WeakMap(); const hidden = Object.defineProperty({}, "a", { value: 1 });`);
  expect(told).toContain("1 name kept in notebook.ts.checkpoint");
  expect(told).toContain("not kept: C, f (a function or class)");
  expect(told).toContain("c (a value of the class C)");
  expect(told).toContain("inside (inside.layers[0].run is a function or class)");
  expect(told).toContain("computed (computed.a is a field that is computed)");
  expect(told).toContain("later (a promise)");
  expect(told).toContain("fs (a module)");
  expect(told).toContain("watched (a proxy)");
  expect(told).toContain("weak (a value of the class WeakMap)");
  expect(told).toContain("hidden (hidden.a is a hidden field)");
  await again();
  await notebook.value("%restore");
  expect(await notebook.value("good")).toBe("1");
  expect(await notebook.error("c")).toContain("c is not defined");
});

test("an Rdm, a Table and a type of the user's package come back by the conventions", async () => {
  const home = join(folder, "node_modules", "kept");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"name":"kept","type":"module","main":"index.js"}');
  writeFileSync(
    join(home, "index.js"),
    `export class Box {
       constructor(inner) { this.inner = inner; }
       [Symbol.for("Jupyter.save")]() { return { module: "kept", name: "Box", data: [this.inner] }; }
       static [Symbol.for("Jupyter.restore")]([inner]) { return new Box(inner); }
     }`,
  );
  await notebook.value(`%checkpoint
    import { Rdm, Table } from "tsrsa"; import { Box } from "kept";
    const rdm = new Rdm([1, 2, 3], { items: ["a", "b", "c"], itemTable: new Table({ kind: ["x", "y", "x"] }), meta: { roi: "V1" } });
    const box = new Box({ rdm, inner: new Box(1) }), boxes = [box];`);
  await again();
  await notebook.value("%restore");
  expect(
    await notebook.value(`import { Rdm, Table } from "tsrsa"; import { Box } from "kept";
      [rdm instanceof Rdm, rdm.between("a", "c"), rdm.meta.roi, rdm.itemTable instanceof Table, rdm.itemTable.column("kind")[1],
       box instanceof Box, box.inner.rdm === rdm, box.inner.inner.inner, boxes[0] === box].join()`),
  ).toBe("'true,2,V1,true,y,true,true,1,true'");
});

test("a data frame of danfojs comes back", async () => {
  await notebook.value(`%checkpoint
    import * as dfd from "danfojs";
    const frame = new dfd.DataFrame({ word: ["a", "b"], n: [1, 2] }, { index: ["r1", "r2"] }), column = frame.column("n");`);
  await again();
  expect(await notebook.printed("%restore")).toContain("2 names brought back");
  expect(
    await notebook.value(
      "[frame.columns, frame.index, frame.values, column.values, frame.dtypes, column.columns].join(';')",
    ),
  ).toBe("'word,n;r1,r2;a,1,b,2;1,2;string,int32;n'");
}, 60_000);

test("once there is a checkpoint, it is written again when the process ends by itself", async () => {
  await notebook.value("%checkpoint run.bin\nlet step = 1;");
  await notebook.value("step = 2;");
  const { outcome } = await notebook.run("process.exit(3)");
  expect(outcome).toMatchObject({ status: "error", exited: true });
  await again();
  await notebook.value("%restore 'run.bin'");
  expect(await notebook.value("step += 1")).toBe("3");
  await again();
  await notebook.value("%restore run.bin");
  expect(await notebook.value("step")).toBe("2");
});

test("names that came back may be declared again, and %who lists them", async () => {
  await notebook.value("%checkpoint\nconst data = [1];");
  await again();
  expect(await notebook.value("%restore\ndata[0]")).toBe("1");
  expect(await notebook.printed("%who")).toBe("data  Array\n");
  expect(await notebook.value("const data = 'new'; data")).toBe("'new'");
});

test("a checkpoint that is not there, damaged or none at all is refused", async () => {
  expect(await notebook.error("%restore")).toContain("there is no notebook.ts.checkpoint");
  await notebook.value("%checkpoint a.bin\nconst x = new Float64Array(1000);");
  const path = join(folder, "a.bin");
  const bytes = readFileSync(path);
  expect(readdirSync(folder)).toEqual(["a.bin"]);
  for (const broken of [bytes.subarray(0, -1), bytes.subarray(0, 30), Buffer.from("text")]) {
    writeFileSync(path, broken);
    expect(await notebook.error("%restore a.bin")).toMatch(
      /a.bin was not restored: it is (damaged|no checkpoint)/,
    );
  }
  const other = Buffer.from(bytes);
  other[200] ^= 1;
  writeFileSync(path, other);
  expect(await notebook.error("%restore a.bin")).toContain("it is damaged");
});

/** A checkpoint file that says what it likes, with a right sum. */
function forged(contents: unknown): string {
  const json = Buffer.from(JSON.stringify(contents));
  const head = Buffer.from(`tsrsa checkpoint 1\n${String(json.length).padStart(16)}\n`);
  const all = Buffer.concat([
    head,
    json,
    Buffer.alloc((8 - ((head.length + json.length) % 8)) % 8),
  ]);
  const path = join(folder, "forged.bin");
  writeFileSync(path, Buffer.concat([all, createHash("sha256").update(all).digest()]));
  return path;
}

const evil = (form: object): object => ({
  names: { x: ["node", 0] },
  nodes: [
    { kind: "saved", data: ["node", 1], ...form },
    { kind: "array", values: ["id"], fields: [] },
  ],
  blobs: [],
});

test.each([
  [evil({ module: "child_process", name: "execSync" }), "is no package"],
  [evil({ module: "node:child_process", name: "execSync" }), "is no package"],
  [evil({ module: "./evil.js", name: "run" }), "is no package"],
  [evil({ module: "data:text/javascript,globalThis.ran=1", name: "run" }), "is no package"],
  [evil({ module: "tsrsa", name: "readNpy" }), "has no readNpy with"],
  [evil({ module: "tsrsa", name: "constructor" }), "has no constructor with"],
  [evil({ module: "danfojs", name: "readCSV" }), "danfojs has no readCSV"],
  [{ names: { x: ["node", 9] }, nodes: [], blobs: [] }, "an object that is not in it"],
  [
    {
      names: { x: ["node", 0] },
      nodes: [{ kind: "saved", module: "tsrsa", name: "Rdm", data: ["node", 0] }],
      blobs: [],
    },
    "made of itself",
  ],
  [
    {
      names: { x: ["node", 0] },
      nodes: [{ kind: "view", type: "Uint8Array", buffer: 0, offset: 0, length: 1 }],
      blobs: [],
    },
    "",
  ],
  [
    {
      names: { x: ["node", 0] },
      nodes: [{ kind: "view", type: "constructor", buffer: 0, offset: 0, length: 1 }],
      blobs: [],
    },
    "",
  ],
  [{ names: { x: ["node", 0] }, nodes: [{ kind: "nonsense" }], blobs: [] }, "does not know"],
  [{ names: { x: ["bigint", "1); process.exit(("] }, nodes: [], blobs: [] }, "does not know"],
  [{ names: { x: { a: 1 } }, nodes: [], blobs: [] }, "does not know"],
  [
    { names: { x: ["node", 0] }, nodes: [{ kind: "object", fields: 5 }], blobs: [] },
    "a list should stand",
  ],
  [
    { names: { x: ["node", 0] }, nodes: [{ kind: "numbers", blob: 3 }], blobs: [] },
    "numbers that are not in it",
  ],
])("what a file says is never run: %j", async (contents, reason) => {
  forged(contents);
  const { outcome, outputs } = await notebook.run("%restore forged.bin");
  const told = outputs.map((output) => (output.type === "stream" ? output.text : "")).join("");
  expect(outcome.status === "error" ? outcome.error.evalue : told).toContain(reason);
  expect(await notebook.error("x")).toContain("x is not defined");
});

test.each(["a b", "x; process.exit()", "__k", "babelHelpers", "1", ""])(
  "a name that is none is refused: %s",
  async (name) => {
    forged({ names: { [name]: 1, y: 2 }, nodes: [], blobs: [] });
    expect(await notebook.error("%restore forged.bin")).toContain("is no name");
    expect(await notebook.error("y")).toContain("y is not defined");
  },
);

test("objects from a file get no prototype by their fields", async () => {
  const path = forged({
    names: { x: ["node", 0] },
    nodes: [
      { kind: "object", fields: [["__proto__", ["node", 1]]] },
      { kind: "object", fields: [["admin", true]] },
    ],
    blobs: [],
  });
  const found = new Map<string, unknown>();
  await restore(
    path,
    () => Promise.reject(new Error("none")),
    (name, value) => found.set(name, value),
  );
  const x = found.get("x") as { admin?: boolean };
  expect(x.admin).toBe(undefined);
  expect(Object.getPrototypeOf(x)).toBe(Object.prototype);
});

async function restored(path: string): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  const none = (): Promise<unknown> => Promise.reject(new Error("none"));
  await restore(path, none, (name, value) => found.set(name, value));
  return found;
}

test("views of one buffer stay where the hardware wants them", async () => {
  const path = join(folder, "views.bin");
  const buffer = new ArrayBuffer(64);
  const bytes = new Uint8Array(buffer, 11, 2);
  const number = new Float64Array(buffer, 16, 1);
  bytes[1] = 5;
  number[0] = 2.5;
  save(path, [["both", { bytes, number }]]);
  const { bytes: b, number: n } = (await restored(path)).get("both") as Record<string, Uint8Array>;
  expect([b.length, b[1], n[0], b.buffer === n.buffer]).toEqual([2, 5, 2.5, true]);
});

test("a value that cannot be kept leaves nothing behind in the file", async () => {
  const path = join(folder, "part.bin");
  const big = new Float64Array(100_000).fill(7);
  const list = ["kept"];
  const kept = save(path, [
    ["wrong", { inner: { run: () => 1 }, big, list }],
    ["right", { part: big.subarray(0, 10), list }],
  ]);
  expect(kept.names).toEqual(["right"]);
  expect(kept.bytes).toBeLessThan(1000);
  const found = await restored(path);
  expect(found.get("right")).toEqual({ part: new Float64Array(10).fill(7), list: ["kept"] });
});
