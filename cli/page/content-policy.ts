import { createHash } from "node:crypto";
import { viewerScript } from "../../src/plot/stat-map/viewer-script.ts";

/**
 * What a page may load and run: what lies in it, and of scripts our own viewer of maps alone, known by its hash. A
 * browser enforces this even where something slipped through the cleaning of outputs.
 */
export function contentPolicy(): string {
  const hash = createHash("sha256").update(viewerScript).digest("base64");
  return [
    "default-src 'none'",
    "img-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
