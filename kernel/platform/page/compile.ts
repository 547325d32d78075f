import { parse } from "acorn";
import type { Program } from "oxc-parser";
import { transform } from "sucrase";
import type { Dialect } from "../../transform/dialect.ts";
import { CellSyntaxError, positionAt } from "../../transform/syntax-error.ts";

/** Code as a tree, with what is wrong with it first. */
export interface Parsed {
  readonly program: Program;
  readonly error?: { readonly message: string; readonly at: number };
}

/** A cell as JavaScript with its imports, declarations and awaits still as written. */
export interface JavaScriptCell {
  readonly code: string;
  /** The position in the TypeScript of an offset in `code`, both counted from 1. */
  readonly trace: (offset: number) => { line: number; column: number };
}

/** Nothing can end a running cell from outside but the end of its worker: its loops look for themselves. */
export const weavesChecks: boolean = true;

/** Parses JavaScript, as a module or as a script. */
export function parseJavaScript(code: string, sourceType: "module" | "script"): Parsed {
  try {
    const program = parse(code, {
      ecmaVersion: "latest",
      sourceType,
      preserveParens: true,
      allowAwaitOutsideFunction: sourceType === "module",
    });
    return { program: program as unknown as Program };
  } catch (error) {
    return { program: empty, error: parseError(error) };
  }
}

/** Parses TypeScript. */
export function parseTypeScript(code: string): Parsed {
  try {
    return parseJavaScript(erased(code, ["typescript"]), "module");
  } catch (error) {
    const { line, column } = placeOf(error);
    const start =
      code
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    return { program: empty, error: { message: wordsOf(error), at: start + column - 1 } };
  }
}

/** Erases the types of a cell; lines stay where they are. Throws `CellSyntaxError` at the place of the first error. */
export function toJavaScript(source: string, dialect: Dialect = {}): JavaScriptCell {
  void dialect;
  const asObject = objectLiteral(source);
  const code = asObject ?? compiled(source);
  const shift = asObject === undefined ? 0 : 1;
  return {
    code,
    trace: (offset) => {
      const { line, column } = positionAt(code, offset);
      return { line, column: line === 1 ? Math.max(1, column - shift) : column };
    },
  };
}

const empty = { type: "Program", body: [], start: 0, end: 0 } as unknown as Program;

type Transform = "typescript" | "jsx";

function erased(source: string, transforms: Transform[]): string {
  return transform(source, {
    transforms,
    disableESTransforms: true,
    keepUnusedImports: true,
    preserveDynamicImport: true,
    jsxRuntime: "classic",
    production: true,
  }).code;
}

/** `<T>x` is a cast in TypeScript and an element in TSX: a cell is TSX only when it cannot be anything else. */
function compiled(source: string): string {
  try {
    return erased(source, ["typescript"]);
  } catch (error) {
    const asElements = /<\s*[\p{ID_Start}$_>]/u.test(source) ? withElements(source) : undefined;
    if (asElements !== undefined) return asElements;
    const { line, column } = placeOf(error);
    throw new CellSyntaxError(wordsOf(error), line, column);
  }
}

function withElements(source: string): string | undefined {
  try {
    return erased(source, ["typescript", "jsx"]);
  } catch {
    return undefined;
  }
}

/** A cell such as `{ a: 1 }` is meant as a value, not as a block with a label. */
function objectLiteral(source: string): string | undefined {
  if (!/^\s*\{/.test(source) || !/\}\s*;?\s*$/.test(source)) return undefined;
  try {
    const code = erased(`(${source.trimEnd().replace(/;$/, "")}\n)`, ["typescript"]);
    return parseJavaScript(code, "module").error === undefined ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Both compilers end their message with the place. */
const place = / ?\((\d+):(\d+)\)$/;

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^Error transforming .*?: /, "").replace(place, "");
}

function placeOf(error: unknown): { line: number; column: number } {
  const [, line, column] = place.exec(error instanceof Error ? error.message : "") ?? [];
  return { line: Number(line ?? 1), column: Number(column ?? 1) };
}

function parseError(error: unknown): { message: string; at: number } {
  const at = (error as { pos?: unknown }).pos;
  return { message: wordsOf(error), at: typeof at === "number" ? at : 0 };
}
