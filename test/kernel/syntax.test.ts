import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNotebook } from "./support/notebook.ts";
import { openNotebook } from "./support/notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "syntax-"));
const packagesFrom = join(import.meta.dirname, "../../package.json");
let notebook: TestNotebook;
let seconds = 0;

/** Writes a file that is newer than all before it. */
function write(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, text);
  seconds += 10;
  utimesSync(path, new Date(), new Date(Date.now() + seconds * 1000));
}

beforeAll(async () => {
  write("d.json", '{"a":[1,2],"b":3}');
  write("t.txt", "some text\n");
  write("l.ts", "export const x: number = 1; export const where = __dirname;");
  write("plain.cts", "module.exports = { y: 2 as number };");
  write(
    "el.tsx",
    "const React = { createElement: (tag: string) => tag };\nexport const el = <b>hi</b>;\n",
  );
  write("uses.ts", 'import data, { b } from "./d.json"; export const all = [data.a.length, b];');
  write("m.ts", "export const v = 1;\n");
  write("outer.ts", 'export { deep } from "./inner";\n');
  write("inner.ts", "export const deep = 1;\n");
  write("old.cjs", "exports.n = 1;");
  mkdirSync(join(folder, "node_modules/own"), { recursive: true });
  write(
    "node_modules/own/package.json",
    '{"name":"own","type":"module","exports":{"import":"./i.js"}}',
  );
  write("node_modules/own/i.js", "export const mine = 1;");
  notebook = await openNotebook(folder, packagesFrom);
});

afterAll(async () => {
  await notebook.close();
  rmSync(folder, { recursive: true, force: true });
});

const value = (code: string): Promise<unknown> => notebook.value(code);
const flat = async (code: string): Promise<unknown> =>
  ((await notebook.value(code)) ?? "undefined").replace(/\s+/g, " ");

describe("what a cell may be written in", () => {
  test.each([
    ["enum E { A, B } E.B", "1"],
    ["enum E { C } E", "{ '0': 'C', C: 0 }"],
    ["enum E { C } enum E { D = 5 } E.D", "5"],
    ["namespace N { export const q = 1 } N", "{ q: 1 }"],
    ["namespace N { export let z = 1; export function f() { return z } } N.f()", "1"],
    ["class M { } namespace M { export const k = 2 } M.k", "2"],
    ["export default function () { return 1 }", "undefined"],
    ["export default class { a = 1 }", "undefined"],
    ["export default function named() { return 7 } named()", "7"],
    ['export { sep as cut } from "node:path"; cut', "'/'"],
    ['export * as everything from "node:path"; everything.sep', "'/'"],
    ['export * from "node:path"', "undefined"],
    ["const z1 = 1; export { z1 }; z1", "1"],
    ["class A { accessor x = 1 } new A().x", "1"],
    ["#!/usr/bin/env -S npx tsx\n1", "1"],
    ["'use strict'; 1 + 1", "2"],
    [
      "require('node:path').basename(__dirname) === require('node:path').basename(process.cwd())",
      "true",
    ],
    ["__filename.endsWith('.ts')", "true"],
    ['import fs = require("fs"); typeof fs.readFileSync', "'function'"],
    ['const { x } = require("./l.ts"); x', "1"],
    ['require("./l").x', "1"],
    ['require("./plain.cts").y', "2"],
    ['import data from "./d.json"; data', "{ a: [ 1, 2 ], b: 3 }"],
    ['import { b } from "./d.json"; b', "3"],
    ['import typed from "./d.json" with { type: "json" }; typed.b', "3"],
    ['(await import("./d.json", { with: { type: "json" } })).default.b', "3"],
    ['import text from "./t.txt"; text', "'some text\\n'"],
    ['import again from "./d.json" with { type: "text" }; again.length', "17"],
    ['import { all } from "./uses.ts"; all', "[ 2, 3 ]"],
    ['import { el } from "./el"; el', "'b'"],
    ['import { mine } from "own"; mine', "1"],
    ['(await import("own")).mine', "1"],
    ['typeof (await import("@observablehq/plot")).plot', "'function'"],
    ['import { plot } from "@observablehq/plot"; typeof plot', "'function'"],
    ["let t: any; for (let j = 0; j < 3; j++) { t = 5n; } t", "5n"],
    ["let u: any = 0n; for (var i = 0n; i < 3n; i++) u += i; [u, i]", "[ 3n, 3n ]"],
    ["let big: any; const one = [1n]; for (const x of one) big = x; big", "1n"],
    ["let w = 1; while (w < 5) { w += 1.5 } w", "5.5"],
    [
      "let n = 0; outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b > a) continue outer; n += b } n",
      "4",
    ],
    ["block: { break block } 3", "3"],
    ["const { d1 = await Promise.resolve(4) } = {} as any; d1", "4"],
    ["let f1 = 0; for (let i = await 0; i < (await 3); i += await 1) f1 += i; f1", "3"],
    ["const k1 = await Promise.resolve('m'); class W { static [await k1] = 5 } (W as any).m", "5"],
    ["class X1 extends (await Promise.resolve(Object)) {} typeof X1", "'function'"],
    [
      "const got: any[] = []; for await (const x of (async function* () { yield 1; yield 2 })()) got.push(x); got",
      "[ 1, 2 ]",
    ],
    ["if (await true) { var deepVar = await 6 } deepVar", "6"],
    ["`${await 1}${[await 2]}`", "'12'"],
    ["let ended = ''; { using r = { [Symbol.dispose]() { ended += 'x' } } } ended", "'x'"],
    [
      "const React = { createElement: (tag: string, props: unknown, ...children: unknown[]) => ({ tag, children }) }; <b>hi</b>",
      "{ tag: 'b', children: [ 'hi' ] }",
    ],
    ["const generic = <T,>(a: T): T => a; const cast = <number>(3 as any); generic(cast)", "3"],
    [
      "function dec(v: any, c: any) { return () => 'decorated ' + c.name } class D { @dec m() {} } (new D().m as any)()",
      "'decorated m'",
    ],
    ["/** @jsx h */ const h = (t: string) => t; <i />", "'i'"],
  ])("%s", async (code, expected) => {
    expect(await flat(code)).toBe(expected);
  });

  test("decorators of parameters are refused without experimentalDecorators", async () => {
    expect(await notebook.error("class P { constructor(@(() => {}) a: number) {} }")).toMatch(
      /SyntaxError: decorators of parameters need "experimentalDecorators"/,
    );
  });

  test("decorators and metadata as tsconfig.json says", async () => {
    write(
      "tsconfig.json",
      '{ // as TypeORM wants it\n "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true, } }',
    );
    await value(
      "const seen: any[] = []; (Reflect as any).metadata = (k: string, v: any) => () => void seen.push([k, v.name ?? v.map((x: any) => x.name)]); function Column() { return (target: object, key: string) => void seen.push(target.constructor.name + '.' + key) } const Inject = () => (t: any, key: any, i: number) => void seen.push(i)",
    );
    expect(
      await flat("class User { @Column() name!: string; constructor(@Inject() a: Date) {} } seen"),
    ).toBe("[ [ 'design:type', 'String' ], 'User.name', [ 'design:paramtypes', [ 'Date' ] ], 0 ]");
    rmSync(join(folder, "tsconfig.json"));
  });
});

