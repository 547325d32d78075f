/** Deeper than people write, and than generated code is; parsers that recurse end their process far beyond. */
export const deepestNesting = 1000;

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
