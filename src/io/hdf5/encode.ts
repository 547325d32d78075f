import type { NumericArray } from "../../core/matrix.ts";

/** The type of an array as h5wasm names it. */
export function ownDtype(data: NumericArray | BigInt64Array | BigUint64Array): string {
  if (data instanceof Float64Array) return "<d";
  if (data instanceof Float32Array) return "<f";
  if (data instanceof BigInt64Array) return "<q";
  if (data instanceof BigUint64Array) return "<Q";
  if (data instanceof Int32Array) return "<i";
  if (data instanceof Uint32Array) return "<I";
  if (data instanceof Int16Array) return "<h";
  if (data instanceof Uint16Array) return "<H";
  return data instanceof Int8Array ? "<b" : "<B";
}

/** Text in places of equal length, as numpy's `S` arrays: ASCII when it can be, else UTF-8. */
export function fixedText(texts: readonly string[]): { data: string[]; dtype: string } {
  const encoder = new TextEncoder();
  const longest = texts.reduce((most, text) => Math.max(most, encoder.encode(text).length), 1);
  const ascii = texts.every((text) => /^[\x00-\x7f]*$/.test(text));
  // ASCII text ends in a zero, for which there must be room.
  return { data: [...texts], dtype: ascii ? `A${longest + 1}` : `S${longest}` };
}
