import type { CellError } from "./protocol.ts";

const line = /^\s*!\s*([\w./~-]+)([^\n]*)/;

/** `!ls` is the shell's in other notebooks; here it is TypeScript, and what is wrong with it says where the shell is. */
export function withShellHint(error: CellError, source: string): CellError {
  const [, program, rest] = line.exec(source) ?? [];
  const isAbout = error.ename === "SyntaxError" || error.evalue === `${program} is not defined`;
  if (program === undefined || !isAbout) return error;
  const instead =
    program === "npm" ? `%npm${rest}` : `%%bash on the first line, and ${program}${rest} below it`;
  return { ...error, evalue: `${error.evalue}\nfor a program of the shell write ${instead}` };
}
