import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { transformCell } from "../../kernel/transform/transform.ts";
import { UsageError } from "../usage-error.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Reads `name=value` pairs. A value is JSON if it can be read as such, else text. A text that names a
 * file or folder relative to `cwd` becomes its full path, since the notebook runs in its own folder.
 */
export function readParameters(pairs: readonly string[], cwd: string): Parameters {
  return Object.fromEntries(
    pairs.map((pair) => {
      const match = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)=([\s\S]*)$/u.exec(pair);
      if (match === null)
        throw new UsageError(`invalid parameter ${JSON.stringify(pair)}; write name=value`);
      return [match[1], readValue(match[2], cwd)];
    }),
  );
}

function readValue(text: string, cwd: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const path = resolve(cwd, text);
    return text !== "" && existsSync(path) ? path : text;
  }
}

/**
 * Puts a cell with the given values after the cell tagged `parameters`, as papermill does. Throws
 * `UsageError` when a name is none of that cell's.
 */
export function injectParameters(
  cells: readonly NotebookCell[],
  parameters: Parameters,
): readonly NotebookCell[] {
  const names = Object.keys(parameters);
  if (names.length === 0) return cells;
  const at = cells.findIndex(({ tags }) => tags.includes("parameters"));
  if (at < 0)
    throw new UsageError(
      `the notebook takes no parameters: no cell is tagged; write // %% tags=["parameters"] above the cell that holds them`,
    );
  const known = parameterNames(cells);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `the notebook has no parameter ${unknown}; it has ${known.length > 0 ? known.join(", ") : "none"}`,
    );
  return [...cells.slice(0, at + 1), injectedCell(parameters), ...cells.slice(at + 1)];
}

/** The names the cell tagged `parameters` declares; none when there is no such cell. */
export function parameterNames(cells: readonly NotebookCell[]): readonly string[] {
  const cell = cells.find(({ tags }) => tags.includes("parameters"));
  return cell === undefined ? [] : transformCell(cell.source).names;
}

function injectedCell(parameters: Parameters): NotebookCell {
  const lines = Object.entries(parameters).map(
    ([name, value]) => `let ${name} = ${JSON.stringify(value)};`,
  );
  return {
    kind: "code",
    source: [givenWords, ...lines].join("\n"),
    tags: [givenTag],
  };
}

const givenWords = "// From the command line";
const givenTag = "injected-parameters";

/** True for a cell that {@link injectParameters} put there; one that does more than give values is code as any other. */
export function isGivenCell({ source, tags }: NotebookCell): boolean {
  const [words, ...lines] = source.split("\n");
  return tags.includes(givenTag) && words === givenWords && lines.every(givesValue);
}

function givesValue(line: string): boolean {
  const [, value] = /^let [\p{ID_Start}$_][\p{ID_Continue}$]* = (.*);$/u.exec(line) ?? [];
  if (value === undefined) return false;
  try {
    return JSON.stringify(JSON.parse(value)) === value;
  } catch {
    return false;
  }
}
