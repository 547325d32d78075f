const invalid = 255;
const blank = 254;

const valueOfCode = new Uint8Array(128).fill(invalid);
"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  .split("")
  .forEach((letter, value) => (valueOfCode[letter.charCodeAt(0)] = value));
for (const space of " \t\r\n") valueOfCode[space.charCodeAt(0)] = blank;

/**
 * The bytes of base64 text, with line breaks or without. Undefined for any other letter, for text behind the padding
 * and for a length that base64 does not have.
 */
export function base64Bytes(text: string): Uint8Array | undefined {
  const letters = text.replace(/[\s=]*$/, "").length;
  const padding = text.slice(letters).replace(/\s/g, "").length;
  const bytes = new Uint8Array(Math.ceil((letters * 3) / 4));
  let [filled, bits, nBits, count] = [0, 0, 0, 0];
  for (let at = 0; at < letters; at++) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? valueOfCode[code] : invalid;
    if (value === blank) continue;
    if (value === invalid) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    nBits += 6;
    count++;
    if (nBits < 8) continue;
    nBits -= 8;
    bytes[filled++] = bits >> nBits;
  }
  if ((count + padding) % 4 !== 0 || padding > 2) return undefined;
  return bytes.slice(0, filled);
}

/** Bytes as base64 text, in one line. */
export function base64Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of 3, so that only the last part is padded.
  for (let at = 0; at < bytes.length; at += 6144)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 6144))));
  return parts.join("");
}
