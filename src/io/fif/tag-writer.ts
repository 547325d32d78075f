import { joinBytes } from "../../core/bytes.ts";
import { denseMatrix, elementType, tagKind } from "./constants.ts";

/** The tags of a FIF file as bytes. */
export class TagWriter {
  private parts: Uint8Array[] = [];

  /** Hand over the bytes so far, and begin anew. */
  take(): Uint8Array {
    const bytes = joinBytes(this.parts);
    this.parts = [];
    return bytes;
  }

  tag(kind: number, type: number, data: Uint8Array, next = 0): this {
    this.parts.push(tagHeader(kind, type, data.length, next), data);
    return this;
  }

  ints(kind: number, values: ArrayLike<number>, type: number = elementType.int32): this {
    const fill = (view: DataView, i: number) => view.setInt32(4 * i, values[i]);
    return this.tag(kind, type, encode(values.length, 4, fill));
  }

  floats(kind: number, values: ArrayLike<number>): this {
    const fill = (view: DataView, i: number) => view.setFloat32(4 * i, values[i]);
    return this.tag(kind, elementType.float32, encode(values.length, 4, fill));
  }

  float(kind: number, value: number | undefined): this {
    return value === undefined ? this : this.floats(kind, [value]);
  }

  /** Text; an empty one is left out, as MNE-Python does. */
  text(kind: number, text: string | undefined): this {
    return text === undefined || text === ""
      ? this
      : this.tag(kind, elementType.string, toLatin1(text));
  }

  names(kind: number, names: readonly string[]): this {
    return this.text(kind, names.map((name) => name.replaceAll(":", "{COLON}")).join(":"));
  }

  doubles(kind: number, values: ArrayLike<number>): this {
    const fill = (view: DataView, i: number) => view.setFloat64(8 * i, values[i]);
    return this.tag(kind, elementType.float64, encode(values.length, 8, fill));
  }

  intMatrix(kind: number, values: ArrayLike<number>, shape: readonly number[]): this {
    const data = encode(values.length, 4, (view, i) => view.setInt32(4 * i, values[i]));
    return this.tag(kind, denseMatrix + elementType.int32, joinBytes([data, matrixTrailer(shape)]));
  }

  floatMatrix(kind: number, values: ArrayLike<number>, shape: readonly number[]): this {
    const data = encode(values.length, 4, (view, i) => view.setFloat32(4 * i, values[i]));
    return this.tag(
      kind,
      denseMatrix + elementType.float32,
      joinBytes([data, matrixTrailer(shape)]),
    );
  }

  block(id: number, body: () => unknown): this {
    this.start(id);
    body();
    return this.end(id);
  }

  start(id: number): this {
    return this.ints(tagKind.blockStart, [id]);
  }

  end(id: number): this {
    return this.ints(tagKind.blockEnd, [id]);
  }
}

/** Header of a tag. */
export function tagHeader(kind: number, type: number, size: number, next = 0): Uint8Array {
  const header = new DataView(new ArrayBuffer(16));
  header.setInt32(0, kind);
  header.setUint32(4, type);
  header.setInt32(8, size);
  header.setInt32(12, next);
  return new Uint8Array(header.buffer);
}

/** What follows the numbers of a matrix: its lengths, the last axis first, and how many they are. */
export function matrixTrailer(shape: readonly number[]): Uint8Array {
  const lengths = [...[...shape].reverse(), shape.length];
  return encode(lengths.length, 4, (view, i) => view.setInt32(4 * i, lengths[i]));
}

/** Latin-1 bytes; what does not fit becomes `&#012345;`: MNE-Python reads back what has six digits. */
export function toLatin1(text: string): Uint8Array {
  const escaped = Array.from(text, (char) =>
    (char.codePointAt(0) ?? 0) > 255 ? `&#${String(char.codePointAt(0)).padStart(6, "0")};` : char,
  ).join("");
  return Uint8Array.from({ length: escaped.length }, (_, i) => escaped.charCodeAt(i));
}

function encode(n: number, each: number, fill: (view: DataView, i: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(n * each));
  for (let i = 0; i < n; i++) fill(view, i);
  return new Uint8Array(view.buffer);
}
