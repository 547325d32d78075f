import { ts } from "./typescript.ts";
import type { Diagnostic } from "../server/language.ts";
import { positionAt } from "../transform/syntax-error.ts";

/** A package may lack types, and elements may lack those of React: not the user's fault. */
const ignored = new Set([7016, 7026, 2875, 2874]);

/** What the checker says about the cell in a module, in places of the cell. */
export function diagnoseModule(
  service: ts.LanguageService,
  path: string,
  cell: string,
  shift: number,
): Diagnostic[] {
  const syntax = service.getSyntacticDiagnostics(path);
  // Types of code that cannot be parsed say nothing; the run will name the place.
  const found = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(path);
  return found
    .filter(({ code, start }) => !ignored.has(code) && (start ?? 0) >= shift)
    .map(({ category, code, messageText, start }) => ({
      severity: category === ts.DiagnosticCategory.Error ? "error" : "warning",
      message: beginning(ts.flattenDiagnosticMessageText(messageText, "\n")),
      code,
      ...positionAt(cell, (start ?? shift) - shift),
    }));
}

/** The checker tells of types within types; where it has more than four lines to say, the first two name the matter. */
function beginning(message: string): string {
  const lines = message.split("\n");
  return lines.length <= 4 ? message : [...lines.slice(0, 2), "  …"].join("\n");
}
