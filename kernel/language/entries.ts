import { ts } from "./typescript.ts";

/** A symbol as the language service lists it: a class's own members come first, what is deprecated last. */
export function entryOf(
  symbol: ts.Symbol,
  sortText = isStatic(symbol) ? "10" : "11",
): ts.CompletionEntry {
  const { declarations = [] } = symbol;
  const isOld =
    declarations.length > 0 &&
    declarations.every((one) => (ts.getCombinedNodeFlags(one) & deprecated) !== 0);
  return { name: symbol.name, kind: kindOf(symbol), sortText: isOld ? `z${sortText}` : sortText };
}

function isStatic({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined) return false;
  return (ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Static) !== 0;
}

/** Not in the published types. */
const deprecated = (ts.NodeFlags as unknown as { Deprecated?: number }).Deprecated ?? 0;

function kindOf({ flags }: ts.Symbol): ts.ScriptElementKind {
  const { SymbolFlags: flag, ScriptElementKind: kind } = ts;
  if ((flags & flag.Class) !== 0) return kind.classElement;
  if ((flags & flag.Function) !== 0) return kind.functionElement;
  if ((flags & flag.Method) !== 0) return kind.memberFunctionElement;
  if ((flags & flag.Enum) !== 0) return kind.enumElement;
  if ((flags & (flag.Property | flag.Accessor)) !== 0) return kind.memberVariableElement;
  if ((flags & flag.Variable) !== 0) return kind.variableElement;
  return (flags & flag.Module) !== 0 ? kind.moduleElement : kind.variableElement;
}

const words =
  "abstract any as asserts async await bigint boolean break case catch class const continue debugger declare " +
  "default delete do else enum export extends false finally for function if implements import in infer instanceof " +
  "interface keyof let module namespace never new null number object package readonly return satisfies string " +
  "super switch symbol this throw true try type typeof unique unknown using var void while with yield";

/** The words of the language, as the language service lists them where a value may stand. */
export const keywordEntries: readonly ts.CompletionEntry[] = words
  .split(" ")
  .map((name) => ({ name, kind: ts.ScriptElementKind.keyword, sortText: "15" }));
