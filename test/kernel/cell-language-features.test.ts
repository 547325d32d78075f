import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";

const folder = mkdtempSync(join(tmpdir(), "features-"));
let executor: Executor;

beforeAll(async () => {
  executor = await startExecutor({ cwd: folder });
});

afterAll(async () => {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
});

async function valueOf(code: string): Promise<unknown> {
  let value: unknown;
  const outcome = await executor.execute(code, {
    onOutput: (output) => {
      if (output.type === "result") value = output.bundle["text/plain"];
    },
  });
  if (outcome.status === "error") return `${outcome.error.ename}: ${outcome.error.evalue}`;
  return value;
}

describe("features of the language at the top level of a cell", () => {
  test.each([
    [
      "an enum, and a const enum",
      "enum A { X = 2, Y } const enum B { Z = 7 } [A.Y, A[2], B.Z]",
      "[ 3, 'X', 7 ]",
    ],
    [
      "decorators",
      "const seen: string[] = []; const note = (_: unknown, c: { name?: string | symbol }) => { seen.push(String(c.name)) }; @note class D { @note m() { return 1 } } seen.push(String(new D().m())); seen.join()",
      "'m,D,1'",
    ],
    [
      "parameter properties and private fields",
      "class P { #k = 2; constructor(readonly a: number) {} sum() { return this.a + this.#k } } new P(3).sum()",
      "5",
    ],
    [
      "for await",
      "let t = 0; for await (const x of (async function* () { yield 1; yield 2 })()) t += x; t",
      "3",
    ],
    ["satisfies and as const", "const c = { a: 1 } as const satisfies { a: number }; c.a", "1"],
    [
      "a namespace",
      "namespace N { export const v = 4; export namespace M { export const w = 5 } } N.v + N.M.w",
      "9",
    ],
    [
      "a generic function with an overload",
      "function id(x: string): string; function id(x: number): number; function id(x: never) { return x } id(8)",
      "8",
    ],
    [
      "await in a default value",
      "const { z = await Promise.resolve(6) } = {} as { z?: number }; z",
      "6",
    ],
  ])("%s", async (_, code, value) => {
    expect(await valueOf(code)).toBe(value);
  });

  test("using disposes at the end of the cell, the newest first, also after an error", async () => {
    const open = (name: string): string =>
      `{ name: "${name}", [Symbol.dispose]() { closed.push("${name}") } }`;
    await valueOf("const closed: string[] = []");
    expect(
      await valueOf(`using a = ${open("a")}; using b = ${open("b")}; closed.length + a.name`),
    ).toBe("'0a'");
    expect(await valueOf("closed.join()")).toBe("'b,a'");
    expect(await valueOf(`using c = ${open("c")}; throw new Error("after")`)).toBe("Error: after");
    await valueOf('await using d = { async [Symbol.asyncDispose]() { closed.push("d") } };');
    expect(await valueOf("closed.join()")).toBe("'b,a,c,d'");
  });

  test("an error in a cell with decorators is at its line", async () => {
    const outcome = await executor.execute(
      "const keep = (_: unknown, __: unknown) => {};\n@keep\nclass E {\n  m() {\n    return (null as never)[1];\n  }\n}\n\nnew E().m();",
    );
    const frames = outcome.status === "error" ? outcome.error.frames : [];
    expect(frames.map(({ line }) => line)).toEqual([5, 9]);
  });

  test("a decorated class can be declared again", async () => {
    const cell = (n: number): string =>
      `const dec = (_: unknown, __: unknown) => {}; @dec class Again { v = ${n} } new Again().v`;
    expect([await valueOf(cell(1)), await valueOf(cell(2))]).toEqual(["1", "2"]);
  });
});

describe("loops on locals", () => {
  test.each([
    ["let s = 0; for (let i = 0; i < 1e6; i++) s += i; s", "499999500000"],
    [
      "const xs = Float64Array.from({ length: 9 }, (_, i) => i / 2); let m = 0; for (const x of xs) m += x; m",
      "18",
    ],
    ["const big = [1n, 2n]; let b = 0n; for (const x of big) b += x; b", "3n"],
    [
      "const mixed = [1, 'a', { valueOf: () => 4 }]; let u = 0; for (const x of mixed) u += x as number; u",
      "'1a4'",
    ],
    [
      "let calls = 0; const odd = { valueOf: () => ++calls }; let w = 0; for (let i = 0; i < 3; i++) w += odd as never; [w, calls]",
      "[ 6, 3 ]",
    ],
    [
      "const ring: unknown[] = []; ring.push(ring); let r = 0; for (let i = 0; i < 3; i++) r += ring.length; r",
      "3",
    ],
    [
      "const watched = new Proxy([1, 2], {}); let p = 0; for (let i = 0; i < 2; i++) p += watched[i]; p",
      "3",
    ],
    ["for (let i = 0; i < 3; i++) { undeclared = i }", "ReferenceError: undeclared is not defined"],
    [
      "let v = 0; for (let i = 0; i < 9; i++) { v += i; if (i === 3) v += (undefined as never)[i] }",
      "TypeError: Cannot read properties of undefined (reading '3')",
    ],
    ["v", "6"],
    ["let flag = false; for (let i = 0; i < 3; i++) flag = i > 1; flag", "true"],
  ])("%s → %s", async (code, value) => {
    expect(await valueOf(code)).toBe(value);
  });

  test.each([
    "while (true) { n += 0.5; m = n * 2 }",
    "for (;;) for (let i = 0; i < 9; i++) { n += 0.5; m = n * 2 }",
  ])("%s keeps the values of its last round when it is interrupted", async (loop) => {
    await valueOf("let n = 0.25, m = 0;");
    const timer = setTimeout(() => executor.interrupt(), 150);
    expect(await valueOf(loop)).toMatch(/^KeyboardInterrupt/);
    clearTimeout(timer);
    const [n, m] = JSON.parse(
      String(await valueOf("JSON.stringify([n, m])")).slice(1, -1),
    ) as number[];
    expect(n).toBeGreaterThan(1000);
    expect(n % 1 === 0.25 || n % 1 === 0.75).toBe(true);
    expect([2 * n, 2 * n - 1]).toContain(m);
  });
});
