import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, test } from "vitest";
import type typescript from "typescript";
import { typeFiles } from "../../cli/site/type-files.ts";
import type { CellLanguage } from "../../kernel/language/cell-language.ts";
import { cellLanguage } from "../../kernel/language/cell-language.ts";
import { memorySystem } from "../../kernel/platform/page/memory-system.ts";
import type { Completion, Diagnostic, Inspection } from "../../kernel/server/language.ts";

const ts = createRequire(import.meta.url)("typescript") as typeof typescript & {
  setSys(system: typescript.System): void;
};
const own = ts.sys;
const { kernelFolder, files } = typeFiles();
let language: CellLanguage;

/** The language service of a page: it sees nothing but what the site gives it. */
beforeAll(() => {
  ts.setSys(memorySystem(files));
  language = cellLanguage({ folder: "/notebook", kernelFolder });
  language.cellExecuted(
    'import { computeRdm } from "tsrsa";\nimport * as Plot from "@observablehq/plot";\n' +
      "const rdm = computeRdm([[1, 2], [2, 1]]);",
  );
});
afterAll(() => ts.setSys(own));

function complete(code: string): readonly string[] {
  const found = language.answer({ type: "complete", code, cursor: code.length }) as Completion;
  return found.matches;
}

function wrong(code: string): readonly string[] {
  const found = language.answer({ type: "diagnose", code }) as readonly Diagnostic[];
  return found.map(({ message }) => message);
}

test("a page completes members, options and their words from the library's own types", () => {
  expect(complete("rdm.cond")).toEqual(["condensed"]);
  expect(complete('computeRdm([[1]], { metric: "co')).toEqual(["correlation", "cosine"]);
  expect(complete("Plot.barY([], { titl")).toContain("title");
});

test("and helps with their documentation", () => {
  const code = "computeRdm";
  const asked = { type: "inspect", code, cursor: code.length, detail: 0 } as const;
  const { bundle } = language.answer(asked) as Inspection;
  expect(bundle["text/plain"]).toContain("one dissimilarity for every pair of items");
});

test("it warns of types, knows what a cell has without an import, and that a page's cells have no document", () => {
  expect(wrong("const n: string = rdm.nItems;")[0]).toContain("'number' is not assignable");
  expect(
    wrong('display.html("<b>x</b>"); console.log(await fetch("x")); setTimeout(() => 1, 5);'),
  ).toEqual([]);
  expect(
    wrong(
      'import { locateData } from "tsrsa/data"; import { check } from "tsrsa/course"; locateData; check;',
    ),
  ).toEqual([]);
  expect(wrong("document.title")[0]).toContain("'document'");
  expect(wrong("process.env")[0]).toContain("'process'");
});

test("files and folders in memory are what they are on a disk", () => {
  const system = memorySystem({ "/a/b/c.ts": "1", "/a/d.ts": "2", "/a/e/f/g.ts": "3" });
  expect(system.getDirectories("/a")).toEqual(["b", "e"]);
  expect(["/", "/a", "/a/e/", "/a/d.ts", "/x"].map((path) => system.directoryExists(path))).toEqual(
    [true, true, true, false, false],
  );
  expect([system.fileExists("/a/d.ts"), system.fileExists("/a/e")]).toEqual([true, false]);
  expect([system.readFile("/a/b/c.ts"), system.readFile("/a/b")]).toEqual(["1", undefined]);
});
