import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { isRecord } from "../../core/gate/kinds.ts";
import { readText } from "../csv/read-text.ts";

/** What a JSON file of names and values says. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Read a JSON file that holds an object. Throws `MissingFile`, `FileFormatError` naming file and place. */
export async function readJson(input: FileInput): Promise<Metadata> {
  const { text, name } = await readText(input);
  const value = parsed(text.replace(/^\uFEFF/, ""), name);
  if (isRecord(value)) return value as Metadata;
  throw new FileFormatError(name, "content", "an object, as { … }", typeof value, {
    advice: "write names and values between { and }",
  });
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileFormatError(name, "content", "JSON", (cause as Error).message.slice(0, 200), {
      cause,
      advice: "mend the file: a comma too many, NaN or a comment are no JSON",
    });
  }
}
