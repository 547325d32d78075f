import { FileFormatError } from "../../core/errors.ts";

/** Text of bytes in UTF-8; a NUL is in none. Throws `FileFormatError`. */
export function asciiText(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (cause) {
    throw new FileFormatError(file, "text", "text in UTF-8", "other bytes", { cause });
  }
  throw new FileFormatError(file, "text", "text in UTF-8", "a NUL");
}
