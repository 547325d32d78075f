/** Where the mark is kept, so that all copies of the package agree. */
const key = Symbol.for("tsrsa.figureMark");

/**
 * Have every figure made from now on bear a mark, as those of demo data do by themselves: `locateData` sets it when it
 * gives demo data, and takes it away with `{ mark: false }`. An empty text takes it away, too.
 *
 * @param text - a word or two, for example `"demo data: no measurement"`.
 * @example
 * import { markFigures } from "tsrsa";
 * markFigures("preliminary");
 * markFigures("");
 */
export function markFigures(text: string): void {
  (globalThis as Record<symbol, unknown>)[key] = String(text);
}

/** The mark that figures bear; empty for none. */
export function figureMark(): string {
  const found = (globalThis as Record<symbol, unknown>)[key];
  return typeof found === "string" ? found : "";
}
