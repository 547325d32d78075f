import { ts } from "./typescript.ts";
import type { Completion, Diagnostic, Inspection } from "../server/language.ts";
import { blankMagics } from "../transform/magics.ts";
import type { CellModule } from "./cells.ts";
import { Cells } from "./cells.ts";
import { toCodePoints, toIndex } from "./code-points.ts";
import type { Candidates } from "./complete.ts";
import { completeAt } from "./complete.ts";
import { completeKnown } from "./complete-known.ts";
import { diagnoseModule } from "./diagnose.ts";
import { ambientPath, cellHost, draftPath } from "./host.ts";
import { inspectAt } from "./inspect.ts";
import { inspectKnown } from "./inspect-known.ts";
import { KnownTypes } from "./known-types.ts";
import { cellNames } from "./names.ts";
import { packageFiles } from "./package-files.ts";
import type { Answers, Question, WorkerSettings } from "./questions.ts";

/** Answers questions about cells, knowing those that ran. */
export interface CellLanguage {
  cellExecuted(code: string): void;
  /** Makes ready what the next question needs, while nobody waits. */
  refresh(): void;
  reset(): void;
  answer(question: Question): Answers[keyof Answers];
}

/** The language service of one notebook, in this thread. */
export function cellLanguage(settings: WorkerSettings): CellLanguage {
  const { folder } = settings;
  const cells = new Cells();
  const path = draftPath(folder);
  let draft: CellModule = cells.draft("");
  const packages = packageFiles();
  const host = cellHost({ ...settings, cells, packages, draft: () => draft });
  const service = ts.createLanguageService(host, ts.createDocumentRegistry());

  const open = (code: string, typed?: string): string => {
    const cell = blankMagics(code);
    draft = cells.draft(cell, typed);
    return cell;
  };
  let known: KnownTypes | undefined;
  /** What the newest program knows; a file or a cell that changed since makes another. */
  const types = (): KnownTypes => {
    const program = service.getProgram();
    if (program === undefined) throw new Error("the language service has no program");
    if (known?.program !== program)
      known = new KnownTypes({ program, cells, folder, ambient: ambientPath(folder) });
    return known;
  };
  const complete = (code: string, cursor: number): Completion => {
    const at = toIndex(code, cursor);
    const cell = blankMagics(code);
    const own = ownNames(cells, cell);
    const found =
      completeKnown({ cell, at, ran: cells.names, own, types }) ?? completeAll(code, at, own);
    return {
      matches: found.names,
      kinds: found.kinds,
      cursorStart: toCodePoints(code, found.start),
      cursorEnd: toCodePoints(code, found.end),
    };
  };
  const completeAll = (code: string, at: number, own: ReadonlySet<string>): Candidates => {
    open(code, nameTyped(code.slice(0, at)));
    const { text, shift } = draft;
    return completeAt({ service, path, text, shift, at, own });
  };
  const inspect = (code: string, cursor: number, detail: 0 | 1): Inspection => {
    const at = toIndex(code, cursor);
    const bundle =
      inspectKnown({ cell: blankMagics(code), at, types, service }, detail) ??
      inspectAll(code, at, detail);
    return { found: bundle !== undefined, bundle: bundle ?? {} };
  };
  const inspectAll = (
    code: string,
    at: number,
    detail: 0 | 1,
  ): Record<string, string> | undefined => {
    open(code);
    return inspectAt(service, path, at + draft.shift, detail);
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
    refresh: () => void types().globals(),
    reset: () => cells.clear(),
    answer: (question) => {
      if (question.type === "complete") return complete(question.code, question.cursor);
      if (question.type === "diagnose") return diagnose(question.code);
      return inspect(question.code, question.cursor, question.detail);
    },
  };
}

/** What is typed of a name before the cursor; undefined after a dot, where no name of a cell may stand. */
function nameTyped(before: string): string | undefined {
  const [all, dots, typed] = /(\.*)[ \t]*([\p{ID_Continue}$]*)$/u.exec(before) ?? [];
  return all === undefined || dots.length === 1 || dots.length === 2 ? undefined : typed;
}

function ownNames(cells: Cells, cell: string): ReadonlySet<string> {
  return new Set([...cells.names, ...cellNames(cell).map(({ name }) => name)]);
}
