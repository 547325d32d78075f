import { CellSyntaxError } from "./syntax-error.ts";

/** Deeper than people write, and than generated code is; parsers that recurse end their process far beyond. */
const deepestNesting = 1000;

const skipped =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** How deep the brackets of a code are nested, those in texts and comments left out. */
export function nestingOf(code: string): number {
  if (code.length < deepestNesting) return 0;
  let depth = 0;
  let deepest = 0;
  for (const character of code.replace(skipped, "").replace(/[^()[\]{}]/g, "")) {
    depth += "([{".includes(character) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/**
 * Beside brackets operators in a row count: the parser calls itself for each level, and ends its process where there are
 * some 20,000.
 */
const longestChain = 8000;
/** What opens no level, whatever it holds. */
const plain =
  /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\$]*`/g;

/** What opens a level, closes one, or ends a row; and operators, each of which is one. */
const signs =
  /=>|>>>?=?|<<=?|[<>]=|[!=]==?|\?\?=?|\|\|=?|&&=?|\*\*=?|\+\+|--|[-+*/%|&^]=|\?\.|[[({<`]|[\])}>]|[;,]|[=?!+*/|&~-]|(?<!\d)\.|\.(?!\d)|\b(?:else|await|typeof|void|delete)\b/g;

function hasLongChain(code: string): boolean {
  if (code.length < longestChain) return false;
  let [depth, chain] = [0, 0];
  for (const [sign] of code.replace(plain, '""').matchAll(signs)) {
    if ("[({<`".includes(sign)) depth += 1;
    else if ("])}>".includes(sign)) depth = Math.max(0, depth - 1);
    else if (";,".includes(sign)) chain = 0;
    else chain += 1;
    if (depth + chain > longestChain) return true;
  }
  return false;
}

/** Does what goes as deep as a cell does; where the stack is not enough for that, the cell is told so. */
export function withinStack<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || !/call stack|recursion/.test(error.message)) throw error;
    throw new CellSyntaxError(
      "the code goes deeper than can be compiled, by brackets, functions or operators within one another; split it, or read the data from a file",
      1,
      1,
    );
  }
}

/** True for a text with so many brackets within one another, or operators in a row, that no parser should try. */
export function isTooDeep(code: string): boolean {
  return hasLongChain(code) || nestingOf(code) > deepestNesting;
}

/** Throws `CellSyntaxError` for a text that is too deep. */
export function refuseDeep(code: string): void {
  if (hasLongChain(code))
    throw new CellSyntaxError(
      `the code is nested more than ${longestChain} levels deep, by brackets or by operators in a row; split it, or read the data from a file`,
      1,
      1,
    );
  if (nestingOf(code) > deepestNesting)
    throw new CellSyntaxError(`brackets are nested more than ${deepestNesting} deep`, 1, 1);
}
