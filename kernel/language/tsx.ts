import { ts } from "./typescript.ts";

/** `<T>x` is a cast in TypeScript and an element in TSX: a cell is TSX only when it cannot be anything else. */
export function isTsx(code: string): boolean {
  if (!/<\s*[\p{ID_Start}$_>]/u.test(code)) return false;
  return fails(code, ts.ScriptKind.TS) && !fails(code, ts.ScriptKind.TSX);
}

function fails(code: string, kind: ts.ScriptKind): boolean {
  const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ESNext, false, kind);
  return (
    (source as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics.length > 0
  );
}
