import { CellSyntaxError } from "./syntax-error.ts";

/** Beside brackets (nesting.ts) operators in a row count: the parser calls itself for each level, and ends its process where there are some 20,000. */
const deepest = 8000;
/** What opens no level, whatever it holds. */
const plain =
  /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\$]*`/g;

/** True for a text with so many brackets within one another, or operators in a row, that no parser should try. */
export function isTooDeep(code: string): boolean {
  if (code.length < deepest) return false;
  let [depth, chain] = [0, 0];
  for (const [sign] of code
    .replace(plain, '""')
    .matchAll(/[[({<`]|[\])}>]|[;,]|[=?!+*/|&.~-]|\b(?:else|await|typeof|void|delete)\b/g)) {
    if ("[({<`".includes(sign)) depth += 1;
    else if ("])}>".includes(sign)) depth = Math.max(0, depth - 1);
    else if (";,".includes(sign)) chain = 0;
    else chain += 1;
    if (depth + chain > deepest) return true;
  }
  return false;
}

/** Throws `CellSyntaxError` for a text that is too deep. */
export function refuseDeep(code: string): void {
  if (isTooDeep(code))
    throw new CellSyntaxError(
      `the code is nested more than ${deepest} levels deep, by brackets or by operators in a row; split it, or read the data from a file`,
      1,
      1,
    );
}
