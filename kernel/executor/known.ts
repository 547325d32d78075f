import type { Lack } from "../transform/lacks.ts";
import { notebookNames } from "./notebook-names.ts";

/** The value of a name that may have none yet; a name of an earlier cell has its value from there. */
export function known(name: string, value: unknown, lack: Lack): unknown {
  if (value !== undefined) return value;
  if (lack === "early") throw new ReferenceError(`Cannot access '${name}' before initialization`);
  if (!notebookNames.isUnset(name)) return value;
  throw new ReferenceError(
    `${name} has no value: the cell that declares it ended, or still waits, before it had one`,
  );
}

/** The declarations of these names have run. */
export function gave(...names: string[]): void {
  notebookNames.settle(names);
}
