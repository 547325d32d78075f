import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { readText } from "./read-text.ts";

/**
 * The lines of a plain list, for example item labels: one a line, white space around it removed, empty lines at the end
 * left out. Throws `FileFormatError` for an empty line between others, which would shift the items.
 *
 * @example
 * import { readLines } from "tsrsa";
 * await readLines(new TextEncoder().encode("f001\nf002\n")); // ["f001", "f002"]
 */
export async function readLines(input: FileInput): Promise<string[]> {
  const { text, name } = await readText(input);
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  while (lines.at(-1) === "") lines.pop();
  const empty = lines.indexOf("");
  if (empty < 0) return lines;
  throw new FileFormatError(name, `line ${empty + 1}`, "an item", "an empty line", {
    advice: "remove the line, or write the item that is missing",
  });
}
