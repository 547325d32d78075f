/** Text as bytes. */
export function byteString(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A field of a length and its content. */
export function lengthed(number: number, parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([varintBytes(number * 8 + 2), varintBytes(size), ...parts]);
}

/** A field of one whole number. */
export function whole(number: number, value: number): Uint8Array {
  return joined([varintBytes(number * 8), varintBytes(value)]);
}

/** A field of one float32. */
export function single(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([varintBytes(number * 8 + 5), bytes]);
}

/** Parts as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A whole number of protobuf: seven bits a byte, negative ones as int64. */
export function varintBytes(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const seven = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? seven : seven | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}
