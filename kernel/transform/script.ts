import type { Program } from "oxc-parser";
import { rewriteAwaits } from "./awaits.ts";
import { cleanCaught } from "./catches.ts";
import { insertChecks } from "./checks.ts";
import type { EditedCode } from "./edits.ts";
import { rest } from "./edits.ts";
import type { Draft } from "./hoist.ts";
import { draftOf, hoist } from "./hoist.ts";
import { isTopLoop, useLocals } from "./loops.ts";
import type { NotebookScope } from "./notebook-scope.ts";
import { referencesIn } from "./references.ts";
import type { CellReferences } from "./rename.ts";
import { rename } from "./rename.ts";

/** A cell as a script: its value is a promise of `[value]`, or of undefined. */
export interface CellScript extends EditedCode, CellReferences {
  /** The names the cell declares; the scope's bindings of them have to exist before it runs. */
  readonly names: ReadonlySet<string>;
  /** Those of them that have no value before their declaration has run. */
  readonly valued: ReadonlySet<string>;
  /** Those of them that nothing may be assigned to. */
  readonly constants: ReadonlySet<string>;
}

/**
 * Rewrites the JavaScript of a cell to a script, by its syntax tree alone (of oxc, acorn, or any other parser that
 * gives ESTree with `start`, `end` and parentheses). The passes, in this order:
 *
 * | pass       | does                                                                                   |
 * |------------|----------------------------------------------------------------------------------------|
 * | hoist      | declarations become assignments, imports calls, the last expression the value          |
 * | awaits     | what the cell waits for can be interrupted; `import()` and `import.meta` are ours       |
 * | catches    | messages of caught errors name the names that the user wrote                           |
 * | checks     | where nothing else can end them, loops and functions ask whether they are to stop       |
 * | references | finds the names that lead out of the cell, or to its top level                          |
 * | loops      | loops of plain arithmetic are written twice, once on local variables                    |
 * | rename     | names of the notebook become its bindings, which only cells see                         |
 */
export function scriptOf(
  program: Program,
  code: string,
  scope: NotebookScope,
  { weavesChecks = false, valueSlot = "" } = {},
): CellScript {
  const draft = draftOf(code, scope);
  hoist(draft, program);
  rewriteAwaits(draft.edits, program);
  cleanCaught(draft.edits, program);
  if (weavesChecks) insertChecks(draft.edits, program);
  const references = referencesIn(program);
  program.body.filter(isTopLoop).forEach((loop) => useLocals(draft, loop, references.found));
  const found = rename(draft, references);
  const { names, valued, constants } = draft;
  return { ...compose(draft, valueSlot), ...found, names, valued, constants };
}

/** `valueSlot` begins an assignment where a script cannot say its value. */
function compose({ edits, imports, functions }: Draft, valueSlot: string): EditedCode {
  return edits.compose([
    '"use strict";',
    ...functions,
    `${valueSlot}(async () => {`,
    ...imports,
    rest,
    "\n})()",
  ]);
}
