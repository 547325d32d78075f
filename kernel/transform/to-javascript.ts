import { SourceMap } from "node:module";
import { transformSync } from "oxc-transform";
import { lowerDecorators } from "./decorators.ts";
import { CellSyntaxError, positionAt } from "./syntax-error.ts";

/** A cell as JavaScript with its imports, declarations and awaits still as written. */
export interface JavaScriptCell {
  readonly code: string;
  /** Names of compiler helpers the code calls on `babelHelpers`. */
  readonly helpers: readonly string[];
  /** The position in the TypeScript of an offset in `code`, both counted from 1. */
  readonly trace: (offset: number) => { line: number; column: number };
}

const options = {
  lang: "ts",
  sourceType: "module",
  sourcemap: true,
  // Everything newer than Node 20 is lowered: `using` declarations.
  target: "es2024",
  // A later cell may use an import, so only `import type` is erased.
  typescript: { onlyRemoveTypeImports: true },
  helpers: { mode: "External" },
} as const;

/** Erases the types of a cell. Throws `CellSyntaxError` at the place of the first error. */
export function toJavaScript(source: string): JavaScriptCell {
  const asObject = objectLiteral(source);
  if (asObject !== undefined) return asObject;
  const { code, back } = lowerDecorators(source);
  const result = transformSync("cell.ts", code, options as never);
  const failure = result.errors.find(({ severity }) => String(severity) === "Error");
  if (failure !== undefined) throw syntaxError(code, failure);
  const { trace, ...rest } = mapped(result, 0);
  return { ...rest, trace: (offset) => back(trace(offset)) };
}

/** A cell such as `{ a: 1 }` is meant as a value, not as a block with a label. */
function objectLiteral(source: string): JavaScriptCell | undefined {
  if (!/^\s*\{/.test(source) || !/\}\s*;?\s*$/.test(source)) return undefined;
  const wrapped = `(${source.trimEnd().replace(/;$/, "")}\n)`;
  const result = transformSync("cell.ts", wrapped, options as never);
  return result.errors.length === 0 ? mapped(result, 1) : undefined;
}

function mapped(result: ReturnType<typeof transformSync>, firstLineShift: number): JavaScriptCell {
  let map: SourceMap | undefined;
  const trace = (offset: number): { line: number; column: number } => {
    map ??= new SourceMap({ ...result.map, file: "", sourceRoot: "", sourcesContent: [] } as never);
    const at = positionAt(result.code, offset);
    const entry = map.findEntry(at.line - 1, at.column - 1);
    if (!("originalLine" in entry)) return { line: 1, column: 1 };
    const shift = entry.originalLine === 0 ? firstLineShift : 0;
    return { line: entry.originalLine + 1, column: entry.originalColumn + 1 - shift };
  };
  return { code: result.code, helpers: Object.keys(result.helpersUsed), trace };
}

function syntaxError(
  source: string,
  error: { message: string; helpMessage: string | null; labels: { start: number }[] },
): CellSyntaxError {
  // oxc-transform counts in UTF-8 bytes.
  const bytes = Buffer.from(source).subarray(0, error.labels[0]?.start ?? 0);
  const { line, column } = positionAt(source, bytes.toString().length);
  const help = error.helpMessage === null ? "" : ` (${error.helpMessage})`;
  return new CellSyntaxError(`${error.message.replace(/^TS\(\d+\): /, "")}${help}`, line, column);
}
