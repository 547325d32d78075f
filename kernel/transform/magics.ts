/** A cell whose first lines, such as `%strict`, speak to the kernel: these are blanked, places stay. */
export function blankMagics(code: string): string {
  // A script's first line may say what runs it.
  const source = code.replace(/^#![^\n\r]*/, (line) => " ".repeat(line.length));
  return magicLines(source).reduce(
    (text, { start, end }) => text.slice(0, start) + " ".repeat(end - start) + text.slice(end),
    source,
  );
}

/** True when the cell asks to run only if its types are right: `%strict` or `// @strict` at its top. */
export function wantsStrict(source: string): boolean {
  const asMagic = magicLines(source).some(({ start, end }) =>
    /^%strict\s*$/.test(source.slice(start, end)),
  );
  return asMagic || /^\s*\/\/\s*@strict\s*$/m.test(source.slice(0, firstCode(source)));
}

function magicLines(source: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (const match of source.matchAll(/[^\n]*(?:\n|$)/g)) {
    const line = match[0].replace(/\r?\n$/, "");
    if (/^%[a-z]+\b/.test(line)) lines.push({ start: match.index, end: match.index + line.length });
    else if (line.trim() !== "") break;
  }
  return lines;
}

/** Where the comments at the top end. */
function firstCode(source: string): number {
  return /^(?:\s*(?:\/\/[^\n]*|%[a-z][^\n]*)(?:\n|$))*/.exec(source)?.[0].length ?? 0;
}
