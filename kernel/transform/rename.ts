import type { Draft } from "./hoist.ts";
import { isCompilersOwn } from "./hoist.ts";
import type { Lack } from "./lacks.ts";
import { guardOf, lackOf, mayLack } from "./lacks.ts";
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
  /** Those of `writes` outside functions, which has happened when the cell has run. */
  readonly assigned: ReadonlySet<string>;
  /** Names of the cell without a value before their declaration has run that its functions speak of. */
  readonly captured: ReadonlySet<string>;
}

/** Lets each name of the notebook in a cell stand for the notebook's binding of it; those of the realm stay. */
export function rename(draft: Draft, { found, evals }: References): CellReferences {
  const unknown = new Set<string>();
  const reads = new Set<string>();
  const writes = new Set(draft.names);
  const assigned = new Set(draft.names);
  const captured = new Set<string>();
  for (const reference of found) {
    const { name } = reference;
    if (isCompilersOwn(name)) continue;
    const isKnown = draft.names.has(name) || draft.scope.has(name);
    if (!isKnown && draft.scope.isGlobal(name)) continue;
    if (!isKnown) unknown.add(name);
    if (reference.reads && !draft.names.has(name)) reads.add(name);
    if (reference.writes) writes.add(name);
    if (reference.writes && !reference.deferred) assigned.add(name);
    if (reference.deferred && draft.valued.has(name)) captured.add(name);
    renameOne(draft, reference, isKnown);
  }
  if (!draft.names.has("eval") && !draft.scope.has("eval"))
    evals.forEach((one) => renameInEval(draft, one));
  return { unknown, reads, writes, assigned, captured };
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
  const value = lack === undefined ? target : asked(name, binding, lack);
  edits.replace(start, end, key + value, "second");
  // To ask for an unknown name throws, and for one without a value, which `typeof` must not.
  if (typeOf !== undefined && (!isKnown || mayLack(draft, name)))
    edits.wrap(typeOf, `(${kernelName}.has(${JSON.stringify(name)}) ? `, ' : "undefined")');
  if (nameless !== undefined)
    edits.wrap(nameless, `({ [${JSON.stringify(name)}]: `, " })" + member(name));
}

/** The value of a name that may have none; one that is read too early is asked for by name, since it may have no binding. */
function asked(name: string, binding: string, lack: Lack): string {
  return lack === "early"
    ? `(0, ${kernelName}.early${member(name)})`
    : `(${kernelName}.known(${JSON.stringify(name)}, ${binding}))`;
}

function member(name: string): string {
  return `[${JSON.stringify(name)}]`;
}

/** Text that `eval` runs here speaks of the notebook's names too. */
function renameInEval({ edits }: Draft, { code, locals }: DirectEval): void {
  edits.wrap(code, `${kernelName}.evaluated(`, `, ${JSON.stringify(locals)})`);
}