describe("a file that was edited", () => {
  test("is seen by the next import of it, and so is one that it imports", async () => {
    expect(await value('import { v } from "./m.ts"; v')).toBe("1");
    write("m.ts", "export const v = 2; export const w = 9;\n");
    expect(await value('import { v, w } from "./m.ts"; [v, w]')).toBe("[ 2, 9 ]");
    expect(await value('import { deep } from "./outer.ts"; deep')).toBe("1");
    write("inner.ts", "export const deep = 2;\n");
    expect(await value('(await import("./outer.ts")).deep')).toBe("2");
  });

  test("is seen by require too", async () => {
    expect(await value('require("./old.cjs").n')).toBe("1");
    await value('require("./old.cjs").n');
    write("old.cjs", "exports.n = 2;");
    expect(await value('require("./old.cjs").n')).toBe("2");
  });

  test("a file that was not is loaded once", async () => {
    write(
      "once.ts",
      "(globalThis as any).loads = ((globalThis as any).loads ?? 0) + 1; export {};",
    );
    await value('import "./once.ts"');
    await value('await import("./once")');
    expect(await value('import "./once.ts"; (globalThis as any).loads')).toBe("1");
  });
});

test("a stack that is printed names the lines of cells and files as written, and no calls of the kernel", async () => {
  write(
    "fails.ts",
    "interface Long {\n  a: 1;\n}\n\nexport function fails(): never {\n  throw new Error('f');\n}\n",
  );
  const printed = await notebook.printed(
    "interface I {\n  a: 1;\n}\nfunction late() {\n  throw new Error('x');\n}\nconst before = 1;\ntry { late(); } catch (e) { console.log((e as Error).stack); }",
  );
  expect(printed).toMatch(
    /^Error: x\n {4}at late \(.*cell-\d+\.ts:5:9\)\n {4}at .*cell-\d+\.ts:8:7\)?\n$/,
  );
  const inFile = await notebook.printed(
    'import { fails } from "./fails.ts";\ntry { fails() } catch (e) { console.log(e) }',
  );
  expect(inFile).toMatch(/fails\.ts:6:9[\s\S]*cell-\d+\.ts:2:7/);
  expect(printed + inFile).not.toContain("kernel/executor");
});

test("a package of the notebook's folder comes before the kernel's, for all three ways", async () => {
  mkdirSync(join(folder, "node_modules/commander"), { recursive: true });
  write("node_modules/commander/package.json", '{"name":"commander","main":"i.js"}');
  write("node_modules/commander/i.js", "exports.whose = 'own';");
  expect(
    await value(
      'import { whose } from "commander"; [whose, (await import("commander")).whose, require("commander").whose]',
    ),
  ).toBe("[ 'own', 'own', 'own' ]");
  expect(await value('typeof require("sharp")')).toBe("'function'");
});

test("a package that is nowhere is told as missing where the notebook is", async () => {
  const home = mkdtempSync(join(tmpdir(), "missing-"));
  const own = await openNotebook(home, join(import.meta.dirname, "../../package.json"));
  expect(await own.error('import x from "not-installed-anywhere"')).toContain(home);
  expect(await own.error('require("not-installed-anywhere")')).toContain("not-installed-anywhere");
  expect(await own.error('require("not-installed-anywhere")')).not.toContain("package.json");
  await own.close();
  rmSync(home, { recursive: true });
});
