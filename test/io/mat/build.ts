import { deflateSync } from "node:zlib";

/** Writes pieces of MATLAB 5 files, in either byte order. */
export class MatBuilder {
  constructor(readonly little: boolean) {}

  header(text = "MATLAB 5.0 MAT-file, made for a test"): Uint8Array {
    const bytes = new Uint8Array(128).fill(32);
    bytes.set(new TextEncoder().encode(text));
    const view = new DataView(bytes.buffer);
    view.setUint16(124, 0x0100, this.little);
    bytes.set(new TextEncoder().encode(this.little ? "IM" : "MI"), 126);
    return bytes;
  }

  element(type: number, data: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(8 + Math.ceil(data.length / 8) * 8);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, type, this.little);
    view.setUint32(4, data.length, this.little);
    bytes.set(data, 8);
    return bytes;
  }

  int32s(values: readonly number[], type = 5): Uint8Array {
    const bytes = new Uint8Array(4 * values.length);
    const view = new DataView(bytes.buffer);
    values.forEach((value, at) => view.setInt32(4 * at, value, this.little));
    return this.element(type, bytes);
  }

  doubles(values: readonly number[]): Uint8Array {
    const bytes = new Uint8Array(8 * values.length);
    const view = new DataView(bytes.buffer);
    values.forEach((value, at) => view.setFloat64(8 * at, value, this.little));
    return this.element(9, bytes);
  }

  text(value: string): Uint8Array {
    return this.element(1, new TextEncoder().encode(value));
  }

  matrix(
    arrayClass: number,
    shape: readonly number[],
    name: string,
    ...parts: readonly Uint8Array[]
  ): Uint8Array {
    const head = [this.int32s([arrayClass, 0], 6), this.int32s(shape), this.text(name)];
    return this.element(14, join(...head, ...parts));
  }

  compressed(content: Uint8Array): Uint8Array {
    const packed = deflateSync(content);
    const bytes = new Uint8Array(8 + packed.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 15, this.little);
    view.setUint32(4, packed.length, this.little);
    bytes.set(packed, 8);
    return bytes;
  }

  file(...variables: readonly Uint8Array[]): Uint8Array {
    return join(this.header(), ...variables);
  }
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
