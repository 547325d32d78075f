import { latin1Text } from "../../core/latin1.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";

/** The encodings a text file may have. */
export type TextEncodingName = "utf-8" | "latin1" | "utf-16le";

/** V8 holds no longer string. */
const MOST_BYTES = 2 ** 29 - 32;

/** The whole text of a file, without a byte order mark. Throws `FileFormatError` when it is not text in `encoding`. */
export async function readText(
  input: FileInput,
  encoding: TextEncodingName = "utf-8",
): Promise<{ text: string; name: string }> {
  const source = await openSource(input);
  try {
    const { name, size } = source;
    if (size > MOST_BYTES)
      throw new FileFormatError(name, "size", `at most ${MOST_BYTES} bytes`, `${size}`, {
        advice: "split the text, or save numbers as .npy",
      });
    const text = decode(await source.read(0, size), encoding, name);
    const nul = text.indexOf("\0");
    if (nul >= 0)
      throw new FileFormatError(name, `character ${nul}`, "text", "a NUL", {
        advice: 'this is no text file, or one in UTF-16 (encoding: "utf-16le")',
      });
    return { text, name };
  } finally {
    await source.close();
  }
}

function decode(bytes: Uint8Array, encoding: TextEncodingName, file: string): string {
  try {
    if (encoding === "latin1") return latin1Text(bytes);
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileFormatError(file, "text", encoding, "other bytes", {
      cause,
      advice: 'save it as UTF-8, or give its encoding, for example encoding: "latin1"',
    });
  }
}
