import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parsePercent } from "../../../kernel/notebook/percent.ts";
import * as inNode from "../../../kernel/platform/node/compile.ts";
import * as inPage from "../../../kernel/platform/page/compile.ts";
import { blankMagics } from "../../../kernel/transform/magics.ts";
import { emptyScope } from "../../../kernel/transform/notebook-scope.ts";
import { scriptOf } from "../../../kernel/transform/script.ts";
import { CellSyntaxError } from "../../../kernel/transform/syntax-error.ts";

const root = join(dirname(dirname(dirname(import.meta.dirname))), "notebooks");

function namesBy(compiler: typeof inNode | typeof inPage, source: string) {
  const { code } = compiler.toJavaScript(blankMagics(source), {});
  const { program, error } = compiler.parseJavaScript(code, "module");
  expect(error).toBeUndefined();
  const { names, reads, writes, unknown } = scriptOf(program, code, emptyScope, {
    weavesChecks: compiler.weavesChecks,
  });
  return [names, reads, writes, unknown].map((all) => [...all].sort());
}

test("every cell of the notebooks declares and speaks of the same names by both compilers", () => {
  let count = 0;
  for (const file of readdirSync(root).filter((name) => /^\d.*\.ts$/.test(name)))
    for (const { kind, source } of parsePercent(readFileSync(join(root, file), "utf8"))) {
      if (kind !== "code") continue;
      count += 1;
      expect([source, namesBy(inPage, source)]).toEqual([source, namesBy(inNode, source)]);
    }
  expect(count).toBeGreaterThan(100);
});

test.each([
  "{ a: 1, b: [2] }",
  "const x = <number>1; x;",
  "const f = <T,>(x: T) => x as unknown as T; f(1)!;",
  "enum Kind { A, B = 4 } Kind.B;",
  'import { type Rdm, rsa as compare } from "tsrsa"; compare;',
  'import type { Rdm } from "tsrsa"; let r: Rdm | undefined; r;',
  "class A { constructor(readonly x: number) {} static y?: string } new A(1);",
  "abstract class B<T> { declare z: T; #p = 1; get p(): number { return this.#p; } } B;",
  "for await (const x of [1, 2]) console.log(x satisfies number);",
  "label: for (const a of [1]) { continue label; }",
  "(1, 2)",
])("%s means the same by both compilers", (source) => {
  expect(namesBy(inPage, source)).toEqual(namesBy(inNode, source));
});

test("what is no TypeScript is refused at its line", () => {
  for (const source of ["const a = 1;\nconst b = ;", "let x = 1;\nlet y: = 2;"]) {
    let found: unknown;
    try {
      const { code, trace } = inPage.toJavaScript(source);
      const { error } = inPage.parseJavaScript(code, "module");
      found = error === undefined ? undefined : trace(error.at).line;
    } catch (error) {
      found = error instanceof CellSyntaxError ? error.line : error;
    }
    expect(found).toBe(2);
  }
});
