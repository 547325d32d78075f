import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as data from "../data-fetch/index.ts";
import * as tsrsa from "../src/index.ts";
import * as io from "../src/io/index.ts";
import * as plot from "../src/plot/index.ts";

const root = dirname(import.meta.dirname);

interface Example {
  readonly file: string;
  readonly title: string;
  readonly code: string;
}

function examplesOf(file: string): Example[] {
  const comments = readFileSync(join(root, file), "utf8").matchAll(/\/\*\*([\s\S]*?)\*\//g);
  return [...comments].flatMap(([, comment]) => {
    const text = comment.replace(/^\s*\* ?/gm, "");
    const found = /@example\s*\n([\s\S]*?)(?=\n@\w|$)/.exec(text);
    if (found === null) return [];
    const code = found[1].replace(/^```\w*\n?|```\s*$/gm, "").trim();
    return [
      {
        file,
        title: `${file}: ${code.split("\n").find((line) => !line.startsWith("import")) ?? ""}`,
        code,
      },
    ];
  });
}

/** Lines `expression; // value` become checks that the expression shows itself as that value. */
function withChecks(code: string): string {
  return code
    .replace(/^import [^;]*;$/gm, "")
    .replace(
      /^(?!\s*(?:const|let|\/\/|\}))(.+?);\s*\/\/ (.+)$/gm,
      (_, expression: string, value: string) =>
        `check(${expression}, ${JSON.stringify(value.trim())});`,
    );
}

/** Quotes, spaces inside brackets and the lengths of typed arrays do not count. */
function normal(text: string): string {
  return text
    .replace(/'/g, '"')
    .replace(/Array\(\d+\)/g, "Array")
    .replace(/([[{]) /g, "$1")
    .replace(/ ([\]}])/g, "$1");
}

const files = ["src", "data-fetch"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("assembly"))
    .map((name) => join(folder, name)),
);
const examples = files.flatMap(examplesOf);

describe("every example in the documentation runs and shows what it says", () => {
  test("there are examples", () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  test.each(examples)("$title", async ({ file, code }) => {
    const check = (value: unknown, shown: string) => {
      const bare = typeof value === "string" && !/^["']/.test(shown);
      expect(normal(bare ? value : inspect(value, { breakLength: Infinity }))).toBe(normal(shown));
    };
    const own = (await import(join(root, file))) as object;
    const scope: Record<string, unknown> = { ...own, ...data, ...plot, ...io, ...tsrsa, check };
    const js = transpile(`{ ${withChecks(code)} }`);
    const run = new AsyncFunction(...Object.keys(scope), js);
    await run(...Object.values(scope));
  });
});

type AsyncFunctionConstructor = new (...args: string[]) => (...args: unknown[]) => Promise<void>;

// JavaScript has no global name for the constructor of async functions.
const AsyncFunction = (async () => {}).constructor as AsyncFunctionConstructor;

function transpile(code: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
