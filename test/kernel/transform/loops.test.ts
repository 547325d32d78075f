import { describe, expect, test } from "vitest";
import { mark } from "../../../kernel/transform/marks.ts";
import { transformCell } from "../../../kernel/transform/transform.ts";
import { testRealm } from "../support/realm.ts";

/** Runs cells with the loops on locals, or as they are; returns the value of the last, or the error. */
async function run(cells: readonly string[], fast: boolean): Promise<unknown> {
  let taken = 0;
  const realm = testRealm({
    fast: (_: unknown, count: number) => {
      taken += 1;
      return fast ? new Array<number>(count + 1).fill(0) : null;
    },
    slow: () => undefined,
  });
  let last: unknown;
  for (const cell of cells) {
    try {
      last = (await realm.run(cell))?.[0];
    } catch (error) {
      last = String(error);
    }
  }
  return { last, taken };
}

const loops: readonly (readonly [string, ...string[]])[] = [
  ["let s = 0; for (let i = 0; i < 10; i++) s += i / 2; s"],
  ["let s = 0, i = 0; while (i < 10) { s += i; i++; } [s, i]"],
  ["let s = 1; do s *= 2; while (s < 100); s"],
  ["var n = 0; for (var i = 0, j = 10; i < j; i++, j--) { n += j - i } [n, i, j]"],
  ["const a = [3, 1, 2]; let best = 0; for (const x of a) if (x > best) best = x; best"],
  ["const a = [3, 1, 2]; let x; for (x of a) ; x"],
  [
    "let s = 0; outer: for (let i = 0; i < 9; i++) { for (let j = 0; j < 9; j++) { if (j > i) continue outer; if (i > 6) break outer; s += i * j } } s",
  ],
  [
    "const m = [[1, 2], [3, 4]]; let t = 0; for (let i = 0; i < m.length; i++) for (let j = 0; j < m[i].length; j++) { m[i][j] *= 2; t += m[i][j] } [t, m[1][1]]",
  ],
  ["let s = 0; for (let i = 0; i < 5; i++) { let s2 = i; { let s = 7; s2 += s } } s"],
  ["let s = 5; for (let s = 0; s < 3; s++) ; s"],
  [
    "let s = 0; for (let i = 0; i < 5; i++) { s += i; if (i === 3) { const q = 1; s += q[0].x } } s",
    "s",
  ],
  ["let s = 0; for (let i = 0; i < 5; i++) { s += i; if (i > 2) s += nothing[i] }", "s"],
  ["for (let i = 0; i < 3; i++) { typo = i }", "typeof typo"],
  [
    "let s = 0; for (let i = 0; i < 6; i++) switch (i % 3) { case 0: s += 1; break; case 1: s += 10; default: s += 100 } s",
  ],
  ["let s = 0; for (let i = 1; i < 5; i++) s += Math.sqrt(i) > 1.5 ? Math.PI : -i; s"],
  ["var late = 0; for (let i = 0; i < 3; i++) { var inner = i; late = inner } [late, inner]"],
  ["let s = 0", "for (let i = 0; i < 4; i++) s += i", "s"],
  ["let t = ''; for (let i = 0; i < 3; i++) t += i; t"],
  ["let i = 0; for (;;) { if (i++ > 4) break } i"],
  ["let a = 0, b = 1; for (let i = 0; i < 30; i++) { const c = a + b; a = b; b = c } b"],
  ["let k = 0; if (true) for (let i = 0; i < 3; i++) k += 1; k"],
  ["const h = [0, 0, 0]; let c = 0; for (const x of [0, 1, 1, 2]) { h[x]++; c++ } [h, c]"],
];

describe("a loop on locals and the same loop as it is do the same", () => {
  test.each(loops)("%s", async (...cells) => {
    const [fast, plain] = [await run(cells, true), await run(cells, false)];
    expect(fast).toEqual(plain);
  });
});

describe("a loop that could notice is left as it is", () => {
  test.each([
    "let s = 0; const f = () => s; for (let i = 0; i < 3; i++) { s += i; f() }",
    "let s = 0; const fs = []; for (let i = 0; i < 3; i++) { s += 1; fs[i] = () => s }",
    "let s = 0; const o = { get v() { return s } }; for (let i = 0; i < 3; i++) s += 1 + o.v",
    'let s = 0; const o = { v: 1 }; for (let i = 0; i < 3; i++) s += o["v"]',
    "let s = 0; for (let i = 0; i < 3; i++) s += await i",
    "let s = 0; for (let i = 0; i < 3; i++) { globalThis.s = 5; s += 1 }",
    "let s = 0; for (let i = 0; i < 3; i++) s += `${i}`.length",
    "let s = 0; for (let i = 0; i < 3; i++) delete globalThis.x, s++",
    "let s = 0; for (let i = 0; i < 3; i++) { try { s += 1 } catch { s = 0 } }",
    "let s = 0; for (let i = 0; i < 3; i++) s += new Number(1)",
    "let s = 0; for await (const x of [1]) s += x",
    "for (let i = 0; i < 3; i++) ;",
    "let s = 0; for (let i = 0; i < 3; i++) s += typeof arguments === 'object' ? 1 : 2",
  ])("%s", (cell) => {
    expect(transformCell(cell).code).not.toContain(".fast(");
  });
});

test("a place in either copy of a loop is traced to the cell", () => {
  const { code, trace } = transformCell(
    "let s = 0, bad = [];\nfor (let i = 0; i < 3; i++) {\n  s += bad[i];\n}",
  );
  for (const at of [code.indexOf("bad["), code.indexOf(`bad${mark}[`)]) {
    const before = code.slice(0, at).split("\n");
    expect(trace(before.length, (before.at(-1) ?? "").length + 1)).toEqual({ line: 3, column: 8 });
  }
});

test("statements that touch keep what belongs to them", async () => {
  expect(await run(["function f(){return 1}f()"], true)).toMatchObject({ last: 1 });
  expect(await run(["let s=0;for(;s<3;)s++;s"], true)).toMatchObject({ last: 3, taken: 1 });
  expect(await run(["%strict\n1 + 1"], true)).toMatchObject({ last: 2 });
});
