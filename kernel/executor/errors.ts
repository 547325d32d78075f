import { inspect } from "node:util";
import { fileURLToPath } from "node:url";
import { kernelFolder } from "#kernel/own";
import { unmark } from "../transform/marks.ts";
import type { TransformedCell } from "../transform/transform.ts";
import { CellSyntaxError } from "../transform/syntax-error.ts";
import { fieldOf, ownFields, shown } from "./error-parts.ts";
import type { CellError, CodeFrame } from "./protocol.ts";

/** A cell whose code may show up in a stack. */
export interface KnownCell {
  readonly cell: number;
  readonly source: string;
  readonly trace: TransformedCell["trace"];
  readonly traceAwait?: TransformedCell["traceAwait"];
}

/** Finds a cell by the name of its script. */
export type CellLookup = Pick<ReadonlyMap<string, KnownCell>, "get">;

/** Without these nothing runs in this process any more: it has to end, and the next cell has a new one. */
const needed = ["Error", "AggregateError", "Object", "Array", "Map", "Set", "Promise", "String"];

const mostFrames = 20;
const mostCauses = 5;
const mostParts = 5;

/** What went wrong in the running cell; `failedAwait` is told where no stack reaches the cell. */
export function describeFailure(
  error: unknown,
  cells: CellLookup,
  running: KnownCell | undefined,
  failedAwait: number | undefined,
): CellError {
  const described = describeError(error, cells, running);
  const reached = described.frames.some(({ cell }) => cell !== undefined);
  if (reached || failedAwait === undefined || running?.traceAwait === undefined) return described;
  const at = running.traceAwait(failedAwait);
  const frame = { cell: running.cell, ...at, text: lineOf(running.source, at.line) };
  return { ...described, frames: [...described.frames, frame] };
}

/**
 * What went wrong, in terms of the user's TypeScript. `cells` is by script file name; `outer` are the errors that it is a
 * cause or a part of. Throws only where a cell deleted the globals.
 */
export function describeError(
  error: unknown,
  cells: CellLookup,
  running: KnownCell | undefined,
  outer: readonly unknown[] = [],
): CellError {
  try {
    if (error instanceof CellSyntaxError) return describeSyntaxError(error, running);
    if (isErrorLike(error)) return describeErrorLike(error, cells, outer);
  } catch (reason) {
    // Whatever was thrown fails when it is looked at; or a cell deleted what is global.
    if (!needed.every((name) => name in globalThis)) throw reason;
  }
  const evalue = unmark(typeof error === "string" ? inspect(error) : shown(error));
  return { ename: "Thrown", evalue, frames: [], libraryFrames: 0 };
}

