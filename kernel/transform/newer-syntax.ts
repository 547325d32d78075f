import { createRequire, SourceMap } from "node:module";
import { parseSync } from "oxc-parser";
import type TypeScript from "typescript";
import { CellSyntaxError, positionAt } from "./syntax-error.ts";
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

/** The code as it is. */
export function asWritten(code: string): Lowered {
  return { code, back: (at) => at };
}

/**
 * Decorators of the language's standard and `accessor`, which neither V8 nor oxc know yet, are left to TypeScript, and
 * so are namespaces in parts. It is loaded with the first cell that has any; other cells pass as they are.
 */
export function lowerNewerSyntax(source: string, fileName: string): Lowered {
  return needsTypeScript(source, fileName) ? byTypeScript(source, fileName) : asWritten(source);
}

/** Compiles what oxc cannot; types are erased too. */
export function byTypeScript(source: string, fileName: string): Lowered {
  const ts = createRequire(import.meta.url)("typescript") as typeof TypeScript;
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.Preserve,
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
  const code = outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return { code: code.replace(startOfNamespace, "let$1"), back };
}

/** A namespace or an enum of TypeScript's: as a `let` it starts anew with each run of its cell. */
const startOfNamespace = /(?<=^(?:export )?)var( ([\p{ID_Continue}$]+);\n\(function \(\2\) \{)/gmu;

/** True for a namespace in parts, of which a later one may use what an earlier one exports: oxc takes each by itself. */
function mergesNamespaces(source: string): boolean {
  const names = [
    ...source.matchAll(/\b(?:namespace|module)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu),
  ];
  return new Set(names.map(([, name]) => name)).size < names.length;
}

function needsTypeScript(source: string, fileName: string): boolean {
  if (mergesNamespaces(source)) return true;
  if (!/@\s*[\p{ID_Start}$_(]|\baccessor\b/u.test(source)) return false;
  const { program, errors } = parseSync(fileName, source, { sourceType: "module" });
  let found = false;
  // A cell that cannot be parsed is named by the step that comes next.
  if (errors.length > 0) return false;
  walk(program, (node) => {
    if ("params" in node) refuseParameterDecorators(source, node.params);
    found ||= node.type === "AccessorProperty";
    found ||= "decorators" in node && (node.decorators as readonly unknown[]).length > 0;
    return true;
  });
  return found;
}

/** The standard has none, and to drop them in silence would leave dependencies undone. */
function refuseParameterDecorators(source: string, params: unknown): void {
  if (!Array.isArray(params)) return;
  for (const { decorators } of params as { decorators?: readonly { start: number }[] }[]) {
    const [first] = decorators ?? [];
    if (first === undefined) continue;
    const { line, column } = positionAt(source, first.start);
    throw new CellSyntaxError(
      'decorators of parameters need "experimentalDecorators": true among the compilerOptions of the notebook\'s tsconfig.json',
      line,
      column,
    );
  }
}
