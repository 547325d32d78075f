import { MatBuilder } from "../../io/mat/build.ts";

// MATLAB 5 files as a hostile hand would write them: nothing is checked.

const mat = new MatBuilder(true);

/** Numbers of element types, of MATLAB's document "MAT-File Format". */
export const types = {
  int8: 1,
  uint8: 2,
  uint16: 4,
  uint32: 6,
  double: 9,
  matrix: 14,
  compressed: 15,
  utf8: 16,
} as const;

/** Numbers of array classes. */
export const classes = {
  cell: 1,
  struct: 2,
  char: 4,
  sparse: 5,
  double: 6,
  int8: 8,
  uint8: 9,
  int64: 14,
  function: 16,
} as const;

export const element = (type: number, data: Uint8Array): Uint8Array => mat.element(type, data);
export const int32s = (...values: number[]): Uint8Array => mat.int32s(values);
export const doubles = (...values: number[]): Uint8Array => mat.doubles(values);
export const chars = (content: string): Uint8Array =>
  mat.element(
    types.uint16,
    new Uint8Array(Uint16Array.from(content, (c) => c.charCodeAt(0)).buffer),
  );

/** An array: class (and flags), lengths, name, and the elements that hold its values. */
export const array = (
  arrayClass: number,
  lengths: readonly number[],
  name: string,
  ...values: Uint8Array[]
): Uint8Array => mat.matrix(arrayClass, lengths, name, ...values);

/** A file of these variables. */
export const mat5 = (...variables: Uint8Array[]): Uint8Array => mat.file(...variables);

/** A variable, compressed. */
export const compressed = (variable: Uint8Array): Uint8Array => mat.compressed(variable);