function describeErrorLike(error: Error, cells: CellLookup, outer: readonly unknown[]): CellError {
  const around = [...outer, error];
  const inner = (one: unknown): CellError => describeError(one, cells, undefined, around);
  const isDeep = outer.length >= mostCauses;
  const cause = isDeep ? undefined : fieldOf(error, "cause");
  const hasCause = cause !== undefined && cause !== null && !around.includes(cause);
  const errors = partsOf(error);
  const parts = isDeep ? [] : errors.filter((part) => !around.includes(part)).slice(0, mostParts);
  const fields = ownFields(error);
  return {
    ename: nameOf(error),
    evalue: messageOf(error, errors),
    ...readStack(error, cells),
    ...(hasCause ? { cause: inner(cause) } : {}),
    ...(parts.length === 0 ? {} : { parts: parts.map(inner) }),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

function describeSyntaxError(error: CellSyntaxError, running: KnownCell | undefined): CellError {
  const { line, column } = error;
  const frame = { cell: running?.cell, line, column, text: lineOf(running?.source ?? "", line) };
  return { ename: error.name, evalue: error.message, frames: [frame], libraryFrames: 0 };
}

/** The errors that an error is made of. */
function partsOf(error: Error): readonly unknown[] {
  if (nameOf(error) === "SuppressedError" && "suppressed" in error)
    return [fieldOf(error, "error"), fieldOf(error, "suppressed")];
  const errors = error instanceof AggregateError ? fieldOf(error, "errors") : undefined;
  return Array.isArray(errors) ? errors : [];
}

/** Errors of other realms and of libraries count too, so the shape is what is looked at. */
function isErrorLike(value: unknown): value is Error {
  return (
    value instanceof Error || (typeof value === "object" && value !== null && "stack" in value)
  );
}

function nameOf(error: Error): string {
  const name = fieldOf(error, "name");
  return typeof name === "string" && name !== "" ? name : "Error";
}

function messageOf(error: Error, parts: readonly unknown[]): string {
  const each = parts.map((part) => `\n  - ${isErrorLike(part) ? textOf(part) : shown(part)}`);
  return textOf(error) + each.join("");
}

function textOf(error: Error): string {
  const message = fieldOf(error, "message");
  return unmark(message === undefined || message === null ? "" : shown(message));
}

function readStack(
  error: Error,
  cells: CellLookup,
): { frames: CodeFrame[]; libraryFrames: number } {
  const frames: CodeFrame[] = [];
  let libraryFrames = 0;
  const lines = shown(fieldOf(error, "stack") ?? "").split("\n");
  const atCompile = compileFrame(lines, cells);
  if (atCompile?.cell !== undefined) return { frames: [atCompile], libraryFrames: 0 };
  if (atCompile !== undefined && error instanceof SyntaxError) frames.push(atCompile);
  for (const line of lines) {
    const place = /^\s+at (?:async )?(?:(.*) \()?(.+?):(\d+):(\d+)\)?$/.exec(line);
    if (place === null || place[3] === "0") continue;
    const frame = userFrame(place, cells);
    if (frame !== undefined) pushFrame(frames, frame);
    else if (frames.length === 0 && isLibrary(place[2])) libraryFrames += 1;
  }
  return { frames: frames.slice(0, mostFrames), libraryFrames };
}

/** The script of a cell calls its own body, which would show each cell twice. */
function pushFrame(frames: CodeFrame[], frame: CodeFrame): void {
  const last = frames.at(-1);
  const isBody =
    frame.cell !== undefined &&
    last?.cell === frame.cell &&
    frame.name === undefined &&
    last.name === undefined;
  if (!isBody) frames.push(frame);
}

function userFrame(
  [, name, file, line, column]: RegExpExecArray,
  cells: CellLookup,
): CodeFrame | undefined {
  const known = cells.get(file);
  const label =
    name === undefined || /^(<anonymous>|eval|Object\.<anonymous>)$/.test(name) ? {} : { name };
  if (known !== undefined) {
    // The stack names the places of the cell already.
    const at = { line: Number(line), column: Number(column) };
    return { ...label, cell: known.cell, ...at, text: lineOf(known.source, at.line) };
  }
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const forgotten = /[\\/]cell-(\d+)\.ts$/.exec(path);
  if (forgotten !== null) {
    const where = `cell ${forgotten[1]}, whose text is no longer kept, as compiled`;
    return { ...label, file: where, line: Number(line), column: Number(column) };
  }
  return isOwnFile(path)
    ? { ...label, file: path, line: Number(line), column: Number(column) }
    : undefined;
}

/** Code that the user wrote, beside the notebook or elsewhere. */
function isOwnFile(path: string): boolean {
  return /\.[mc]?[jt]sx?$/.test(path) && !isLibrary(path) && !path.startsWith(kernelFolder);
}

function isLibrary(file: string): boolean {
  return (
    !file.startsWith("node:") &&
    !file.includes(kernelFolder) &&
    /[\\/](node_modules|dist)[\\/]/.test(file)
  );
}

/** V8 puts the place of an error it finds while compiling above the message: `file:line`, code, caret. */
function compileFrame(lines: readonly string[], cells: CellLookup): CodeFrame | undefined {
  const place = /^(.+):(\d+)$/.exec(lines[0] ?? "");
  if (place === null) return undefined;
  const known = cells.get(place[1]);
  if (known === undefined) return compiledFile(place[1], Number(place[2]));
  const at = known.trace(Number(place[2]), lines[2]?.indexOf("^") + 1);
  return { cell: known.cell, ...at, text: lineOf(known.source, at.line) };
}

function compiledFile(file: string, line: number): CodeFrame | undefined {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return isOwnFile(path) ? { file: path, line, column: 1 } : undefined;
}

function lineOf(source: string, line: number): string {
  return source.split("\n")[line - 1] ?? "";
}
