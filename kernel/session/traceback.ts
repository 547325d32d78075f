import type { CellError, CodeFrame } from "../executor/protocol.ts";

/** How a place in the code is written; default `cell 3, line 4`. */
export type Locate = (frame: CodeFrame) => string;

/** An error as lines of text: what, where with a caret, how it got there, and its causes. */
export function renderTraceback(error: CellError, locate: Locate = inCell): string[] {
  const [first, ...rest] = error.frames;
  const where = first === undefined ? [] : [`  at ${place(first, locate)}`, ...caret(first)];
  const called = rest.map((frame) => `  called from ${place(frame, locate)}`);
  const folded =
    error.libraryFrames > 0
      ? [`  (${error.libraryFrames} ${error.libraryFrames === 1 ? "call" : "calls"} in libraries)`]
      : [];
  const cause =
    error.cause === undefined
      ? []
      : renderTraceback(error.cause, locate).map((line, i) =>
          i === 0 ? `caused by ${line}` : line,
        );
  const fields = (error.fields ?? []).map((field) => `  ${field}`);
  const parts = (error.parts ?? []).flatMap((part, i) =>
    renderTraceback(part, locate).map((line, j) => (j === 0 ? `error ${i + 1}: ${line}` : line)),
  );
  const what = `${error.ename}: ${error.evalue}`;
  return [what, ...folded, ...where, ...called, ...fields, ...parts, ...cause];
}

function inCell({ cell, file, line }: CodeFrame): string {
  return cell === undefined ? `${file ?? "?"}:${line}` : `cell ${cell}, line ${line}`;
}

function place(frame: CodeFrame, locate: Locate): string {
  return frame.name === undefined ? locate(frame) : `${locate(frame)} in ${frame.name}`;
}

function caret({ text, column }: CodeFrame): string[] {
  if (text === undefined || text.trim() === "") return [];
  // Tabs stay tabs, so that the caret stands below its character.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
  return [`    ${text}`, `    ${indent}^`];
}
