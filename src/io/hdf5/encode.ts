import { InvalidArgument } from "../../core/errors.ts";
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

/** Throws `InvalidArgument` for text that HDF5 cannot hold: it ends at a NUL, and half a character has no bytes. */
export function checkText(text: string): void {
  const why = text.includes("\0")
    ? "HDF5 text ends at a NUL"
    : /\p{Surrogate}/u.test(text)
      ? "half a character (a lone surrogate) has no bytes in UTF-8"
      : undefined;
  if (why !== undefined) throw new InvalidArgument("text", text, `${why}; take it out of the text`);
}

/**
 * Text in places of equal length, as numpy's `S` arrays: ASCII when it can be, else UTF-8. The latter is filled up with
 * spaces, so that text which ends in one is written with a length of its own.
 */
export function fixedText(texts: readonly string[]): { data: string[]; dtype: string } {
  for (const text of texts) checkText(text);
  const encoder = new TextEncoder();
  const longest = texts.reduce((most, text) => Math.max(most, encoder.encode(text).length), 1);
  const ascii = texts.every((text) => /^[\x00-\x7f]*$/.test(text));
  if (!ascii && texts.some((text) => text.endsWith(" "))) return { data: [...texts], dtype: "S" };
  // ASCII text ends in a zero, for which there must be room.
  return { data: [...texts], dtype: ascii ? `A${longest + 1}` : `S${longest}` };
}
