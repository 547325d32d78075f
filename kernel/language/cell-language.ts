import { ts } from "./typescript.ts";
import type { Completion, Diagnostic, Inspection } from "../server/language.ts";
import { blankMagics } from "../transform/magics.ts";
import type { CellModule } from "./cells.ts";
import { Cells } from "./cells.ts";
import { toCodePoints, toIndex } from "./code-points.ts";
import { completeAt } from "./complete.ts";
import { diagnoseModule } from "./diagnose.ts";
import { cellHost, draftPath } from "./host.ts";
import { inspectAt } from "./inspect.ts";
import { cellNames } from "./names.ts";
import { packageFiles } from "./package-files.ts";
import type { Answers, Question, WorkerSettings } from "./questions.ts";

/** Answers questions about cells, knowing those that ran. */
export interface CellLanguage {
  cellExecuted(code: string): void;
  reset(): void;
  answer(question: Question): Answers[keyof Answers];
}

/** The language service of one notebook, in this thread. */
export function cellLanguage({ folder, packagesFrom }: WorkerSettings): CellLanguage {
  const cells = new Cells();
  const path = draftPath(folder);
  let draft: CellModule = cells.draft("");
  const packages = packageFiles();
  const host = cellHost({ folder, packagesFrom, cells, packages, draft: () => draft });
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());

  const open = (code: string): string => {
    const cell = blankMagics(code);
    draft = cells.draft(cell);
    return cell;
  };
  const complete = (code: string, cursor: number): Completion => {
    const at = toIndex(code, cursor);
    open(code);
    const { text, shift } = draft;
    const found = completeAt({ service, path, text, shift, at, own: ownNames(cells, draft) });
    return {
      matches: found.names,
      kinds: found.kinds,
      cursorStart: toCodePoints(code, found.start),
      cursorEnd: toCodePoints(code, found.end),
    };
  };
  const inspect = (code: string, cursor: number, detail: 0 | 1): Inspection => {
    open(code);
    const bundle = inspectAt(service, path, toIndex(code, cursor) + draft.shift, detail);
    return { found: bundle !== undefined, bundle: bundle ?? {} };
  };
  const diagnose = (code: string): readonly Diagnostic[] => {
    const cell = open(code);
    const found = diagnoseModule(service, path, cell, draft.shift);
    return found.length > 0 && /^\s*\{/.test(cell) ? diagnoseObject(cell, found) : found;
  };
  /** A cell such as `{ a: 1 }` runs as a value. */
  const diagnoseObject = (cell: string, asBlock: Diagnostic[]): readonly Diagnostic[] => {
    open(cell.replace("{", "({").replace(/;?\s*$/, ")"));
    const syntax = service.getSyntacticDiagnostics(path);
    return syntax.length > 0 ? asBlock : diagnoseModule(service, path, cell, draft.shift);
  };
  return {
    cellExecuted: (code) => {
      packages.forgetMissing();
      cells.add(blankMagics(code));
    },
    reset: () => cells.clear(),
    answer: (question) => {
      if (question.type === "complete") return complete(question.code, question.cursor);
      if (question.type === "diagnose") return diagnose(question.code);
      return inspect(question.code, question.cursor, question.detail);
    },
  };
}

function ownNames(cells: Cells, { text, shift }: CellModule): ReadonlySet<string> {
  return new Set([...cells.names, ...cellNames(text.slice(shift)).map(({ name }) => name)]);
}
