import type { Program } from "oxc-parser";
import { parseSync } from "oxc-parser";
import { blankMagics } from "../../kernel/transform/magics.ts";

/** A cell, or a file, as a tree, and the text that places in it count from. */
export interface CodeTree {
  readonly source: string;
  readonly program: Program;
  /** What is wrong with the code; it cannot run. */
  readonly error?: string;
}

/** Code as the kernel reads it: without lines that speak to it, with JSX where it is none without, or as one object. */
export function codeTree(code: string): CodeTree {
  const source = blankMagics(code);
  const plain = parsed(source, "ts");
  if (plain.error === undefined) return plain;
  const others = [parsed(source, "tsx"), parsed(`(${source})`, "ts"), parsed(`(${source})`, "tsx")];
  return others.find(({ error }) => error === undefined) ?? plain;
}

function parsed(source: string, lang: "ts" | "tsx"): CodeTree {
  const { program, errors } = parseSync(`cell.${lang}`, source, { lang, sourceType: "module" });
  const [first] = errors;
  return { source, program, ...(first === undefined ? {} : { error: first.message }) };
}
