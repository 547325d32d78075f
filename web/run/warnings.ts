import type { LineRemark } from "../editor/editor.ts";
import type { Json } from "../json.ts";
import { isObject } from "../json.ts";

const mime = "application/vnd.tsrsa.type-warnings+json";

/** The type warnings that the kernel shows beside a cell, for the editor to mark their lines; undefined for all else. */
export function warningsIn(content: Json): readonly LineRemark[] | undefined {
  const listed: unknown = isObject(content.data) ? content.data[mime] : undefined;
  if (!Array.isArray(listed)) return undefined;
  return listed.filter(isObject).map(({ line, message }) => ({
    line: Number(line),
    message: String(message),
    severity: "warning",
  }));
}
