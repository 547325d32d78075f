import { parseTypeScript } from "#kernel/compile";
import { blankMagics } from "../transform/magics.ts";
import { isTooDeep } from "../transform/nesting.ts";
import { isHelpRequest } from "./help-request.ts";

/** Whether code can run as it stands; `indent` begins the next line of code that cannot. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Tells code that needs more lines from code that is wrong, as a console does before it runs a line. */
export function isComplete(cell: string): Completeness {
  const code = blankMagics(cell);
  // A parser that recurses would end the kernel.
  if (isTooDeep(code)) return { status: "invalid" };
  if (isHelpRequest(code)) return { status: "complete" };
  const error = firstError(code);
  if (error === undefined || isObject(code)) return { status: "complete" };
  return needsMore(code, error)
    ? { status: "incomplete", indent: nextIndent(code) }
    : { status: "invalid" };
}

interface ParseError {
  readonly message: string;
  readonly start: number;
}

function firstError(code: string): ParseError | undefined {
  const { error } = parseTypeScript(code);
  return error === undefined ? undefined : { message: error.message, start: error.at };
}

/** A cell such as `{ a: 1, b: 2 }` is a value. */
function isObject(code: string): boolean {
  return /^\s*\{/.test(code) && firstError(`(${code})`) === undefined;
}

/** More lines can mend what is missing at the end, not what is wrong before it. */
function needsMore(code: string, { message, start }: ParseError): boolean {
  if (start >= code.trimEnd().length) return true;
  if (/multiline comment|Missing catch/.test(message)) return true;
  // A template literal or what is left of it, not a string in quotes.
  return message.startsWith("Unterminated string") && /[`}]/.test(code[start] ?? "");
}

function nextIndent(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$/.test(last) ? `${indent}  ` : indent;
}
