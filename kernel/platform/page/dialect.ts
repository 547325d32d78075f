import type { Dialect } from "../../transform/dialect.ts";

/** A page has no tsconfig.json. */
export function dialectOf(): Dialect {
  return {};
}

/** Nor packages that draw elements. */
export function elementsOf(): Dialect | undefined {
  return undefined;
}
