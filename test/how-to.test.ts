import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import ts from "typescript";
import { expect, test } from "vitest";
import * as tsrsa from "../src/index.ts";

const root = dirname(import.meta.dirname);
const pages = [
  "how-many-people",
  "rdm-from-a-file",
  "eeg-from-your-software",
  "betas-with-labels",
  "which-to-choose",
  "noise-ceiling",
  "missing-items",
  "model-rdms",
  "figures-for-a-paper",
  "use-in-your-project",
  "troubleshooting",

  "plan-and-report",
  "several-people",
  "clusters-on-sensors",
  "which-neighbours",
  "live-figure",
  "your-own-function",
  "unique-and-shared-variance",
  "weights-and-winning-models",
  "time-by-time-and-frequency",
  "fusion-and-classifiers",
];

/** The TypeScript of a page, its blocks one after the other, with what it is said to print. */
function codeOf(page: string): { code: string; printed: string[] } {
  const text = readFileSync(join(root, "docs", "how-to", `${page}.md`), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block);
  const code = blocks.join("\n").replace(/^import [^;]*;$/gm, "");
  const printed = [...code.matchAll(/^\s*\/\/ (.*)$/gm)].map(([, line]) => line);
  return { code, printed };
}

test.each(pages)("the code of docs/how-to/%s.md runs, and prints what it says", async (page) => {
  const { code, printed } = codeOf(page);
  const lines: string[] = [];
  const console = {
    log: (...values: unknown[]) => {
      const words = values.map((value) =>
        typeof value === "string" ? value : inspect(value, { breakLength: Infinity }),
      );
      lines.push(words.join(" "));
    },
  };
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const js = ts.transpileModule(`{ ${code} }`, { compilerOptions }).outputText;
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  const scope = { ...tsrsa, console };
  await new AsyncFunction(...Object.keys(scope), js)(...Object.values(scope));
  for (const line of printed) expect(lines).toContain(line);
});
