import { CutFault } from "./cut-fault.ts";

const begin = /^\s*\/\/ blank begin: (.+)$/;
const end = /^\s*\/\/ blank end\s*$/;
const single = /^(\s*)(.*?\S)\s*\/\/ blank: (.+)$/;
const declaration = /^((?:const|let|var)\s+[\w$]+(?:\s*:\s*[^=]+?)?)\s*=[^=>]/;

interface Part {
  readonly kind: "code" | "line" | "lines";
  readonly lines: readonly string[];
  /** What belongs into the blank. */
  readonly words: string;
}

/** The code of an exercise with `todo("…")` in its blanks. `at` is the position of the cell. Throws `CutFault`. */
export function blanksCut(
  source: string,
  at: number,
  declaredNames: (code: string) => readonly string[],
): string {
  const parts = partsOf(source, at);
  const cut = parts.map((part, i) => {
    if (part.kind === "code") return part.lines.join("\n");
    if (part.kind === "line") return blankLine(part);
    const below = parts
      .slice(i + 1)
      .map(({ lines }) => lines.join("\n"))
      .join("\n");
    return blankLines(part, declaredNames(part.lines.join("\n")), below);
  });
  return cut.join("\n");
}

/** The code of an exercise without the marks of its blanks. Throws `CutFault`. */
export function marksRemoved(source: string, at: number): string {
  return partsOf(source, at)
    .flatMap(({ kind, lines }) =>
      kind === "line" ? lines.map((line) => line.replace(single, "$1$2")) : lines,
    )
    .join("\n");
}

/** The cells with `todo` added to what they import from the course, where a blank needs it. */
export function addTodo<Cell extends { readonly kind: string; readonly source: string }>(
  cells: readonly Cell[],
): Cell[] {
  const isNeeded = cells.some(({ kind, source }) => kind === "code" && /\btodo\("/.test(source));
  const course = /^import \{ ([^}]*) \} from "tsrsa\/course";$/m;
  const at = cells.findIndex(({ kind, source }) => kind === "code" && course.test(source));
  if (!isNeeded) return [...cells];
  if (at < 0)
    throw new CutFault(0, 'or a later one has to say import { check } from "tsrsa/course";');
  return cells.map((cell, i) => {
    if (i !== at) return cell;
    const source = cell.source.replace(course, (_, names: string) => {
      const all = [...new Set([...names.split(", "), "todo"])].sort();
      return `import { ${all.join(", ")} } from "tsrsa/course";`;
    });
    return { ...cell, source };
  });
}

function partsOf(source: string, at: number): Part[] {
  const parts: Part[] = [];
  let open: { lines: string[]; words: string } | undefined;
  for (const line of source.split("\n")) {
    const begins = begin.exec(line);
    const blank = single.exec(line);
    if (begins !== null) {
      if (open !== undefined) throw new CutFault(at, "begins a blank in a blank");
      open = { lines: [], words: begins[1].trim() };
    } else if (end.test(line)) {
      if (open === undefined) throw new CutFault(at, "ends a blank that was not begun");
      parts.push({ kind: "lines", ...open });
      open = undefined;
    } else if (/\/\/ blank\b/.test(line) && blank === null)
      throw new CutFault(at, `has a mark that says not what belongs there: ${line.trim()}`);
    else if (open !== undefined) open.lines.push(line);
    else if (blank !== null) parts.push({ kind: "line", lines: [line], words: blank[3].trim() });
    else parts.push({ kind: "code", lines: [line], words: "" });
  }
  if (open !== undefined) throw new CutFault(at, "begins a blank and does not end it");
  if (parts.every(({ kind }) => kind === "code"))
    throw new CutFault(at, "is an exercise without a blank");
  return parts;
}

function blankLine({ lines, words }: Part): string {
  const [, indent = "", code = ""] = single.exec(lines[0]) ?? [];
  const declared = declaration.exec(code)?.[1];
  return `${indent}${declared === undefined ? "" : `${declared} = `}${todo(words)}`;
}

/** One blank for each name that is used below; where none is, one blank alone. */
function blankLines({ words }: Part, names: readonly string[], below: string): string {
  // A word in a text is no use of a name.
  const code = below.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
  const used = names.filter((name) =>
    new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(code),
  );
  if (used.length === 0) return todo(words);
  return used.map((name) => `const ${name} = ${todo(words)}`).join("\n");
}

function todo(words: string): string {
  return `todo(${JSON.stringify(words)});`;
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
