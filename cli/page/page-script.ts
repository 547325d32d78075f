import { readFileSync } from "node:fs";

/**
 * A page's own script, empty where the front end is not built: `figures` lets figures answer the pointer, as the lab and the
 * site do; `slides` turns the slides of a lecture as well. Each is built from web/ into one file.
 */
export function pageScript(name: "figures" | "slides" = "figures"): string {
  // Built from web/ into dist/web, also when this file runs from source in a test.
  const path = import.meta.url.endsWith(".ts") ? "../../dist/web/" : "../../web/";
  try {
    return readFileSync(new URL(`${path}${name}.js`, import.meta.url), "utf8").trim();
  } catch {
    return "";
  }
}
