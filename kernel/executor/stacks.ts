import { findSourceMap } from "node:module";
import { kernelFolder, kernelUrl } from "#kernel/own";
import { unmark } from "../transform/marks.ts";
import type { CellLookup, KnownCell } from "./errors.ts";

/**
 * Lets stacks, also those that a program prints, name the lines of cells and of TypeScript files as the user wrote
 * them, and no calls of the kernel. `cells` is by the file name of their scripts.
 */
export function installStacks(cells: CellLookup): void {
  type Prepare = NonNullable<typeof Error.prepareStackTrace>;
  const own: Prepare = (error, frames) => {
    const shown = frames.map((frame) => ({ frame, cell: cells.get(frame.getFileName() ?? "") }));
    // What called the cell is Node and the kernel.
    const last = shown.findLastIndex(({ cell }) => cell !== undefined);
    const lines = (last < 0 ? shown : shown.slice(0, last + 1)).flatMap(({ frame, cell }, i) => {
      const isRepeated = isBody(frame) && cell !== undefined && cell === shown[i - 1]?.cell;
      if (isKernels(frame) || (isRepeated && isBody(shown[i - 1].frame))) return [];
      return [`\n    at ${cell === undefined ? inFile(frame) : inCell(frame, cell)}`];
    });
    return header(error) + lines.join("");
  };
  let theirs: unknown;
  // Who sets another, and then none, gets this one back.
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => (typeof theirs === "function" ? (theirs as Prepare) : own),
    set: (value: unknown) => (theirs = value),
  });
}

/** Where the code of the cell that calls now stands: the file name of its caller. */
export function callerFile(below: (...args: never) => unknown): string | undefined {
  const limit = Error.stackTraceLimit;
  const realm = Error as { prepareStackTrace?: unknown };
  const before = realm.prepareStackTrace;
  const at: { stack?: unknown } = {};
  Error.stackTraceLimit = 1;
  Error.prepareStackTrace = (_, frames) => frames[0]?.getFileName() ?? undefined;
  try {
    Error.captureStackTrace(at, below);
    return at.stack as string | undefined;
  } finally {
    realm.prepareStackTrace = before;
    Error.stackTraceLimit = limit;
  }
}

function header(error: unknown): string {
  try {
    return unmark(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}

/** The script of a cell calls its own body, which would show each cell twice. */
function isBody(frame: NodeJS.CallSite): boolean {
  return frame.getFunctionName() === null;
}

function isKernels(frame: NodeJS.CallSite): boolean {
  const file = frame.getFileName() ?? "";
  return file === "node:vm" || file.startsWith(kernelUrl) || file.startsWith(kernelFolder);
}

function inCell(frame: NodeJS.CallSite, { trace }: KnownCell): string {
  const { line, column } = trace(frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
  return placed(frame, `${frame.getFileName() ?? ""}:${line}:${column}`);
}

function inFile(frame: NodeJS.CallSite): string {
  // Text that was evaluated has no file.
  const file = frame.getFileName() ?? null;
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (file === null || line === null || column === null) return unmark(written(frame));
  const plain = file.replace(/[?&]v=\d+$/, "");
  const map = file.startsWith("node:") ? undefined : findSourceMap(file);
  const entry = map?.findEntry(line - 1, column - 1);
  return entry !== undefined && "originalLine" in entry
    ? placed(frame, `${plain}:${entry.originalLine + 1}:${entry.originalColumn + 1}`)
    : unmark(written(frame)).replace(file, plain);
}

/** The frame as V8 writes it. */
function written(frame: NodeJS.CallSite): string {
  return (frame as { toString(): string }).toString();
}

/** The frame as V8 writes it, with another place. */
function placed(frame: NodeJS.CallSite, place: string): string {
  const text = unmark(written(frame));
  const bracket = text.lastIndexOf("(");
  if (bracket >= 0 && text.endsWith(")")) return `${text.slice(0, bracket)}(${place})`;
  return text.startsWith("async ") ? `async ${place}` : place;
}
