import { readFileSync } from "node:fs";

/**
 * The page's own script, which lets figures answer the pointer; empty where the front end is not built. It is the reader of
 * the lab and the site, built from web/ into one file.
 */
export function pageScript(): string {
  // Built from web/ into dist/web, also when this file runs from source in a test.
  const path = import.meta.url.endsWith(".ts") ? "../../dist/web/" : "../../web/";
  try {
    return readFileSync(new URL(`${path}figures.js`, import.meta.url), "utf8").trim();
  } catch {
    return "";
  }
}
