/** A line at the top of a cell that speaks to the kernel: `%name text`, or `%%name text`. */
export interface MagicLine {
  readonly name: string;
  readonly percent: "%" | "%%";
  readonly text: string;
  /** The line it stands on, counted from 1. */
  readonly line: number;
  /** What of it is no code. */
  readonly start: number;
  readonly end: number;
}

/** What follows these on their line is code. */
const beforeCode = new Set(["time", "timeit"]);

/** What stands below these is no TypeScript. */
const otherLanguages = new Set(["bash"]);

/** A cell without the lines at its top that speak to the kernel, such as `%strict`: these are blanked, places stay. */
export function blankMagics(code: string): string {
  // A script's first line may say what runs it.
  const source = code.replace(/^#![^\n\r]*/, (line) => " ".repeat(line.length));
  return magicLines(source).reduce(
    (text, { start, end }) =>
      text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end),
    source,
  );
}

/** True when the cell asks to run only if its types are right: `%strict` or `// @strict` at its top. */
export function wantsStrict(source: string): boolean {
  const asMagic = magicLines(source).some(({ name, text }) => name === "strict" && text === "");
  return asMagic || /^\s*\/\/\s*@strict\s*$/m.test(source.slice(0, firstCode(source)));
}

/** The lines at the top of a cell that speak to the kernel. */
export function magicLines(source: string): MagicLine[] {
  const found: MagicLine[] = [];
  let line = 0;
  for (const match of source.matchAll(/[^\n]*(?:\n|$)/g)) {
    line += 1;
    const text = match[0].replace(/\r?\n$/, "");
    const [all, percent, name, rest] = /^(%%?)([a-z][a-z_]*)\b(.*)$/.exec(text) ?? [];
    if (all === undefined) {
      if (text.trim() !== "" && !/^#!/.test(text)) break;
      continue;
    }
    if (percent === "%%" && otherLanguages.has(name)) {
      const below = source.slice(match.index + match[0].length);
      const [start, end] = [match.index, source.length];
      found.push({ name, percent: "%%", text: below, line, start, end });
      break;
    }
    const isBeforeCode = percent === "%" && beforeCode.has(name);
    const options = /^(\s+-[a-z]\s*\d+)*/.exec(rest)?.[0] ?? "";
    const before = percent.length + name.length + options.length;
    const end = match.index + (isBeforeCode ? before : all.length);
    const start = match.index;
    found.push({ name, percent: percent as "%" | "%%", text: rest.trim(), line, start, end });
  }
  return found;
}

/** Where the comments at the top end. */
function firstCode(source: string): number {
  return /^(?:\s*(?:\/\/[^\n]*|%%?[a-z][^\n]*)(?:\n|$))*/.exec(source)?.[0].length ?? 0;
}
