type Encoding = "utf8" | "base64" | "hex" | "latin1" | "base64url";

/** Bytes with the few conversions that the kernel asks of Node's own. */
export class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(value: unknown, encoding?: unknown, length?: unknown): Buffer {
    if (typeof value === "string") return bytesOf(value, (encoding as Encoding) ?? "utf8");
    if (value instanceof ArrayBuffer)
      return new Buffer(value, encoding as number | undefined, length as number | undefined);
    return new Buffer(Uint8Array.from(value as ArrayLike<number>).buffer);
  }

  static alloc(length: number): Buffer {
    return new Buffer(new ArrayBuffer(length));
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static concat(parts: readonly Uint8Array[]): Buffer {
    const all = Buffer.alloc(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, i) => byte === other[i]);
  }

  override toString(encoding: Encoding = "utf8"): string {
    if (encoding === "utf8") return new TextDecoder().decode(this);
    if (encoding === "hex")
      return [...this].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const text = binary(this);
    if (encoding === "latin1") return text;
    return encoding === "base64"
      ? btoa(text)
      : btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
}

const pieceBytes = 0x8000;

function binary(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += pieceBytes)
    text += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  return text;
}

function bytesOf(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf8") return Buffer.from(new TextEncoder().encode(text));
  if (encoding === "hex")
    return Buffer.from((text.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
  const plain = encoding === "latin1" ? text : atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Buffer.from(Array.from(plain, (letter) => letter.charCodeAt(0) & 255));
}
