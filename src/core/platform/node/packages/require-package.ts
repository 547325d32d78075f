import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Unsupported } from "../../../errors.ts";

/** A package when it is first used, in one step: `import` would load it with us or make its user wait. */
export function requirePackage(name: string): unknown {
  try {
    return createRequire(import.meta.url)(fileURLToPath(import.meta.resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_REQUIRE_ESM") throw error;
    throw new Unsupported(
      `Node ${process.versions.node} cannot load ${name} when it is used`,
      "take Node 20.19 or later of 20, or 22.12 or later",
    );
  }
}
