import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as tsrsa from "../src/index.ts";

const root = dirname(import.meta.dirname);

interface Example {
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
        title: `${file}: ${code.split("\n").find((line) => !line.startsWith("import")) ?? ""}`,
        code,
      },
    ];
  });
}

/** Lines `expression; // value` become checks that the expression shows itself as that value. */
function withChecks(code: string): string {
  return code
    .replace(
      /^import \{([^}]*)\} from "tsrsa(?:\/\w+)?";\s*$/gm,
      (_, names: string) =>
        `const {${names.replace(/\btype \w+,?/g, "").replace(/ as /g, ": ")}} = tsrsa;`,
    )
    .replace(
      /^(?!\s*(?:const|let|import)\b)(.+?);\s*\/\/ (.+)$/gm,
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

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !name.includes("assembly"),
);
const examples = files.flatMap((name) => examplesOf(join("src", name)));

describe("every example in the documentation runs and shows what it says", () => {
  test("there are examples", () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  test.each(examples.map(({ title, code }) => [title, code]))("%s", async (_, code) => {
    const check = (value: unknown, shown: string) => {
      const bare = typeof value === "string" && !shown.startsWith('"');
      expect(normal(bare ? value : inspect(value, { breakLength: Infinity }))).toBe(normal(shown));
    };
    const js = ts.transpileModule(withChecks(code), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    }).outputText;
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
      ...args: string[]
    ) => (...args: unknown[]) => Promise<void>;
    await new AsyncFunction("tsrsa", "check", js)(tsrsa, check);
  });
});
