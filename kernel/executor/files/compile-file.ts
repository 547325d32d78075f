import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";
import { transformSync } from "oxc-transform";
import type TypeScript from "typescript";
import type { Dialect } from "../../transform/dialect.ts";
import { oxcOptions } from "../../transform/dialect.ts";
import { lowerNewerSyntax } from "../../transform/newer-syntax.ts";

/** True for a file that Node cannot run as it is. */
export function isCompiled(path: string): boolean {
  return /\.([mc]?ts|[jt]sx)$/.test(path);
}

/** A file as an ES module: types erased, JSX compiled. `url` names it in the source map. */
export function toModule(url: string, source: string, dialect: Dialect): string {
  const path = fileURLToPath(url);
  // Only in a module of its own a name imported for its type alone may be left out.
  const { typescript, ...options } = oxcOptions(dialect);
  const lowered =
    dialect.experimentalDecorators === true ? source : lowerNewerSyntax(source, path).code;
  const { code, map, errors } = transformSync(path, lowered, {
    ...options,
    typescript: { ...typescript, onlyRemoveTypeImports: false },
  });
  if (errors.length > 0)
    throw new SyntaxError(`${path}: ${errors[0].codeframe ?? errors[0].message}`);
  return withMap(code, { ...map, sources: [url] });
}

/** Refuses JavaScript that cannot be parsed, and names the place. */
export function refuseFaults(url: string, source: string): void {
  const path = fileURLToPath(url);
  const [fault] = parseSync(path, source, { sourceType: "module" }).errors;
  if (fault !== undefined) throw new SyntaxError(`${path}: ${fault.codeframe ?? fault.message}`);
}

/** A file as a CommonJS module, for `require`. */
export function toCommonJs(path: string, source: string, dialect: Dialect): string {
  const { module: syntax } = parseSync(path, source, { sourceType: "module" });
  if (!syntax.hasModuleSyntax) {
    const { code, map } = transformSync(path, source, oxcOptions(dialect));
    return withMap(code, { ...map, sources: [path] });
  }
  const ts = createRequire(import.meta.url)("typescript") as typeof TypeScript;
  const { outputText } = ts.transpileModule(source, {
    fileName: path,
    compilerOptions: {
      ...ts.convertCompilerOptionsFromJson({ ...dialect, jsx: dialect.jsx ?? "react" }, "").options,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  });
  return outputText;
}

function withMap(code: string, map: object): string {
  const text = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${text}`;
}
