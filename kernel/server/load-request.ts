import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Json } from "../messages/schema.ts";

/** The file a cell such as `%load helper.ts` asks for; undefined for every other cell. */
export function loadRequest(code: string): string | undefined {
  return /^\s*%load\s+(\S[^\n]*?)\s*$/.exec(code)?.[1];
}

/** Puts the text of a file into the cell, below the line that asked for it. Throws what reading throws. */
export async function loadPayload(code: string, file: string, folder: string): Promise<Json> {
  const text = await readFile(resolve(folder, file), "utf8");
  const source = `// ${code.trim()}\n${text}`;
  return { source: "set_next_input", text: source, replace: true };
}
