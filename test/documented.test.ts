import { dirname, join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = dirname(import.meta.dirname);
const entries = [
  "src/index.ts",
  "src/io/index.ts",
  "src/plot/index.ts",
  "data-fetch/index.ts",
  "course/index.ts",
];

/** Everything exported, with its documentation. */
function documentedExports(): {
  name: string;
  isFunction: boolean;
  text: string;
  tags: string[];
}[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    entries.map((entry) => join(root, entry)),
    { ...options, types: ["node"] },
  );
  const checker = program.getTypeChecker();
  const symbols = entries.flatMap((entry) => {
    const file = program.getSourceFile(join(root, entry));
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    return module === undefined ? [] : checker.getExportsOfModule(module);
  });
  const own = new Set(
    symbols.map((symbol) =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    ),
  );
  return [...own].map((symbol) => ({
    name: symbol.name,
    isFunction: (symbol.flags & ts.SymbolFlags.Function) !== 0,
    text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    tags: symbol.getJsDocTags(checker).map((tag) => tag.name),
  }));
}

const all = documentedExports();

test("there is a surface to check", () => expect(all.length).toBeGreaterThan(150));

test("every export says what it is", () => {
  expect(all.filter(({ text }) => text.trim() === "").map(({ name }) => name)).toEqual([]);
});

test("every function has an example, which another test runs", () => {
  expect(
    all
      .filter(({ isFunction, tags }) => isFunction && !tags.includes("example"))
      .map(({ name }) => name),
  ).toEqual([]);
});
