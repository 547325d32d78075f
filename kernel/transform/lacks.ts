import type { Draft } from "./hoist.ts";
import type { Reference } from "./references.ts";

/**
 * Why a name that a cell reads may have no value yet, where that can be told from the text: it is read before the
 * cell's own `let`, `const` or `class` of it, or the cell that declares it failed first. To read undefined there would
 * be a wrong value without a word; `typeof` may ask.
 */
export type Lack = "early" | "unset";

/** What the name of a reference may lack, if anything. */
export function lackOf(draft: Draft, reference: Reference): Lack | undefined {
  const { reads, writes, typeOf } = reference;
  if (!reads || writes || typeOf !== undefined) return undefined;
  return missing(draft, reference);
}

/** What has to be asked before an assignment: whether the name is constant, or has no value yet to start from. */
export type Guard = "fixed" | Lack;

/** What has to be asked before the assignment that a reference makes, if anything. */
export function guardOf(draft: Draft, reference: Reference): Guard | undefined {
  const { reads, writes, name, start } = reference;
  const isDeclaration = draft.late.get(name)?.start === start;
  if (!writes || isDeclaration) return undefined;
  const isConstant = draft.names.has(name)
    ? draft.constants.has(name)
    : draft.scope.isConstant(name);
  if (isConstant) return "fixed";
  const lack = missing(draft, reference);
  return lack === "unset" && !reads ? undefined : lack;
}

/** True for a name that may have no value whoever asks, and when. */
export function mayLack({ names, valued, scope }: Draft, name: string): boolean {
  const isGiven = scope.has(name) && !scope.isUnset(name);
  return !isGiven && (names.has(name) ? valued.has(name) : scope.isUnset(name));
}

function missing(draft: Draft, reference: Reference): Lack | undefined {
  const { deferred, name } = reference;
  const isUnset = draft.scope.isUnset(name);
  // Of an earlier cell it has a value, which may be undefined.
  const isGiven = draft.scope.has(name) && !isUnset;
  if (!deferred && !isGiven && isEarly(draft, reference)) return "early";
  // A function of this cell reads a name that is bound, without a value, since an earlier cell failed.
  const isLeft = deferred && draft.scope.isBound(name);
  return isUnset && (isLeft || !draft.names.has(name)) ? "unset" : undefined;
}

function isEarly({ late }: Draft, { name, start }: Reference): boolean {
  const declared = late.get(name);
  if (declared === undefined) return false;
  const { init } = declared;
  const isWithin = init !== null && start >= init.start && start < init.end;
  return start < declared.start || isWithin;
}
