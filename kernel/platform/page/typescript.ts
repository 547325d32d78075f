// Stands in for `kernel/language/typescript.ts`: a page loads the compiler as the file that its package publishes.
import type typescript from "typescript";

declare function importScripts(address: string): void;
const global = self as unknown as { ts?: typeof typescript };

// A worker that a blob began has loaded it already.
if (global.ts === undefined) importScripts(new URL("typescript.js", self.location.href).href);

export const ts = global.ts as typeof typescript;
