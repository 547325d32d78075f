import type { CellError, CodeFrame, MimeBundle } from "../executor/protocol.ts";
import type { Diagnostic, LanguageService } from "./language.ts";
import type { Outlet } from "./outlet.ts";
import type { Work } from "./works.ts";

const mostShown = 10;

/** Tells type errors: as warnings beside a cell that runs, or instead of running it. */
export class TypeCheck {
  readonly #language: () => Promise<LanguageService>;
  readonly #outlet: Outlet;
  readonly #onDemand: boolean;

  /** `onDemand`: a warning is no reason to start the language service. */
  constructor(language: () => Promise<LanguageService>, outlet: Outlet, onDemand = false) {
    this.#language = language;
    this.#outlet = outlet;
    this.#onDemand = onDemand;
  }

  /** Why a cell may not run: its type errors, or that they are not known; undefined when there are none. */
  async refuse(code: string, cell: number): Promise<CellError | undefined> {
    const errors = await this.#errors(code);
    if (errors === undefined) return unchecked;
    const [first, ...rest] = errors;
    if (first === undefined) return undefined;
    const more = rest.slice(0, mostShown - 1).map((error) => `\n  - ${inWords(error, cell)}`);
    return {
      ename: "TypeCheckError",
      evalue: `${first.message} (TS${first.code})${more.join("")}\nthe cell was not run; mend it, or remove its %strict`,
      frames: [frameOf(first, code, cell)],
      libraryFrames: 0,
    };
  }

  /** Shows the type errors of a cell once they are known, whether the cell still runs or not. */
  async warn({ request }: Work, code: string, cell: number): Promise<void> {
    if (this.#onDemand && !(await this.#language()).isReady) return;
    const errors = await this.#errors(code);
    if (errors === undefined || errors.length === 0) return;
    const shown = errors.slice(0, mostShown).map((error) => shortened(error));
    this.#outlet.show(request, { type: "display", bundle: warningBundle(shown, cell) }, cell);
  }

  async #errors(code: string): Promise<Diagnostic[] | undefined> {
    const language = await this.#language();
    const found = await language.diagnose(code);
    return found?.filter(({ severity }) => severity === "error");
  }
}

/** A cell that asks for the check must not run without it. */
const unchecked: CellError = {
  ename: "TypeCheckError",
  evalue:
    "the types could not be checked: TypeScript gave no answer in time, or ran out of memory\nthe cell was not run; make its types simpler, or remove its %strict",
  frames: [],
  libraryFrames: 0,
};

/** What a front end of ours reads, to mark the lines in its editor. */
const warningMime = "application/vnd.tsrsa.type-warnings+json";

/** In amber, as other front ends have no colour for a warning: on stderr it would look like an error. */
function warningBundle(warnings: readonly Diagnostic[], cell: number): MimeBundle {
  const text = warnings.map((warning) => `type ${inWords(warning, cell)}`).join("\n");
  const style =
    "background:#fef0c7;color:#7a2e0e;border-left:4px solid #dc6803;padding:0.4em 0.8em;margin:0;white-space:pre-wrap";
  return {
    "text/plain": text,
    "text/html": `<pre style="${style}">${escapeHtml(text)}</pre>`,
    [warningMime]: warnings.map(({ line, message, code }) => ({
      line,
      message: `${message} (TS${code})`,
    })),
  };
}

/** A chain of reasons goes from what was asked for to its cause; what lies between says no more to a reader. */
function shortened(diagnostic: Diagnostic): Diagnostic {
  const lines = diagnostic.message.split("\n");
  if (lines.length <= 2) return diagnostic;
  return { ...diagnostic, message: `${lines[0]} … ${lines[lines.length - 1].trim()}` };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function inWords({ line, message, code }: Diagnostic, cell: number): string {
  const place = cell > 0 ? `cell ${cell}, line ${line}` : `line ${line}`;
  return `warning at ${place}: ${message} (TS${code})`;
}

function frameOf({ line, column }: Diagnostic, code: string, cell: number): CodeFrame {
  return { cell, line, column, text: code.split("\n")[line - 1] ?? "" };
}
