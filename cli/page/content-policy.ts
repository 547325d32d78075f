import { createHash } from "node:crypto";
import { pageScripts } from "../../src/plot/page-scripts.ts";

/**
 * What a page may load and run: what lies in it, and of scripts those of our own figures and the page's `own` alone, known
 * by their hashes. A browser enforces this even where something slipped through the cleaning of outputs.
 */
export function contentPolicy(own = ""): string {
  const hashes = [...pageScripts, ...(own === "" ? [] : [own])].map(
    (script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    "img-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    `script-src ${hashes.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
