import type { LineRemark } from "../editor/editor.ts";
import type { Json } from "../json.ts";
import { wordsOf } from "../json.ts";

const warning = /^type warning at (?:cell \d+, )?line (\d+): (.*)$/;

/**
 * Takes the type warnings out of what the kernel writes to stderr: the editor shows them at their place. `content` is what
 * is left of the text, undefined when nothing is.
 */
export function takeWarnings(content: Json): {
  content: Json | undefined;
  remarks: readonly LineRemark[];
} {
  const text = wordsOf(content.text);
  if (content.name !== "stderr" || !text.startsWith("type warning at "))
    return { content, remarks: [] };
  const remarks: LineRemark[] = [];
  const rest: string[] = [];
  for (const line of text.split("\n")) {
    const found = warning.exec(line);
    if (found !== null)
      remarks.push({ line: Number(found[1]), message: found[2], severity: "warning" });
    else rest.push(line);
  }
  const left = rest.join("\n");
  return { content: left.trim() === "" ? undefined : { ...content, text: left }, remarks };
}
