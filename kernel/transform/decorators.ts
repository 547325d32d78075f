import { createRequire, SourceMap } from "node:module";
import { parseSync } from "oxc-parser";
import type TypeScript from "typescript";
import { walk } from "./walk.ts";

/** A cell after a first rewriting, and where a position of it (counted from 1) was before. */
export interface Lowered {
  readonly code: string;
  readonly back: (at: Place) => Place;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Decorators of the language's standard, which neither V8 nor oxc know yet, are left to TypeScript. It is loaded with
 * the first cell that has any; other cells pass as they are.
 */
export function lowerDecorators(source: string): Lowered {
  if (!hasDecorators(source)) return { code: source, back: (at) => at };
  const ts = createRequire(import.meta.url)("typescript") as typeof TypeScript;
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName: "cell.ts",
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      // A later cell may use an import.
      verbatimModuleSyntax: true,
      sourceMap: true,
      removeComments: false,
    },
  });
  const map = new SourceMap(JSON.parse(sourceMapText ?? "{}") as never);
  const back = ({ line, column }: Place): Place => {
    const entry = map.findEntry(line - 1, column - 1);
    return "originalLine" in entry
      ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
      : { line: 1, column: 1 };
  };
  return { code: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), back };
}

function hasDecorators(source: string): boolean {
  if (!/@\s*[\p{ID_Start}$_(]/u.test(source)) return false;
  const { program, errors } = parseSync("cell.ts", source, { lang: "ts", sourceType: "module" });
  let found = false;
  // A cell that cannot be parsed is named by the step that comes next.
  if (errors.length === 0)
    walk(program, (node) => {
      found ||= "decorators" in node && (node.decorators as readonly unknown[]).length > 0;
      return !found;
    });
  return found;
}
