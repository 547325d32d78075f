/**
 * Bytes as ISO 8859-1 text: one character a byte, with the byte's number. Unlike `TextDecoder("latin1")`, which by its
 * standard is windows-1252 and changes the bytes 0x80 to 0x9f (so does Node from 22 on).
 */
export function latin1Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}

/** The bytes of ISO 8859-1 text; undefined when a character has no byte. */
export function latin1Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 255) return undefined;
    bytes[at] = code;
  }
  return bytes;
}
