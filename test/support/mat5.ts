/** A MATLAB 5 file with one struct array of text and cells of text, for tests: what FieldTrip's neighbours are. */
export function matStructArray(
  name: string,
  elements: readonly Readonly<Record<string, string | readonly string[]>>[],
): Uint8Array {
  const fields = Object.keys(elements[0]);
  const names = new Uint8Array(32 * fields.length);
  fields.forEach((field, at) => names.set(ascii(field), 32 * at));
  const struct = matrix(2, [1, elements.length], name, [
    element(5, int32(32)),
    element(1, names),
    ...elements.flatMap((one) => fields.map((field) => valueOf(one[field]))),
  ]);
  const header = new Uint8Array(128).fill(32);
  header.set(ascii("MATLAB 5.0 MAT-file"));
  header.set([0, 1, 0x49, 0x4d], 124);
  return joined([header, struct]);
}

function valueOf(value: string | readonly string[]): Uint8Array {
  if (typeof value === "string") return chars(value);
  return matrix(1, [value.length, value.length === 0 ? 0 : 1], "", value.map(chars));
}

function chars(text: string): Uint8Array {
  const data = new Uint8Array(
    new Uint16Array([...text].map((letter) => letter.charCodeAt(0))).buffer,
  );
  return matrix(4, [text === "" ? 0 : 1, text.length], "", [element(4, data)]);
}

function matrix(
  kind: number,
  shape: readonly number[],
  name: string,
  parts: readonly Uint8Array[],
) {
  const head = [element(6, joined([int32(kind), int32(0)])), element(5, joined(shape.map(int32)))];
  return element(14, joined([...head, element(1, ascii(name)), ...parts]));
}

function element(type: number, data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(8 * Math.ceil(data.length / 8));
  padded.set(data);
  return joined([int32(type), int32(data.length), padded]);
}

function int32(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
