import type { CellError, CodeFrame } from "../executor/protocol.ts";
import type { Json } from "../messages/schema.ts";
import { renderTraceback } from "../session/traceback.ts";

/** An error as replies and `error` messages carry it. */
export function failureContent(error: CellError): Json {
  const { ename, evalue } = error;
  const traceback = renderTraceback(error, place).flatMap((line) => line.split("\n"));
  return { status: "error", ename, evalue, traceback };
}

/** Cells that do not count, such as silent ones, have numbers below 1, which say nothing to a reader. */
function place({ cell, file, line }: CodeFrame): string {
  if (cell === undefined) return `${file ?? "?"}:${line}`;
  return cell > 0 ? `cell ${cell}, line ${line}` : `line ${line}`;
}
