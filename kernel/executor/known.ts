import type { Guard, Lack } from "../transform/lacks.ts";
import { notebookNames, noValue } from "./notebook-names.ts";

/** The value of a name that may have none yet; a name of an earlier cell has its value from there. */
export function known(name: string, value: unknown, lack: Lack = "unset"): unknown {
  if (value !== undefined) return value;
  if (lack === "early") throw new ReferenceError(`Cannot access '${name}' before initialization`);
  if (!notebookNames.isUnset(name)) return value;
  throw new ReferenceError(noValue(name));
}

/** The declarations of these names have run. */
export function gave(...names: string[]): void {
  notebookNames.settle(names);
}

/**
 * Names as fields of an object, for assignments that have to ask first: of a constant, or of a name that has no value
 * to start from. Slower than the name itself, and right also where a later cell declares the name anew.
 */
export function guarded(
  guard: Guard,
  names: Pick<typeof notebookNames, "get" | "assign" | "isConstant"> = notebookNames,
): Record<string, unknown> {
  return new Proxy(
    {},
    {
      get: (_, key) => {
        const name = String(key);
        return known(name, names.get(name), guard === "fixed" ? "unset" : guard);
      },
      set: (_, key, value) => {
        const name = String(key);
        if (names.isConstant(name)) throw new TypeError("Assignment to constant variable.");
        if (guard === "early") known(name, names.get(name), guard);
        names.assign(name, value);
        return true;
      },
    },
  );
}
