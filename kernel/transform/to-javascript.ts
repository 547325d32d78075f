import { SourceMap } from "node:module";
import type { TransformOptions } from "oxc-transform";
import { transformSync } from "oxc-transform";
import type { Dialect } from "./dialect.ts";
import { oxcOptions } from "./dialect.ts";
import type { Lowered } from "./newer-syntax.ts";
import { asWritten, byTypeScript, lowerNewerSyntax } from "./newer-syntax.ts";
import { CellSyntaxError, positionAt } from "./syntax-error.ts";

export type { Dialect } from "./dialect.ts";

/** A cell as JavaScript with its imports, declarations and awaits still as written. */
export interface JavaScriptCell {
  readonly code: string;
  /** The position in the TypeScript of an offset in `code`, both counted from 1. */
  readonly trace: (offset: number) => { line: number; column: number };
}

type Transformed = ReturnType<typeof transformSync>;

/** Erases the types of a cell and compiles its JSX. Throws `CellSyntaxError` at the place of the first error. */
export function toJavaScript(source: string, dialect: Dialect = {}): JavaScriptCell {
  const options: TransformOptions = {
    ...oxcOptions(dialect),
    helpers: { mode: "External" as never },
  };
  const asObject = objectLiteral(source, options);
  if (asObject !== undefined) return asObject;
  const language = languageOf(source, options);
  const fileName = `cell.${language}`;
  const lowered =
    dialect.experimentalDecorators === true
      ? asWritten(source)
      : lowerNewerSyntax(source, fileName);
  const result = transformSync(fileName, lowered.code, { ...options, lang: language });
  const failure = firstError(result);
  if (failure === undefined) return mapped(result, lowered);
  // Of namespaces, oxc knows the simple ones.
  if (/^Namespaces? /i.test(failure.message)) return viaTypeScript(source, fileName, options);
  throw syntaxError(lowered.code, failure);
}

/** `<T>x` is a cast in TypeScript and an element in TSX: a cell is TSX only when it cannot be anything else. */
function languageOf(source: string, options: TransformOptions): "ts" | "tsx" {
  if (!/<\s*[\p{ID_Start}$_>]/u.test(source)) return "ts";
  const fails = (lang: "ts" | "tsx"): boolean =>
    firstError(transformSync(`cell.${lang}`, source, { ...options, lang, sourcemap: false })) !==
    undefined;
  return fails("ts") && !fails("tsx") ? "tsx" : "ts";
}

function viaTypeScript(
  source: string,
  fileName: string,
  options: TransformOptions,
): JavaScriptCell {
  const lowered = byTypeScript(source, fileName);
  const result = transformSync("cell.jsx", lowered.code, { ...options, lang: "jsx" });
  const failure = firstError(result);
  if (failure !== undefined) throw syntaxError(lowered.code, failure);
  return mapped(result, lowered);
}

/** A cell such as `{ a: 1 }` is meant as a value, not as a block with a label. */
function objectLiteral(source: string, options: TransformOptions): JavaScriptCell | undefined {
  if (!/^\s*\{/.test(source) || !/\}\s*;?\s*$/.test(source)) return undefined;
  const wrapped = `(${source.trimEnd().replace(/;$/, "")}\n)`;
  const result = transformSync("cell.ts", wrapped, { ...options, lang: "ts" });
  return result.errors.length === 0 ? mapped(result, asWritten(source), 1) : undefined;
}

function firstError(result: Transformed): Transformed["errors"][number] | undefined {
  return result.errors.find(({ severity }) => String(severity) === "Error");
}

function mapped(result: Transformed, { back }: Lowered, firstLineShift = 0): JavaScriptCell {
  let map: SourceMap | undefined;
  const trace = (offset: number): { line: number; column: number } => {
    map ??= new SourceMap({ ...result.map, file: "", sourceRoot: "", sourcesContent: [] } as never);
    const at = positionAt(result.code, offset);
    const entry = map.findEntry(at.line - 1, at.column - 1);
    if (!("originalLine" in entry)) return { line: 1, column: 1 };
    const shift = entry.originalLine === 0 ? firstLineShift : 0;
    return back({ line: entry.originalLine + 1, column: entry.originalColumn + 1 - shift });
  };
  return { code: result.code, trace };
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
