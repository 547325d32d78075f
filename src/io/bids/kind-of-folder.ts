import type { Metadata } from "./read-json.ts";

/** Whether a folder of this name holds a subject. */
export function isSubject(name: string): boolean {
  return /^sub-[a-zA-Z0-9+]+$/.test(name);
}

/** Whether a data set was made of another, by what it says of itself; programs that convert what was recorded say who they are, too. */
export function isDerivative(description: Metadata | undefined): boolean {
  if (description === undefined) return false;
  if (description.DatasetType !== undefined) return description.DatasetType === "derivative";
  return description.GeneratedBy !== undefined || description.PipelineDescription !== undefined;
}
