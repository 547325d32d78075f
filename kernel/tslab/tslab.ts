// What `import * as tslab from "tslab"` gives in our kernel: the display functions of tslab 1.0.22.
import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import process from "node:process";

/** The names of tslab's module, under which notebooks know them. */
export interface Display {
  javascript(s: string): void;
  html(s: string): void;
  markdown(s: string): void;
  latex(s: string): void;
  svg(s: string): void;
  png(b: Uint8Array): void;
  jpeg(b: Uint8Array): void;
  gif(b: Uint8Array): void;
  pdf(b: Uint8Array): void;
  text(s: string): void;
  raw(contentType: string, b: string | Uint8Array): void;
}

interface Hook {
  display(bundle: Record<string, unknown>, options: { displayId?: string; update?: boolean }): void;
}

/** The version of tslab whose functions these are, and those of TypeScript and Node. */
export const versions: { tslab: string; typescript: string; node: string } = {
  tslab: "1.0.22",
  get typescript() {
    return typescriptVersion();
  },
  node: process.version,
};

/** Shows rich output below the cell. */
export const display: Display = createDisplay(undefined);

/** A `display` whose first call shows something, and each further call replaces it. */
export function newDisplay(): Display {
  return createDisplay(randomBytes(8).toString("hex"));
}

function createDisplay(displayId: string | undefined): Display {
  let update = false;
  const raw = (contentType: string, b: string | Uint8Array): void => {
    const data = b instanceof Uint8Array ? Buffer.from(b).toString("base64") : b;
    hook().display({ [contentType]: data }, { displayId, update });
    update = displayId !== undefined;
  };
  const as =
    (contentType: string) =>
    (data: string | Uint8Array): void =>
      raw(contentType, data);
  return {
    javascript: as("text/javascript"),
    html: as("text/html"),
    markdown: as("text/markdown"),
    latex: as("text/latex"),
    svg: as("image/svg+xml"),
    png: as("image/png"),
    jpeg: as("image/jpeg"),
    gif: as("image/gif"),
    pdf: as("application/pdf"),
    text: as("text/plain"),
    raw,
  };
}

function hook(): Hook {
  const found = (globalThis as Record<symbol, unknown>)[Symbol.for("Jupyter.hook")];
  if (found === undefined) throw new Error("Not ready");
  return found as Hook;
}

/** Loading TypeScript to ask for its version would take a tenth of a second. */
function typescriptVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("typescript/package.json") as { version: string }).version;
}
