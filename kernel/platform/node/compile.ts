import type { Program } from "oxc-parser";
import { parseSync } from "oxc-parser";

export { toJavaScript } from "../../transform/to-javascript.ts";

/** Code as a tree, with what is wrong with it first. */
export interface Parsed {
  readonly program: Program;
  readonly error?: { readonly message: string; readonly at: number };
}

/** True where nothing can end a running cell from outside: its loops have to look for themselves. */
export const weavesChecks: boolean = false;

/** Parses JavaScript, as a module or as a script. */
export function parseJavaScript(code: string, sourceType: "module" | "script"): Parsed {
  return parsed(parseSync("cell.js", code, { lang: "js", sourceType }));
}

/** Parses TypeScript. */
export function parseTypeScript(code: string): Parsed {
  return parsed(parseSync("cell.ts", code, { lang: "ts", sourceType: "module" }));
}

function parsed({ program, errors }: ReturnType<typeof parseSync>): Parsed {
  const [first] = errors;
  if (first === undefined) return { program };
  return { program, error: { message: first.message, at: first.labels[0]?.start ?? 0 } };
}
