import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";

/** Files and folders that a path in quotes at the end of a text may go on with, and what of it is typed of their name. */
export async function pathsAt(
  before: string,
  folder: string,
): Promise<{ names: string[]; typed: string } | undefined> {
  const [, lead, path] =
    /([^"'`\n]*)["'`]((?:\.{0,2}\/|~\/|[A-Za-z]:\/)?[^"'`\n]*\/?[^"'`\n]*)$/.exec(before) ?? [];
  if (
    path === undefined ||
    !/^(\.{0,2}\/|~\/|[A-Za-z]:\/)|\//.test(path) ||
    /^[a-z]+:\/\//.test(path)
  )
    return undefined;
  // TypeScript knows what an import may name.
  if (/\b(?:from|import)\s*\(?\s*$/.test(lead ?? "")) return undefined;
  const at = path.lastIndexOf("/") + 1;
  const home = path.slice(0, at).replace(/^~/, homedir());
  try {
    const entries = await readdir(resolve(folder, home), { withFileTypes: true });
    const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    return { names: names.sort(), typed: path.slice(at) };
  } catch {
    return undefined;
  }
}
