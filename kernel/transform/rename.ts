import type { Draft } from "./hoist.ts";
import { isCompilersOwn } from "./hoist.ts";
import { guardOf, lackOf } from "./lacks.ts";
import { kernelName } from "./marks.ts";
import type { DirectEval, Reference, References } from "./references.ts";

/** What the names in a cell lead to. */
export interface CellReferences {
  /** Names that nobody declared yet: of a later cell, or of `globalThis` by then. */
  readonly unknown: ReadonlySet<string>;
  /** Names of other cells that the cell reads. */
  readonly reads: ReadonlySet<string>;
  /** Names that the cell declares or assigns to. */
  readonly writes: ReadonlySet<string>;
}

/** Lets each name of the notebook in a cell stand for the notebook's binding of it; those of the realm stay. */
export function rename(draft: Draft, { found, evals }: References): CellReferences {
  const unknown = new Set<string>();
  const reads = new Set<string>();
  const writes = new Set(draft.names);
  for (const reference of found) {
    const { name } = reference;
    if (isCompilersOwn(name)) continue;
    const isKnown = draft.names.has(name) || draft.scope.has(name);
    if (!isKnown && draft.scope.isGlobal(name)) continue;
    if (!isKnown) unknown.add(name);
    if (reference.reads && !draft.names.has(name)) reads.add(name);
    if (reference.writes) writes.add(name);
    renameOne(draft, reference, isKnown);
  }
  if (!draft.names.has("eval") && !draft.scope.has("eval"))
    evals.forEach((one) => renameInEval(draft, one));
  return { unknown, reads, writes };
}

/** The first copy of a loop that is written twice works on locals of the same names. */
function renameOne(draft: Draft, reference: Reference, isKnown: boolean): void {
  const { edits, scope } = draft;
  const { start, end, name, shorthand, typeOf, nameless } = reference;
  const key = shorthand ? `${name}: ` : "";
  const binding = scope.binding(name);
  const lack = lackOf(draft, reference);
  const guard = guardOf(draft, reference);
  const target = guard === undefined ? binding : `${kernelName}.${guard}${member(name)}`;
  const value =
    lack === undefined
      ? target
      : `(${kernelName}.known(${JSON.stringify(name)}, ${binding}, ${JSON.stringify(lack)}))`;
  edits.replace(start, end, key + value, "second");
  // To ask for an unknown name throws, which `typeof` must not.
  if (typeOf !== undefined && !isKnown)
    edits.wrap(typeOf, `(${kernelName}.has(${JSON.stringify(name)}) ? `, ' : "undefined")');
  if (nameless !== undefined)
    edits.wrap(nameless, `({ [${JSON.stringify(name)}]: `, " })" + member(name));
}

function member(name: string): string {
  return `[${JSON.stringify(name)}]`;
}

/** Text that `eval` runs here speaks of the notebook's names too. */
function renameInEval({ edits }: Draft, { code, locals }: DirectEval): void {
  edits.wrap(code, `${kernelName}.evaluated(`, `, ${JSON.stringify(locals)})`);
}
