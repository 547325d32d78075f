/** Entities whose values are numbers: `run-1` and `run-01` are one run. */
const indices = new Set(["run", "echo", "split", "flip", "inv"]);

/** Whether a name says the same of an entity as another; both may say nothing. */
export function sameEntity(key: string, a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || !indices.has(key)) return false;
  return /^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b);
}
