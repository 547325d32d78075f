import type { Lack } from "../transform/lacks.ts";

const reasons: Record<Lack, (name: string) => string> = {
  early: (name) => `Cannot access '${name}' before initialization`,
  unset: (name) => `${name} has no value: the cell that declares it ended before it had one`,
};

/** The value of a name that may have none yet; a name of an earlier cell has its value from there. */
export function known(name: string, value: unknown, lack: Lack): unknown {
  if (value !== undefined) return value;
  throw new ReferenceError(reasons[lack](name));
}
